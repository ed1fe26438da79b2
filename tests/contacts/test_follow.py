"""“Volg uw vraag”: the customer sees how the question stands, and nothing else of anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client, override_settings

from channels_app.models import OutboundMessage
from contacts.actions.answer import answer
from contacts.actions.ask_customer import ask_customer
from contacts.actions.assign import take
from contacts.actions.callback import request_callback
from contacts.actions.cancel import cancel
from contacts.actions.close import close
from contacts.actions.confidential import set_confidential
from contacts.actions.forward import forward
from contacts.actions.merge import merge_questions
from contacts.actions.note import add_note
from contacts.actions.register import Asked, NewCustomer, register
from contacts.actions.reopen import reopen
from contacts.actions.send_form import FormAsked, send_form
from contacts.follow_link import follow_path, followed
from contacts.models import Contact, NormClock, Question
from contacts.views import follow as view
from opmeer_kcc.logs import hide_keys
from organisation.clock import AMSTERDAM
from organisation.models import Municipality
from organisation.snapshot import settings_changed
from tests.cast import Cast

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
TUESDAY = MONDAY + timedelta(days=1)
WRITER = "dewit@voorbeeld.nl"


@pytest.fixture(autouse=True)
def _calm() -> Iterator[None]:
    view.WRONG.clear()
    view.SENT.clear()
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def question(cast: Cast) -> Question:
    return mailed(cast)


def mailed(cast: Cast, **asked: object) -> Question:
    made = register(
        by=None,
        at=MONDAY,
        channel="email",
        received_at=MONDAY,
        asked=[Asked(subject_id=cast.grofvuil.pk, **asked)],  # type: ignore[arg-type]
        customer=NewCustomer(name="J. de Wit", email=WRITER),
        text="Waar blijft de ophaler?\nIk heb betaald.",
    )
    return Question.objects.get(pk=made.questions[0].pk)


def page(question: Question, address: str = WRITER, status: int = 200, **given: str) -> str:
    response = Client().get(follow_path(question.number, address), given)
    assert response.status_code == status
    assert not response.cookies
    assert response["Referrer-Policy"] == "no-referrer"
    assert 'name="robots" content="noindex"' in response.content.decode()
    return response.content.decode()


def say(question: Question, **data: str) -> tuple[int, str]:
    response = Client().post(follow_path(question.number, WRITER), data, follow=True)
    return response.status_code, response.content.decode()


def test_the_acknowledgement_brings_the_link_that_works(question: Question) -> None:
    mail = OutboundMessage.objects.get(purpose="acknowledgement")
    path = re.search(r"http://127\.0\.0\.1:8000(/volg/\S+/)", mail.body)
    assert path is not None and path[1] == follow_path(question.number, "DeWit@voorbeeld.nl")
    shown = Client().get(path[1]).content.decode()
    assert question.number in shown and "Grofvuil" in shown
    assert "We hebben uw vraag ontvangen" in shown
    assert "Antwoord uiterlijk<strong>donderdag 5 maart" in shown
    assert "Waar blijft de ophaler?<br>Ik heb betaald." in shown
    assert "U, maandag 2 maart" in shown and "U krijgt een e-mail" in shown


def test_every_state_in_the_customers_words(cast: Cast, question: Question) -> None:
    take(question=question, by=cast.henk, at=TUESDAY)
    assert "Henk van Openbare Ruimte heeft uw vraag." in page(question)
    ask_customer(question=question, by=cast.henk, at=TUESDAY, text="Op welk adres?", to_address=WRITER)
    shown = page(question)
    assert "We wachten op uw reactie" in shown and "Wij, dinsdag 3 maart" in shown and "Op welk adres?" in shown
    assert "Antwoord uiterlijk" not in shown  # the clock stands still
    answer(question=question, by=cast.henk, at=TUESDAY, text="Wij komen woensdag.", to_address=WRITER)
    shown = page(question)
    assert "Uw vraag is beantwoord" in shown and "Wij komen woensdag." in shown
    assert "Het is opgelost" not in shown


def test_a_call_that_was_promised_is_named(cast: Cast, question: Question) -> None:
    request_callback(question=question, by=cast.henk, at=TUESDAY, phone="0226 123456", name="", moment="")
    shown = page(question)
    assert "We bellen u" in shown and "We bellen u uiterlijk<strong>" in shown
    with time_machine.travel(TUESDAY + timedelta(days=5), tick=False):
        assert "Dat spijt ons. We zouden u bellen op<strong>" in page(question)


def test_a_call_that_was_promised_after_the_answer_is_not_named_on_the_day_of_the_answer(
    cast: Cast, question: Question
) -> None:
    thursday = MONDAY + timedelta(days=3)
    request_callback(question=question, by=cast.henk, at=thursday, phone="0226 123456", name="", moment="")
    with time_machine.travel(thursday, tick=False):
        shown = page(question)
    assert "We bellen u" in shown and "Antwoord uiterlijk<strong>donderdag 5 maart" in shown


def test_what_is_late_is_said_with_regret(question: Question) -> None:
    with time_machine.travel(MONDAY + timedelta(days=9), tick=False):
        assert "Dat spijt ons" in page(question)


def test_nothing_for_the_desk_is_shown(cast: Cast, question: Question) -> None:
    add_note(question=question, by=cast.henk, at=TUESDAY, text="INTERN: lastige meneer")
    register(
        by=cast.fatima,
        at=TUESDAY,
        channel="phone",
        received_at=TUESDAY,
        asked=[Asked(add_to=question.pk, text="BELNOTITIE boos")],
        customer=question.customer,
        text="BELNOTITIE boos",
    )
    register(
        by=cast.fatima,
        at=TUESDAY,
        channel="email",
        received_at=TUESDAY,
        asked=[Asked(add_to=question.pk, text="OVERGETYPT door een medewerker")],
        customer=question.customer,
        address=WRITER,
        text="OVERGETYPT door een medewerker",
    )
    answer(
        question=question, by=cast.henk, at=TUESDAY, text="AAN EEN ANDER", to_address="ander@voorbeeld.nl", then="stay"
    )
    forward(question=question, by=cast.henk, at=TUESDAY, team_id=cast.burgerzaken.pk, reason="REDEN voor collega's")
    shown = page(question)
    for secret in (
        "INTERN",
        "REDEN",
        "BELNOTITIE",
        "OVERGETYPT",
        "AAN EEN ANDER",
        "ander@",
        "de Wit",
        "Openbare Ruimte",
    ):
        assert secret not in shown, secret
    assert "Burgerzaken" in shown


def test_each_writer_sees_only_the_own_letters(cast: Cast, question: Question) -> None:
    register(
        by=None,
        at=TUESDAY,
        channel="email",
        received_at=TUESDAY,
        asked=[Asked(add_to=question.pk)],
        customer=question.customer,
        address="buur@voorbeeld.nl",
        text="Ik ben de buurman.",
    )
    assert "buurman" not in page(question) and "ophaler" in page(question)
    assert "buurman" in page(question, "Buur@voorbeeld.nl") and "ophaler" not in page(question, "buur@voorbeeld.nl")


def test_wrong_links_all_look_the_same(cast: Cast, question: Question) -> None:
    good = follow_path(question.number, WRITER)
    other = mailed(cast)
    token = good.split("/")[-2]
    wrong = [
        follow_path(question.number, "ander@voorbeeld.nl"),
        good.replace(question.number, other.number),
        good.replace(question.number, "OPM-2026-999999"),
        good.replace(token, token[:-1]),
        good.replace(token, token.swapcase()),
        "/volg/x/y/",
        f"/volg/{question.number.lower()}/{token}/",
        "/volg/%F0%9F%98%80/%E2%80%AE/",
    ]
    pages = {Client().get(address).content for address in wrong}
    assert len(pages) == 1
    assert "Deze link werkt niet" in pages.pop().decode()
    assert Client().get(wrong[0]).status_code == 404


def test_the_link_ends(cast: Cast, question: Question) -> None:
    answer(question=question, by=cast.henk, at=TUESDAY, text="Klaar.", to_address=WRITER)
    path = follow_path(question.number, WRITER)
    token = path.split("/")[-2]
    closed = Question.objects.get(pk=question.pk).closed_at
    assert closed is not None
    assert followed(question.number, token, closed + timedelta(days=30) - timedelta(seconds=1)) is not None
    assert followed(question.number, token, closed + timedelta(days=30)) is None


def test_confidential_and_cancelled_questions_are_not_followed(cast: Cast, question: Question) -> None:
    set_confidential(question=question, by=cast.ria, at=TUESDAY, is_confidential=True)
    page(question, status=404)
    spam = mailed(cast)
    cancel(question=spam, by=cast.henk, at=TUESDAY, reason="spam")
    page(spam, status=404)
    status, shown = say(spam, tekst="Toch wel echt")
    assert status == 404 and "niet verstuurd" in shown and ">Toch wel echt</textarea>" in shown
    mailed(cast, is_confidential=True)
    newest = OutboundMessage.objects.filter(purpose="acknowledgement").latest("id")
    assert "/volg/" not in newest.body


def test_the_link_of_a_merged_question_goes_on(cast: Cast, question: Question) -> None:
    keep = mailed(cast)
    Question.objects.filter(pk=keep.pk).update(customer=question.customer)
    merge_questions(keep=Question.objects.get(pk=keep.pk), merge=question, by=cast.sanne, at=TUESDAY)
    assert keep.number in page(question)
    assert say(question, tekst="Ik sta er nu.")[0] == 200
    assert "Ik sta er nu." in page(question), "the link in the mail still works after a message on its page"


def test_a_form_in_somebody_elses_name_opens_no_other_question_of_that_person(cast: Cast, question: Question) -> None:
    form = FormAsked(once="vreemd", subject_id=cast.grofvuil.pk, text="Van een ander", name="J. de Wit", email=WRITER)
    stranger = send_form(form=form, at=TUESDAY)
    assert "Van een ander" in page(stranger)
    Question.objects.filter(pk=stranger.pk).update(customer=question.customer)
    merge_questions(keep=question, merge=Question.objects.get(pk=stranger.pk), by=cast.sanne, at=TUESDAY)
    for shown in (page(stranger), say(stranger, tekst="Laat eens zien")[1]):
        assert "Uw vraag staat bij een andere" in shown and stranger.number in shown
        assert "ophaler" not in shown and "Van een ander" not in shown and question.number not in shown
    assert not Contact.objects.filter(text="Laat eens zien").exists()
    assert 'readonly rows="3">Laat eens zien</textarea>' in say(stranger, tekst="Laat eens zien")[1]
    assert "ophaler" in page(question)


def test_an_older_key_still_opens_and_another_does_not(question: Question) -> None:
    path = follow_path(question.number, WRITER)
    with override_settings(SECRET_KEY="x" * 60, SECRET_KEY_FALLBACKS=[_key()]):
        assert Client().get(path).status_code == 200
    with override_settings(SECRET_KEY="x" * 60):
        assert Client().get(path).status_code == 404


def _key() -> str:
    return str(settings.SECRET_KEY)


def test_a_message_takes_up_a_waiting_question_once(cast: Cast, question: Question) -> None:
    take(question=question, by=cast.henk, at=TUESDAY)
    ask_customer(question=question, by=cast.henk, at=TUESDAY, text="Op welk adres?", to_address=WRITER)
    with time_machine.travel(TUESDAY + timedelta(hours=2), tick=False):
        for _twice in range(2):
            status, shown = say(question, tekst="  Dorpsstraat 41 <script>alert(1)</script> 🙂 ")
            assert status == 200 and "We hebben uw bericht ontvangen." in shown
        assert "Dorpsstraat 41 &lt;script&gt;" in shown
    assert Contact.objects.filter(questions=question, channel="form").count() == 1
    question.refresh_from_db()
    assert question.status == "in_progress"
    assert NormClock.objects.get(question=question, norm__code="email.answer").state == "running"
    assert cast.henk.notices.filter(kind="new_contact", question=question).count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Schrijf wat u ons wilt vertellen"),
        ("   ", "Schrijf wat"),
        ("a" * 10_001, "te lang"),
        ("Mijn BSN is 111222333.", "burgerservicenummer"),
    ],
)
def test_what_cannot_be_sent_is_said_and_stays(question: Question, typed: str, sentence: str) -> None:
    status, shown = say(question, tekst=typed)
    assert status == 422 and sentence in shown and typed.strip() in shown
    assert not Contact.objects.filter(channel="form").exists()


def test_settled_closes_and_says_so_to_both(cast: Cast, question: Question) -> None:
    take(question=question, by=cast.henk, at=TUESDAY)
    for _twice in range(2):
        status, shown = say(question, opgelost="ja", tekst="")
        assert status == 200 and "We hebben uw vraag afgesloten" in shown
    question.refresh_from_db()
    assert (question.status, question.close_reason) == ("closed", "no_reaction_needed")
    assert set(NormClock.objects.filter(question=question).values_list("norm__code", "state")) >= {
        ("email.answer", "cancelled")
    }
    assert Contact.objects.filter(questions=question, channel="form", direction="in").count() == 1
    assert cast.henk.notices.filter(kind="new_contact").count() == 1
    reopen(question=question, by=cast.henk, at=TUESDAY, reason="Toch niet")
    kept = Client().get(follow_path(question.number, WRITER), {"gedaan": "opgelost"}).content.decode()
    assert "We hebben uw vraag afgesloten" not in kept  # a bookmark of before


def test_who_pressed_settled_by_mistake_takes_it_back_with_one_press(question: Question) -> None:
    shown = Client().post(follow_path(question.number, WRITER) + "?taal=en", {"opgelost": "ja"}, follow=True)
    found = re.search(r'name="tekst"\s+value="([^"]+)"', shown.content.decode())
    assert found is not None and found[1] == "Mijn vraag is toch niet opgelost.", "Dutch: the desk reads it"
    assert "We zijn ermee bezig" in say(question, tekst=found[1])[1]
    question.refresh_from_db()
    assert question.is_open and NormClock.objects.filter(question=question, state="running").exists()


def test_addresses_in_our_answer_can_be_followed_and_those_of_a_stranger_not(cast: Cast) -> None:
    asked = mailed(cast)
    text = "Zie https://www.opmeer.nl/afval?a=1&b=<2>"
    answer(question=asked, by=cast.henk, at=TUESDAY, text=text, to_address=WRITER)
    say(asked, tekst="En https://kwaad.example/ dan?")
    shown = page(asked)
    assert 'href="https://www.opmeer.nl/afval?a=1&amp;b=' in shown and "&lt;2&gt;" in shown
    assert 'href="https://kwaad' not in shown


def test_what_was_typed_beside_settled_is_not_lost_and_is_dutch_for_the_desk(question: Question) -> None:
    for _twice in range(2):
        data = {"opgelost": "ja", "tekst": "De buurman heeft het meegenomen."}
        response = Client().post(follow_path(question.number, WRITER) + "?taal=en", data, follow=True)
        assert "We have closed your question" in response.content.decode()
    said = Contact.objects.filter(questions=question, channel="form").order_by("id").values_list("text", flat=True)
    assert list(said) == ["De buurman heeft het meegenomen.", "Mijn vraag is opgelost."]
    question.refresh_from_db()
    assert not question.is_open
    shown = page(question)
    assert "<strong>Afgehandeld</strong>" in shown and "<strong>Antwoord</strong>" not in shown
    status, shown = say(question, opgelost="ja", tekst="a" * 10_001)
    assert status == 422 and "te lang" in shown


def test_a_message_after_closing_reopens(cast: Cast, question: Question) -> None:
    answer(question=question, by=cast.henk, at=TUESDAY, text="Klaar.", to_address=WRITER)
    with time_machine.travel(TUESDAY + timedelta(days=2), tick=False):
        status, shown = say(question, tekst="Toch niet opgehaald.")
        assert status == 200 and "We zijn ermee bezig" in shown and "Toch niet opgehaald." in shown
    question.refresh_from_db()
    assert question.is_open


def test_a_late_message_is_a_new_question_that_can_be_followed(cast: Cast, question: Question) -> None:
    close(question=question, by=cast.henk, at=TUESDAY, reason="answered", text="Gebeld.")
    cast_days = Question.objects.get(pk=question.pk).closed_at
    assert cast_days is not None
    Municipality.objects.update(reopen_days=3)
    settings_changed()
    with time_machine.travel(cast_days + timedelta(days=10), tick=False):
        status, shown = say(question, tekst="Het is weer zo.")
    new = Question.objects.exclude(pk=question.pk).get()
    assert status == 200 and new.number in shown and question.number not in shown
    assert new.channel == "form"


def test_many_messages_and_many_wrong_links_are_slowed(question: Question) -> None:
    path = follow_path(question.number, WRITER)
    answers = [Client().post(path, {"tekst": f"bericht {n}"}).status_code for n in range(21)]
    assert answers == [303] * 20 + [422]
    assert [view.SENT.wait("127.0.0.1") for _other in range(39)] == [0] * 39
    assert Client().post(path, {"tekst": "bericht 61"}).status_code == 429
    view.SENT.clear()
    status, shown = say(question, tekst="nog een")
    assert status == 422 and "Bel ons" in shown and "nog een</textarea>" in shown
    assert [view.WRONG.wait("127.0.0.1") for _other in range(29)] == [0] * 29
    wrong = [Client().get("/volg/OPM-2026-000001/aaaaaaaaaaaaaaaaaaaaaa/").status_code for _n in range(2)]
    assert wrong == [404, 429]


def test_english_and_plain_requests(question: Question) -> None:
    assert "We have received your question" in page(question, taal="en")
    assert Client().put(follow_path(question.number, WRITER)).status_code == 405
    assert Client().head(follow_path(question.number, WRITER)).status_code == 200


def test_log_lines_leave_the_secret_out(question: Question) -> None:
    path = follow_path(question.number, WRITER)
    line = hide_keys(None, "", {"event": f"Not Found: {path}"})["event"]
    assert path.split("/")[-2] not in line and question.number in line
