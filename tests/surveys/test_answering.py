"""The page behind the link: looking changes nothing, answers survive, wrong links all look the same."""

import time
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from channels_app.models import OutboundMessage
from contacts.actions.confidential import set_confidential
from contacts.models import NormClock, Question
from contacts.signals import person_wiped
from opmeer_kcc.logs import hide_keys
from organisation.models import Subject, Team
from organisation.snapshot import ORGANISATION
from surveys.access import invitations_of
from surveys.actions.answer import answer
from surveys.actions.forget import forget
from surveys.actions.gather import gather
from surveys.actions.invite import invite
from surveys.actions.opt_out import opt_out
from surveys.links import new_token
from surveys.masking import mask
from surveys.models import Answer, Invitation, OptOut, Response, SurveyQuestion
from tests.cast import Cast
from tests.surveys.conftest import AT, Ended

NASTY = "<script>alert(1)</script>{{ 7*7 }}'; DROP TABLE surveys_answer; -- \x00\u202e🙂"


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(AT + timedelta(hours=1), tick=False):
        yield


def names() -> dict[str, str]:
    questions = SurveyQuestion.objects.filter(version__survey__code="gesprek")
    return {one.key: f"v{one.pk}" for one in questions}


def filled(mark: int = 8, **more: str) -> dict[str, str]:
    known = names()
    return {known["mark"]: str(mark), **{known.get(key, key): value for key, value in more.items()}}


def test_looking_changes_nothing_and_leaves_no_cookie(link: str) -> None:
    client = Client()
    before = list(Invitation.objects.values())
    for _scanner in range(5):
        page = client.get(f"/mening/{link}/")
        assert page.status_code == 200
        assert client.head(f"/mening/{link}/").status_code == 200
        assert client.get(f"/mening/{link}/niet-meer/").status_code == 200
    assert "U belde ons op woensdag 25 november. Het ging over: Grofvuil ophalen." in page.content.decode()
    assert not client.cookies
    assert page["Referrer-Policy"] == "no-referrer"
    assert "<script" not in page.content.decode()
    assert list(Invitation.objects.values()) == before
    assert not Response.objects.exists()
    assert not OptOut.objects.exists()


def test_the_page_takes_few_queries(link: str, django_assert_max_num_queries: Any) -> None:
    client = Client()
    client.get(f"/mening/{link}/")
    with django_assert_max_num_queries(3):
        client.get(f"/mening/{link}/")


def test_english_is_one_press_away_and_stays(link: str) -> None:
    client = Client()
    page = client.get(f"/mening/{link}/?taal=en").content.decode()
    assert '<html lang="en">' in page
    assert "How friendly were we?" in page
    sent = client.post(f"/mening/{link}/?taal=en", filled())
    assert sent["Location"] == "/mening/bedankt/?taal=en"
    assert "Thank you" in client.get(sent["Location"]).content.decode()


def test_answers_are_kept_without_a_way_back_to_the_customer(link: str) -> None:
    sent = Client().post(f"/mening/{link}/", filled(9, friendliness="10", answered="3", better="Sneller graag"))
    assert (sent.status_code, sent["Location"]) == (303, "/mening/bedankt/")
    response = Response.objects.get()
    found = dict(Answer.objects.values_list("key", "value"))
    assert found == {"mark": 9, "friendliness": 10, "answered": 3, "better": None}
    assert response.question_id is None
    invitation = Invitation.objects.values().get()
    kept = {str(value) for value in invitation.values()}
    assert str(response.pk) not in kept
    assert response.revise_hash not in kept
    gather(at=AT + timedelta(days=2))
    assert Response.objects.get().revise_hash == ""


def test_nothing_is_lost_when_the_mark_is_missing(link: str) -> None:
    page = Client().post(f"/mening/{link}/", {names()["better"]: "Mijn verhaal", "contact": "ja"})
    text = page.content.decode()
    assert page.status_code == 422
    assert "Mijn verhaal" in text
    assert 'value="ja" checked' in text
    assert "Kies een cijfer." in text
    assert not Response.objects.exists()


@pytest.mark.parametrize("words", [NASTY, "x" * 10_000, "é" * 20_000, " \x00 "])
def test_any_words_survive(link: str, words: str) -> None:
    assert Client().post(f"/mening/{link}/", filled(better=words)).status_code == 303
    kept = Answer.objects.filter(key="better").first()
    if words.strip("\x00 "):
        assert kept is not None
        assert 1 <= len(kept.text) <= 10_000
        assert "\x00" not in kept.text
    else:
        assert kept is None


@pytest.mark.parametrize("mark", ["0", "11", "-1", "8.5", "acht", "٨", "", "1e1", NASTY])
def test_a_mark_outside_the_scale_does_not_count(link: str, mark: str) -> None:
    assert Client().post(f"/mening/{link}/", {names()["mark"]: mark}).status_code == 422
    assert not Response.objects.exists()


