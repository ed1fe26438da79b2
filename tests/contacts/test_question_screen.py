"""The question screen: all that happened in one timeline, every act with its version, and nobody sees what is not theirs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from channels_app.models import OutboundMessage
from contacts import reply_text
from contacts.actions.answer import answer
from contacts.actions.assign import take
from contacts.actions.close import close
from contacts.actions.confidential import set_confidential
from contacts.actions.note import add_note
from contacts.actions.register import Asked, CallbackAsked, NewCustomer, register
from contacts.actions.reopen import reopen
from contacts.models import (
    CallbackRequest,
    ConfidentialAccess,
    Contact,
    Note,
    Notice,
    Question,
    QuestionLink,
    ReplyTemplate,
)
from organisation.clock import now
from organisation.models import AccessEntry, Municipality, User
from tests.cast import Cast

SECRET = "kanarie-7f3a"


def ask(
    cast: Cast, *, name: str = "A. de Wit-Schouten", text: str = "Waar blijft de ophaler?", **asked: object
) -> Question:
    at = now()
    made = register(
        by=None,
        at=at,
        channel="email",
        received_at=at,
        asked=[Asked(title="Grofvuil niet opgehaald", subject_id=cast.grofvuil.pk, **asked)],  # type: ignore[arg-type]
        customer=NewCustomer(name=name, salutation="mrs", email="dewit@voorbeeld.nl", phone="0226 35 12 44"),
        text=text,
        address="dewit@voorbeeld.nl",
        acknowledge=False,
    )
    question = made.questions[0]
    question.refresh_from_db()
    return question


@pytest.fixture(autouse=True)
def _leaves_at_once(cast: Cast) -> None:
    """The seconds in which a reply can be taken back have tests of their own (`test_planned_replies.py`)."""
    house = Municipality.objects.get()
    house.undo_send_seconds = 0
    house.save()


def login(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(question: Question, act: str = "") -> str:
    return f"/vragen/{question.number}/{act}"


def reply(question: Question, **changes: object) -> dict[str, object]:
    return {
        "text": "Wij komen woensdag.",
        "to_address": "dewit@voorbeeld.nl",
        "channel": "email",
        "subject_line": "Uw grofvuil",
        "then": "close",
        "version": question.version,
        "key": "sleutel-1",
        **changes,
    }


def test_the_page_tells_the_whole_story(cast: Cast) -> None:
    question = ask(cast)
    take(question=question, by=cast.henk, at=now())
    add_note(question=question, by=cast.henk, at=now(), text="Ophaler gebeld.")
    page = login(cast.henk).get(url(question)).content.decode()
    for words in (
        "Grofvuil niet opgehaald",
        "Waar blijft de ophaler?",
        "Ophaler gebeld.",
        "Opgepakt door Henk",
        "dewit@voorbeeld.nl",
        "E-mail beantwoord binnen 3 werkdagen",
    ):
        assert words in page
    assert (
        AccessEntry.objects.filter(
            user=cast.henk, question_id=question.pk, customer_id=question.customer_id, page="question"
        ).count()
        == 1
    )


def test_the_timeline_can_show_notes_or_the_customer_only(cast: Cast) -> None:
    question = ask(cast)
    add_note(question=question, by=cast.henk, at=now(), text="Ophaler gebeld.")
    client = login(cast.henk)
    notes = client.get(url(question) + "?toon=notitie").content.decode()
    assert "Ophaler gebeld." in notes
    assert "Waar blijft de ophaler?" not in notes
    assert "Ophaler gebeld." not in client.get(url(question) + "?toon=klant").content.decode()


def test_text_of_a_customer_is_never_markup(cast: Cast) -> None:
    question = ask(cast, text="<script>alert(1)</script><img src=x onerror=y>")
    page = login(cast.henk).get(url(question)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_fifty_contacts_cost_as_many_queries_as_one(cast: Cast) -> None:
    question = ask(cast)
    client = login(cast.henk)
    client.get(url(question))
    with CaptureQueriesContext(connection) as few:
        client.get(url(question))
    for index in range(49):
        answer(
            question=question,
            by=cast.henk,
            at=now() + timedelta(seconds=index),
            text=f"Bericht {index}",
            to_address="d@voorbeeld.nl",
            then="interim",
        )
    with CaptureQueriesContext(connection) as many:
        page = client.get(url(question)).content.decode()
    assert "Bericht 48" in page
    assert len(few) == len(many) <= 8


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("henk", 200),
        ("ria", 200),
        ("fatima", 200),
        ("sanne", 200),
        ("bas", 404),
        ("joost", 403),
        ("beheer", 403),
        ("receptie", 403),
    ],
)
def test_who_may_open_a_question_of_a_team(cast: Cast, name: str, status: int) -> None:
    assert login(getattr(cast, name)).get(url(ask(cast))).status_code == status


@pytest.mark.parametrize(
    "act",
    [
        "antwoord/",
        "notitie/",
        "gesprek/",
        "oppakken/",
        "hervatten/",
        "toewijzen/",
        "doorzetten/",
        "sluiten/",
        "annuleren/",
        "samenvoegen/",
        "wijzigen/",
        "vertrouwelijk/",
        "kijkers/",
        "terugbellen/",
    ],
)
def test_no_act_on_a_question_of_another_team(cast: Cast, act: str) -> None:
    question = ask(cast)
    assert login(cast.bas).post(url(question, act), {"text": "x", "note": "x", "version": 1}).status_code == 404
    fresh = Question.objects.get(pk=question.pk)
    assert (fresh.version, fresh.status) == (question.version, question.status)


@pytest.mark.parametrize(
    ("name", "status"), [("henk", 200), ("ria", 404), ("bas", 404), ("fatima", 403), ("sanne", 403)]
)
def test_a_confidential_question_shows_nothing_to_others(cast: Cast, name: str, status: int) -> None:
    question = ask(cast, text=SECRET, name=f"Jan {SECRET}")
    set_confidential(question=question, by=cast.henk, at=now(), is_confidential=True)
    response = login(getattr(cast, name)).get(url(question))
    assert response.status_code == status
    assert (SECRET in response.content.decode()) == (name == "henk")
    if name == "sanne":
        assert "Open voor 60 minuten" in response.content.decode()
        assert AccessEntry.objects.filter(user=cast.sanne, page="question.existence", question_id=question.pk).exists()


def test_the_coordinator_opens_a_confidential_question_with_a_reason(cast: Cast) -> None:
    question = ask(cast, text=SECRET)
    set_confidential(question=question, by=cast.henk, at=now(), is_confidential=True)
    client = login(cast.sanne)
    assert client.post(url(question, "toegang/"), {"reason": "kort"}).status_code == 422
    assert client.get(url(question)).status_code == 403
    assert client.post(url(question, "toegang/"), {"reason": "Klacht bij de burgemeester"}).status_code == 302
    assert SECRET in client.get(url(question)).content.decode()
    assert ConfidentialAccess.objects.get(user=cast.sanne).until_at is not None
    assert (
        login(cast.fatima).post(url(question, "toegang/"), {"reason": "Klacht bij de burgemeester"}).status_code == 403
    )


def test_a_reply_is_sent_once_and_closes(cast: Cast) -> None:
    question = ask(cast)
    client = login(cast.henk)
    assert client.post(url(question, "antwoord/"), reply(question)).status_code == 302
    client.post(url(question, "antwoord/"), reply(question))
    question.refresh_from_db()
    assert (question.status, question.close_reason) == ("closed", "answered")
    assert OutboundMessage.objects.filter(purpose="reply").count() == 1
    assert "In de wachtrij" in client.get(url(question)).content.decode()


@pytest.mark.parametrize(
    ("then", "status", "purpose"), [("waiting", "waiting", "question_back"), ("interim", "in_progress", "interim")]
)
def test_the_button_says_what_happens_with_the_question(cast: Cast, then: str, status: str, purpose: str) -> None:
    question = ask(cast)
    login(cast.henk).post(url(question, "antwoord/"), reply(question, then=then))
    question.refresh_from_db()
    assert question.status == status
    assert question.answered_at is None
    assert OutboundMessage.objects.filter(purpose=purpose).count() == 1


def test_a_refused_reply_keeps_everything_that_was_typed(cast: Cast) -> None:
    question = ask(cast)
    response = login(cast.henk).post(
        url(question, "antwoord/"), reply(question, to_address="geen adres", text="Mijn lange tekst")
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "Mijn lange tekst" in page
    assert "geen adres" in page
    assert "Vul een e-mailadres in" in page


def test_a_reply_on_an_old_version_shows_both_and_can_be_sent_after_all(cast: Cast) -> None:
    question = ask(cast)
    take(question=question, by=cast.ria, at=now())
    client = login(cast.henk)
    response = client.post(url(question, "antwoord/"), reply(question, version=1, text="Mijn lange tekst"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Mijn lange tekst" in page
    assert "Ria" in page
    assert not OutboundMessage.objects.exists()
    again = dict(response.context["again"])
    assert client.post(response.context["again_url"], again).status_code == 302
    assert OutboundMessage.objects.get().body == "Mijn lange tekst"


def test_an_act_on_an_old_version_shows_both(cast: Cast) -> None:
    question = ask(cast)
    take(question=question, by=cast.ria, at=now())
    response = login(cast.henk).post(
        url(question, "wijzigen/"), {"title": "Mijn titel", "kind": "question", "subject": "", "version": 1}
    )
    assert response.status_code == 409
    assert "Mijn titel" in response.content.decode()
    assert dict(response.context["again"])["title"] == "Mijn titel"


def test_a_conflict_names_the_subject_and_not_its_number(cast: Cast) -> None:
    question = ask(cast)
    take(question=question, by=cast.ria, at=now())
    typed = {"title": "x", "kind": "question", "subject": cast.paspoort.pk, "version": 1}
    response = login(cast.henk).post(url(question, "wijzigen/"), typed)
    assert "Paspoort aanvragen" in dict(response.context["yours"]).values()
    assert "Grofvuil ophalen" in dict(response.context["theirs"]).values()


def test_a_message_that_was_not_delivered_can_be_sent_again(cast: Cast) -> None:
    question = ask(cast)
    contact = answer(
        question=question, by=cast.henk, at=now(), text="Onze brief", to_address="fout@voorbeeld.nl", then="interim"
    )
    OutboundMessage.objects.filter(pk=contact.outbound_id).update(state="failed", error="550 unknown")
    client = login(cast.henk)
    page = client.get(url(question)).content.decode()
    assert "Niet bezorgd: 550 unknown" in page
    assert f"?opnieuw={contact.pk}" in page
    again = client.get(url(question) + f"?opnieuw={contact.pk}")
    assert (again.context["form"].text, again.context["form"].to_address) == ("Onze brief", "fout@voorbeeld.nl")


def test_a_template_is_filled_and_runs_nothing(cast: Cast) -> None:
    question = ask(cast)
    body = "{aanhef} Nummer {nummer}, {team}, {medewerker}. {onbekend} {0.__class__} {{ question.customer }}"
    template = ReplyTemplate.objects.create(name="Ophaaldag", body=body)
    answered = login(cast.henk).get(url(question, f"sjabloon/{template.pk}/")).json()["text"]
    assert answered == (
        f"Beste mevrouw De Wit-Schouten, Nummer {question.number}, Openbare Ruimte, Henk. {{onbekend}} {{0.__class__}} {{{{ question.customer }}}}"
    )
    assert answered in login(cast.henk).get(url(question) + f"?sjabloon={template.pk}").context["form"].text


@pytest.mark.parametrize(
    ("kind", "title", "name", "words"),
    [
        ("person", "mr", "K. Beers", "Beste meneer Beers,"),
        ("person", "mrs", "Anna van der Berg", "Beste mevrouw Van der Berg,"),
        ("person", "none", "Robin Smit", "Beste Robin Smit,"),
        ("organisation", "none", "Bakkerij Koopman", "Beste Bakkerij Koopman,"),
        ("person", "mr", "", "Beste heer, mevrouw,"),
    ],
)
def test_how_a_letter_begins(kind: str, title: str, name: str, words: str) -> None:
    assert reply_text.salutation(kind, title, name) == words


def test_a_conversation_answers_or_is_only_kept(cast: Cast) -> None:
    question = ask(cast)
    client = login(cast.henk)
    client.post(
        url(question, "gesprek/"),
        {"talk": "Belt nog", "then": "stay", "talk_channel": "phone", "version": question.version},
    )
    question.refresh_from_db()
    assert (question.status, question.answered_at) == ("in_progress", None)
    client.post(
        url(question, "gesprek/"),
        {"talk": "Uitgelegd", "then": "close", "talk_channel": "phone", "version": question.version},
    )
    question.refresh_from_db()
    assert question.status == "closed"
    assert question.answered_at is not None


def test_an_empty_note_is_refused_and_a_note_is_never_sent(cast: Cast) -> None:
    question = ask(cast)
    client = login(cast.henk)
    assert client.post(url(question, "notitie/"), {"note": " "}).status_code == 422
    client.post(url(question, "notitie/"), {"note": "Let op 😀"})
    assert Note.objects.get().text == "Let op 😀"
    assert not OutboundMessage.objects.exists()


def test_every_act_works_from_its_own_form(cast: Cast) -> None:
    question = ask(cast)
    client = login(cast.ria)

    def do(act: str, **data: object) -> None:
        question.refresh_from_db()
        assert client.get(url(question, f"{act}/")).status_code == 200
        response = client.post(url(question, f"{act}/"), {"version": question.version, **data})
        assert response.status_code == 302, (act, response.context and response.context["form"].errors)
        question.refresh_from_db()

    do("toewijzen", assignee=cast.henk.pk)
    assert question.assignee == cast.henk
    do("wachten", text="Welke straat?")
    assert question.status == "waiting"
    client.post(url(question, "hervatten/"), {"version": question.version})
    do("wijzigen", title="Koelkast", subject=cast.afval.pk, kind="report")
    assert (question.title, question.kind) == ("Koelkast", "report")
    do("terugbellen", phone="0226 351244", name="Mevr. De Wit", moment="na 14.00 uur")
    do("poging", outcome="no_answer")
    do("poging", outcome="reached", note="Afspraak gemaakt")
    assert CallbackRequest.objects.get().state == "done"
    do("sluiten", reason="answered", text="Aan de telefoon uitgelegd")
    assert question.status == "closed"
    do("heropenen", reason="Klant belt weer")
    assert question.status == "in_progress"
    do("doorzetten", team=cast.servicecentrum.pk, reason="Hoort bij het Servicecentrum")
    assert question.team == cast.servicecentrum


def test_a_closing_without_a_word_is_no_answer(cast: Cast) -> None:
    question = ask(cast)
    response = login(cast.henk).post(url(question, "sluiten/"), {"reason": "answered", "version": question.version})
    assert response.status_code == 422
    assert "Schrijf op" in response.content.decode()


def test_spam_counts_nowhere(cast: Cast) -> None:
    question = ask(cast)
    login(cast.henk).post(url(question, "annuleren/"), {"reason": "spam", "version": question.version})
    question.refresh_from_db()
    assert question.status == "cancelled"
    assert set(question.clocks.values_list("state", flat=True)) == {"cancelled"}


def test_questions_are_linked_and_merged_by_number(cast: Cast) -> None:
    first, second = ask(cast), ask(cast)
    Question.objects.filter(pk=second.pk).update(customer=first.customer)
    foreign = ask(cast, team_id=cast.burgerzaken.pk)
    client = login(cast.henk)
    assert (
        client.post(url(first, "koppelen/"), {"number": foreign.number, "kind": "related", "version": 1}).status_code
        == 422
    )
    assert (
        client.post(url(first, "koppelen/"), {"number": second.number, "kind": "related", "version": 1}).status_code
        == 302
    )
    assert second.number in client.get(url(first)).content.decode()
    assert (
        client.post(url(second, "samenvoegen/"), {"number": first.number, "version": second.version}).status_code == 302
    )
    second.refresh_from_db()
    assert (second.status, second.merged_into) == ("cancelled", first)
    assert first.number in client.get(url(second)).content.decode()


def test_a_question_that_was_split_off_inherits_customer_and_receipt(cast: Cast) -> None:
    question = ask(cast)
    Question.objects.filter(pk=question.pk).update(received_at=question.received_at - timedelta(days=2))
    response = login(cast.henk).post(
        url(question, "afsplitsen/"),
        {"title": "Nieuw paspoort", "subject": cast.paspoort.pk, "version": question.version},
    )
    assert response.status_code == 302
    made = QuestionLink.objects.get(kind="split").question
    question.refresh_from_db()
    assert (made.customer, made.received_at, made.team) == (question.customer, question.received_at, cast.burgerzaken)
    assert made.clocks.get().code == "email.answer"
    assert made.due_at is not None
    assert made.history.count() == 1
    assert Contact.objects.count() == 1


def test_three_tries_without_result_leave_the_choice_to_a_person(cast: Cast) -> None:
    question = ask(cast, end="callback", callback=CallbackAsked(phone="0226 351244"))
    client = login(cast.henk)
    for _try in range(3):
        question.refresh_from_db()
        client.post(url(question, "poging/"), {"outcome": "no_answer", "version": question.version})
    assert "Drie keer niet bereikt" in client.get(url(question)).content.decode()
    client.post(url(question, "niet-bellen/"), {"reason": "Niet te bereiken", "unreachable": "on"})
    assert CallbackRequest.objects.get().state == "unreachable"


def test_two_who_look_see_each_other(cast: Cast) -> None:
    question = ask(cast)
    login(cast.ria).post(url(question, "kijkers/"), {"writing": "1"})
    seen = login(cast.henk).post(url(question, "kijkers/"), {"version": question.version}).content.decode()
    assert "Ria schrijft" in seen
    assert "Henk" not in seen
    take(question=question, by=cast.ria, at=now())
    changed = login(cast.henk).post(url(question, "kijkers/"), {"version": 1}).content.decode()
    assert "Een collega heeft deze vraag gewijzigd" in changed
    login(cast.ria).post(url(question, "kijkers/"), {"gone": "1"})
    assert "Ria" not in login(cast.henk).post(url(question, "kijkers/"), {"version": 2}).content.decode()


def test_next_and_previous_follow_the_list_one_came_from(cast: Cast) -> None:
    questions = [ask(cast) for _index in range(3)]
    client = login(cast.henk)
    page = client.get(url(questions[1]) + "?uit=").context["page"]
    assert questions[2].number in client.get(page.next_href)["Location"]
    assert questions[0].number in client.get(page.previous_href)["Location"]
    assert client.get(url(questions[2], "volgende/") + "?uit=")["Location"].startswith("/werkvoorraad/")


def test_after_closing_the_next_of_the_list_opens_for_who_chose_that(cast: Cast) -> None:
    first, second = ask(cast), ask(cast)
    User.objects.filter(pk=cast.henk.pk).update(after_saving="next")
    response = login(cast.henk).post(url(first, "antwoord/") + "?uit=", reply(first))
    assert second.number in response["Location"]


def test_the_history_says_what_changed_and_who_looked(cast: Cast) -> None:
    question = ask(cast)
    take(question=question, by=cast.henk, at=now())
    client = login(cast.henk)
    client.get(url(question))
    page = client.get(url(question, "geschiedenis/")).content.decode()
    assert "Behandelaar: – → Henk" in page
    assert "Bekeken door" in page


@pytest.mark.parametrize("number", ["OPM-2026-999999", "x" * 300, "%27", "0", "😀"])
def test_a_number_that_is_none_is_not_found(cast: Cast, number: str) -> None:
    assert login(cast.henk).get(f"/vragen/{number}/").status_code == 404


def test_only_the_coordinator_corrects_a_deadline(cast: Cast) -> None:
    question = ask(cast)
    assert login(cast.henk).get(url(question, "termijn/")).status_code == 403
    clock = question.clocks.get(code="email.answer")
    data = {"clock": clock.pk, "started_at": "2026-01-05T09:00", "reason": "Poststempel", "version": question.version}
    assert login(cast.sanne).post(url(question, "termijn/"), data).status_code == 302
    clock.refresh_from_db()
    assert clock.replaced_by is not None


def test_who_may_know_that_a_confidential_question_exists_asks_to_be_let_in(cast: Cast) -> None:
    question = ask(cast, text=SECRET)
    set_confidential(question=question, by=cast.henk, at=now(), is_confidential=True)
    client = login(cast.fatima)
    assert "Vraag toegang" in client.get(url(question)).content.decode()
    short = client.post(url(question, "toegang-vragen/"), {"ask": "kort"})
    assert short.status_code == 422
    assert ">kort</textarea>" in short.content.decode()
    reason = {"ask": "De klant staat aan de balie"}
    assert client.post(url(question, "toegang-vragen/"), reason).status_code == 302
    assert client.post(url(question, "toegang-vragen/"), reason).status_code == 422  # once a day
    told = Notice.objects.filter(kind="access_asked", question=question)
    assert {notice.user_id for notice in told} == {cast.henk.pk, cast.ria.pk}
    assert "Toegang gevraagd tot een vertrouwelijke vraag" in login(cast.ria).get("/meldingen/").content.decode()
    henk = login(cast.henk)
    assert "De klant staat aan de balie" in henk.get(url(question)).content.decode()
    form = henk.get(url(question, "vertrouwelijk/")).content.decode()
    assert f'value="{cast.fatima.pk}"' in form
    henk.post(url(question, "vertrouwelijk/"), {"people": [cast.fatima.pk], "version": question.version})
    assert SECRET in client.get(url(question)).content.decode()


def test_access_is_asked_only_by_who_may_know_that_the_question_exists(cast: Cast) -> None:
    question = ask(cast, text=SECRET)
    set_confidential(question=question, by=cast.henk, at=now(), is_confidential=True)
    for name in ("bas", "ria"):
        answer_to = login(getattr(cast, name)).post(url(question, "toegang-vragen/"), {"ask": "Ik wil het weten"})
        assert answer_to.status_code == 404
    assert not Notice.objects.filter(kind="access_asked").exists()


def test_handing_over_names_the_new_team(cast: Cast) -> None:
    question = ask(cast)
    client = login(cast.fatima)
    data = {"team": cast.burgerzaken.pk, "reason": "Hoort daar", "version": question.version}
    response = client.post(url(question, "doorzetten/"), data, follow=True)
    assert "doorgezet naar Burgerzaken" in response.content.decode()


def test_opening_again_is_told_as_what_a_colleague_did_and_not_as_words_of_the_customer(cast: Cast) -> None:
    question = ask(cast)
    close(question=question, by=cast.henk, at=now(), reason="no_reaction_needed")
    reopen(question=question, by=cast.henk, at=now(), reason="Toch nog iets")
    page = login(cast.henk).get(url(question)).content.decode()
    assert "Heropend door Henk" in page


def test_of_two_questions_in_one_call_only_the_answered_one_says_so_and_names_who_answered(cast: Cast) -> None:
    at = now()
    made = register(
        by=cast.fatima,
        at=at,
        channel="phone",
        received_at=at,
        asked=[
            Asked(title="Openingstijden", end="direct"),
            Asked(title="Boom waait om", end="forward", team_id=cast.openbare_ruimte.pk),
        ],
        text="Beller had twee vragen.",
    )
    answered, passed_on = made.questions
    client = login(cast.fatima)
    first, second = (client.get(url(one)).content.decode() for one in (answered, passed_on))
    assert "Telefoon · antwoord" in first
    assert "Telefoon · antwoord" not in second
    assert '<span class="muted">niemand</span>' not in first


def test_templates_stand_by_subject_and_serve_the_conversation_too(cast: Cast) -> None:
    question = ask(cast)
    for name, subject in (("Ophalen", cast.grofvuil), ("Paspoort", cast.paspoort), ("Groet", None)):
        ReplyTemplate.objects.create(
            name=name, body=f"Over {question.number if subject else '{nummer}'}", subject=subject
        )
    client, path = login(cast.henk), f"/vragen/{question.number}/"
    page = client.get(path).content.decode()
    order = [page.index(words) for words in ("Bij dit onderwerp", ">Ophalen<", "Algemeen", ">Groet<", ">Paspoort<")]
    assert order == sorted(order)
    pk = ReplyTemplate.objects.get(name="Groet").pk
    spoken = client.get(path, {"sjabloon": pk, "bij": "gebeld"}).content.decode()
    assert 'data-tab="gebeld"' in spoken
    assert f">Over {question.number}</textarea>" in spoken