def test_a_person_replaces_what_a_scanner_sent_until_it_closes(link: str) -> None:
    client = Client()
    assert client.post(f"/mening/{link}/", filled(1)).status_code == 303
    assert client.post(f"/mening/{link}/", filled(8)).status_code == 303
    assert Response.objects.count() == 1
    assert Answer.objects.get(key="mark").value == 8
    with time_machine.travel(AT + timedelta(hours=26), tick=False):
        assert client.get(f"/mening/{link}/").status_code == 404
        assert client.post(f"/mening/{link}/", filled(2)).status_code == 404
    assert Answer.objects.get(key="mark").value == 8


def test_the_link_works_until_the_end_of_the_day_that_the_mail_names(link: str) -> None:
    assert "De link werkt tot en met woensdag 9 december." in OutboundMessage.objects.get(purpose="survey").body
    client, last = Client(), datetime(2026, 12, 9, 22, 59, 59, tzinfo=UTC)  # a second to midnight in Opmeer
    with time_machine.travel(last + timedelta(seconds=1), tick=False):
        assert client.get(f"/mening/{link}/").status_code == 404
    with time_machine.travel(last, tick=False):
        assert client.post(f"/mening/{link}/", filled(3)).status_code == 303
    with time_machine.travel(last + timedelta(hours=23), tick=False):  # as the thanks promised
        assert "U hebt al geantwoord." in client.get(f"/mening/{link}/").content.decode()
        assert client.post(f"/mening/{link}/", filled(8)).status_code == 303
    assert Answer.objects.get(key="mark").value == 8
    with time_machine.travel(last + timedelta(hours=25), tick=False):
        assert client.get(f"/mening/{link}/").status_code == 404


def test_every_link_that_does_not_work_gives_the_same_page(link: str, django_assert_num_queries: Any) -> None:
    client = Client()
    client.get("/mening/bedankt/")
    altered = link[:-1] + ("A" if link[-1] != "A" else "B")
    pages = []
    for token in (altered, new_token(), "kort", "x" * 300, "é" * 22, link.lower()):
        with django_assert_num_queries(2):
            pages.append(client.get(f"/mening/{token}/"))
    with time_machine.travel(AT + timedelta(days=15), tick=False), django_assert_num_queries(2):
        pages.append(client.get(f"/mening/{link}/"))
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
    assert client.post(f"/mening/{altered}/", filled()).content == pages[0].content


@pytest.mark.parametrize("is_known", [True, False])
def test_an_erased_customer_leaves_a_link_that_still_says_nothing(link: str, is_known: bool) -> None:
    person = Invitation.objects.get().customer_id
    Invitation.objects.filter(pk__gt=0).update(customer_id=person if is_known else None)
    wiped = {"emails": (), "phones": ()} if is_known else {"emails": ("jansen@example.nl",), "phones": ("31612345678",)}
    person_wiped.send(sender=None, people=(person,), **wiped)
    assert Client().get(f"/mening/{link}/niet-meer/").status_code == 404
    page = Client().get(f"/mening/{link}/").content.decode()
    assert "Neem contact met mij op" not in page  # nobody would know whom
    assert "rofvuil" not in page
    assert Client().post(f"/mening/{link}/", filled(contact="ja")).status_code == 303
    assert not Question.objects.filter(channel="form").exists()


def test_who_asks_for_contact_becomes_a_question_of_the_team_with_a_clock(link: str, cast: Cast) -> None:
    client = Client()
    client.post(f"/mening/{link}/", filled(3, answered="1", better="Bel mij op 0612345678", contact="ja"))
    client.post(f"/mening/{link}/", filled(2, answered="1", better="Bel mij", contact="ja"))
    question = Question.objects.get(channel="form")
    assert question.title == "Gaf een 3 en vraagt om contact"
    assert "0612345678" in question.summary
    assert "Welk cijfer geeft u het gesprek? 3 van 10" in question.summary
    assert "Is uw vraag beantwoord? Nee" in question.summary
    assert question.customer.name == "Jansen"
    assert question.team == cast.servicecentrum
    assert NormClock.objects.filter(question=question, state="running").exists()
    assert Response.objects.get().question == question


def test_what_became_confidential_after_the_mail_stays_so(link: str, cast: Cast) -> None:
    question = Question.objects.get()
    set_confidential(question=question, by=cast.fatima, at=AT, is_confidential=True, people=[cast.henk.pk])
    page = Client().get(f"/mening/{link}/").content.decode()
    assert "U belde ons op woensdag 25 november." in page
    assert "rofvuil" not in page
    Client().post(f"/mening/{link}/", filled(2, better="Bel mij", contact="ja"))
    made = Question.objects.get(channel="form")
    assert made.is_confidential
    named = set(made.access.values_list("user_id", flat=True))
    assert named == set(question.access.values_list("user_id", flat=True)) >= {cast.henk.pk}


def test_who_wants_contact_is_heard_when_team_and_subject_are_out_of_use(link: str, cast: Cast) -> None:
    Invitation.objects.update(team=cast.openbare_ruimte)
    Team.objects.filter(pk=cast.openbare_ruimte.pk).update(is_active=False)
    Subject.objects.filter(pk=cast.grofvuil.pk).update(is_active=False)
    ORGANISATION.forget()
    assert Client().post(f"/mening/{link}/", filled(2, contact="ja")).status_code == 303
    assert Question.objects.get(channel="form").team == cast.servicecentrum


def test_personal_data_are_masked_before_they_are_kept(link: str) -> None:
    Client().post(
        f"/mening/{link}/", filled(better="Mail piet@example.nl of bel 06-12345678, 1716 KA 12. Om 9.30 uur, 3 keer.")
    )
    text = Answer.objects.get(key="better").text
    assert text == "Mail ••• of bel •••, •••. Om 9.30 uur, 3 keer."


def test_names_of_this_customer_and_of_employees_are_masked(link: str, cast: Cast) -> None:
    Client().post(f"/mening/{link}/", filled(better=f"Jansen hier. {cast.fatima.name} hielp mij, Pietersen niet."))
    assert Answer.objects.get(key="better").text == "••• hier. ••• hielp mij, Pietersen niet."


@pytest.mark.parametrize("hostile", ["•" * 10_000, "1" * 10_000, "a@" * 5_000, "1(/ )2" * 1_600, "•1" * 5_000])
def test_masking_takes_no_longer_for_hostile_words(hostile: str) -> None:
    started = time.thread_time()
    mask(hostile)
    assert time.thread_time() - started < 0.5


def test_an_answer_that_closes_while_another_comes_in_stays_the_only_one(link: str) -> None:
    Client().post(f"/mening/{link}/", filled(8))
    closing = AT + timedelta(hours=25)
    held = invitations_of(link, closing - timedelta(seconds=1))
    gather(at=closing)
    assert not answer(token=link, values={}, wants_contact=False, at=closing - timedelta(seconds=1))
    assert not held.exists()
    assert Response.objects.count() == 1


def test_opting_out_asks_first_and_works_after_the_end_too(link: str, ended: Ended) -> None:
    client = Client()
    with time_machine.travel(AT + timedelta(days=40), tick=False):
        assert client.get(f"/mening/{link}/niet-meer/").status_code == 200
        assert not OptOut.objects.exists()
        assert client.post(f"/mening/{link}/niet-meer/").status_code == 200
        once = set(OptOut.objects.values_list("address_hash", flat=True))
        assert len(once) == 2, "the address and the number that we know"
        assert client.post(f"/mening/{link}/niet-meer/").status_code == 200
    assert set(OptOut.objects.values_list("address_hash", flat=True)) == once
    assert not opt_out(token=new_token(), at=AT)
    later = AT + timedelta(days=100)
    ended(at=later)
    assert invite(at=later) == 0


def test_guessing_and_flooding_are_slowed_down(link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    answers = [client.get(f"/mening/{new_token()}/").status_code for _try in range(35)]
    assert answers.count(404) == 30
    assert answers[-1] == 429
    assert client.get(f"/mening/{link}/").status_code == 200


@pytest.mark.parametrize("language", ["nl", "en", "xx", "<b>"])
def test_the_page_of_thanks_speaks_two_languages(cast: Cast, language: str) -> None:
    assert Client().get(f"/mening/bedankt/?taal={language}").status_code == 200


def test_who_was_asked_long_ago_and_old_words_are_forgotten(link: str) -> None:
    Client().post(f"/mening/{link}/", filled(8, better="Prima"))
    gather(at=AT + timedelta(days=2))
    assert forget(at=AT + timedelta(days=170)) == (0, 0)
    assert forget(at=AT + timedelta(days=181)) == (1, 0)
    assert forget(at=AT + timedelta(days=181)) == (0, 0)
    found = Invitation.objects.get()
    assert (found.contact, found.customer, found.address_hash, found.is_answered) == (None, None, "", True)
    assert forget(at=AT + timedelta(days=740)) == (0, 1)
    assert set(Answer.objects.values_list("key", flat=True)) == {"mark"}


def test_log_lines_leave_the_secret_of_a_link_out(link: str) -> None:
    line = hide_keys(None, "warning", {"event": f"Not Found: /mening/{link}/niet-meer/"})
    assert line["event"] == "Not Found: /mening/…/niet-meer/"


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_are_one_answer_and_one_question(link: str) -> None:
    barrier, codes = Barrier(4), []

    def press() -> None:
        try:
            barrier.wait(60)
            codes.append(Client().post(f"/mening/{link}/", filled(4, contact="ja")).status_code)
        finally:
            connection.close()

    threads = [Thread(target=press) for _one in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert codes == [303] * 4
    assert Response.objects.count() == 1
    assert Answer.objects.filter(key="mark").count() == 1
    assert Question.objects.filter(channel="form").count() == 1
