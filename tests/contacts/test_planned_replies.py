"""A reply that waits: taken back within seconds or sent at a chosen moment; the clock counts only what really left."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from channels_app.models import OutboundMessage, StoredFile
from contacts import later
from contacts.access import lock_question
from contacts.actions import send_planned as sending
from contacts.actions.clocks import promises_to_keep
from contacts.actions.close import close
from contacts.actions.forget_replies import forget_replies
from contacts.actions.log_conversation import log_conversation
from contacts.actions.merge import merge_questions
from contacts.actions.plan_reply import plan_reply
from contacts.actions.receive import receive_reply
from contacts.actions.register import Asked, register
from contacts.actions.reopen import reopen
from contacts.actions.send_planned import send_planned
from contacts.actions.settle import settle_due
from contacts.actions.take_back_reply import take_back_reply
from contacts.models import Contact, NormClock, Notice, OutgoingLetter, PlannedReply, Question
from organisation.clock import AMSTERDAM
from organisation.errors import Refused
from organisation.models import Municipality, User
from organisation.snapshot import organisation
from tests.cast import Cast, settle_in

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
FRIDAY = MONDAY + timedelta(days=4)
SECONDS = timedelta(seconds=11)
PDF = b"%PDF-1.7\n" + b"x" * 500


def ask(cast: Cast, at: datetime = MONDAY) -> Question:
    asked = [Asked(title="Kaart", subject_id=cast.grofvuil.pk)]
    made = register(by=None, at=at, channel="email", received_at=at, asked=asked, text="Waar blijft de kaart?")
    made.questions[0].refresh_from_db()
    return made.questions[0]


def plan(cast: Cast, question: Question, at: datetime, send_at: datetime | None = None, **more: Any) -> PlannedReply:
    values = {"channel": "email", "to_address": "d@voorbeeld.nl", "subject_line": "", "then": "close", **more}
    values = {"is_answer": True, "version": None, "key": None, **values}
    return plan_reply(question=question, by=cast.henk, at=at, send_at=send_at, text="Hier is de kaart.", **values)


def clock_of(question: Question) -> NormClock:
    return NormClock.objects.get(question=question, code="email.answer", replaced_by=None)


def signed_in(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.henk)
    return client


def test_an_answer_counts_at_the_moment_it_leaves(cast: Cast) -> None:
    question = ask(cast)
    plan(cast, question, MONDAY + timedelta(hours=1))
    assert send_planned(at=MONDAY + timedelta(hours=1, seconds=9)) == 0
    question.refresh_from_db()
    assert (question.status, clock_of(question).state, OutboundMessage.objects.filter(purpose="reply").count()) == (
        "new",
        "running",
        0,
    )
    left = MONDAY + timedelta(hours=1) + SECONDS
    assert (send_planned(at=left), send_planned(at=left)) == (1, 0)
    question.refresh_from_db()
    assert (question.status, question.answered_at, clock_of(question).stopped_at) == ("closed", left, left)
    message = OutboundMessage.objects.get(purpose="reply")
    assert (message.body, message.created_at) == ("Hier is de kaart.", left)


def test_an_undone_answer_settles_nothing_and_comes_back_whole(cast: Cast, tmp_path: Path, settings: Any) -> None:
    settings.FILES_DIR = tmp_path
    question, client = ask(cast), signed_in(cast)
    page = f"/vragen/{question.number}/"
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        values = {"text": "Hier is de kaart.", "to_address": "d@voorbeeld.nl", "channel": "email", "then": "close"}
        files = [SimpleUploadedFile("kaart.pdf", PDF), SimpleUploadedFile("brief.pdf", PDF + b"y")]
        answer = client.post(
            f"{page}antwoord/", {**values, "version": question.version, "key": "k", "files": files}, follow=True
        ).content.decode()
        planned = PlannedReply.objects.get()
        back = f"{page}antwoord/{planned.pk}/terug/"
        assert answer.count(f'action="{back}') == 2, "in the corner and on the timeline"
        assert "Wordt verstuurd over 10 seconden" in answer
        again = client.post(back, follow=True).content.decode()
    assert "Hier is de kaart.</textarea>" in again
    assert 'value="d@voorbeeld.nl"' in again
    kept = list(StoredFile.objects.order_by("pk"))
    assert [f'name="keep_file" value="{one.pk}" checked' in again for one in kept] == [True, True]
    assert send_planned(at=MONDAY + timedelta(hours=2)) == 0
    settle_due(at=FRIDAY)  # the term is over without an answer
    assert clock_of(question).state == NormClock.State.MISSED
    assert not Contact.objects.filter(questions=question, direction="out").exists()
    with time_machine.travel(FRIDAY, tick=False):  # goes on with it, with one of the two files
        question.refresh_from_db()
        values |= {"earlier": planned.pk, "keep_file": kept[0].pk, "version": question.version, "key": "k2"}
        more = [SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(10)]
        assert client.post(f"{page}antwoord/", {**values, "files": more}).status_code == 422, "eleven together"
        assert client.post(f"{page}antwoord/", {**values, "channel": "letter"}).status_code == 422
        assert client.post(f"{page}antwoord/", values).status_code == 302
        question.refresh_from_db()
        twice = client.post(f"{page}antwoord/", {**values, "key": "k3", "version": question.version})
        assert "ging hier al mee verder" in twice.content.decode(), "from another tab, without its files"
    planned.refresh_from_db()
    assert planned.state == "done"
    assert send_planned(at=FRIDAY + SECONDS) == 1
    sent = Contact.objects.get(questions=question, direction="out")
    assert [one.name for one in sent.outbound.files.all()] == ["kaart.pdf"]  # type: ignore[union-attr]
    forget_replies(at=FRIDAY + timedelta(days=15))
    assert [one.name for one in StoredFile.objects.all()] == ["kaart.pdf"]
    assert not PlannedReply.objects.exists()


def test_what_left_cannot_be_taken_back(cast: Cast) -> None:
    question = ask(cast)
    planned = plan(cast, question, MONDAY)
    send_planned(at=MONDAY + SECONDS)
    with time_machine.travel(MONDAY + SECONDS, tick=False):
        page = signed_in(cast).post(f"/vragen/{question.number}/antwoord/{planned.pk}/terug/", follow=True)
    assert "Dit antwoord is al verstuurd." in page.content.decode()
    assert clock_of(question).state == "met"


@pytest.mark.parametrize("first", ["sweep", "person"])
def test_of_the_sweep_and_the_person_exactly_one_wins(transactional_db: None, first: str) -> None:
    """Both want the same reply at once: it left or it came back, never both."""
    town = settle_in()
    question = ask(town)
    planned = plan(town, question, MONDAY)
    at, told = MONDAY + SECONDS, []
    begin = threading.Barrier(2)

    def person() -> None:
        try:
            begin.wait()
            if first == "sweep":
                threading.Event().wait(0.01)
            take_back_reply(question=Question.objects.get(pk=question.pk), pk=planned.pk, by=town.henk, at=at)
            told.append("back")
        except Refused:
            told.append("refused")
        finally:
            connection.close()

    def sweep() -> None:
        try:
            begin.wait()
            if first == "person":
                threading.Event().wait(0.01)
            told.append("sent" if send_planned(at=at) else "none")
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for one in (person, sweep)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(120)
    planned.refresh_from_db()
    sent = OutboundMessage.objects.filter(purpose="reply").count()
    assert (sorted(told), sent, planned.state) in [(["back", "none"], 0, "back"), (["refused", "sent"], 1, "sent")]


def test_a_reply_that_a_merge_takes_along_at_that_very_moment_leaves_from_the_question_that_stays(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, keep = ask(cast), ask(cast)
    planned = plan(cast, gone, MONDAY)
    at = MONDAY + SECONDS

    def lock_after_merge(user: User | None, question: Question) -> Question:
        merge_questions(keep=Question.objects.get(pk=keep.pk), merge=gone, by=cast.sanne, at=at)
        return lock_question(user, question)

    with monkeypatch.context() as patch:
        patch.setattr(sending, "lock_question", lock_after_merge)
        assert send_planned(at=at) == 0
    planned.refresh_from_db()
    assert (planned.state, planned.question_id, planned.why) == ("waiting", keep.pk, "")
    assert send_planned(at=at) == 1
    assert Contact.objects.get(direction="out", is_automatic=False).questions.get() == keep


def test_the_same_reply_posted_twice_is_one(cast: Cast) -> None:
    question = ask(cast)
    assert {plan(cast, question, MONDAY, key="k").pk for _twice in range(2)} == {PlannedReply.objects.get().pk}


def test_without_the_seconds_a_reply_leaves_at_once_and_a_letter_waits_to_be_posted(cast: Cast) -> None:
    client, question = signed_in(cast), ask(cast)
    values = {"text": "Wij schreven u.", "channel": "letter", "then": "interim", "version": question.version}
    values["recipient"] = "A. Kok\nDorpsstraat 1\n1716 KA Opmeer"
    with time_machine.travel(MONDAY, tick=False):
        client.post(f"/vragen/{question.number}/antwoord/", values)
        house = Municipality.objects.get()
        house.undo_send_seconds = 0
        house.save()
        question.refresh_from_db()
        values |= {"channel": "email", "to_address": "d@voorbeeld.nl", "version": question.version}
        client.post(f"/vragen/{question.number}/antwoord/", values)
    assert Contact.objects.filter(questions=question, direction="out").count() == 1
    assert OutgoingLetter.objects.get(question=question).state == "waiting"
    assert not PlannedReply.objects.exists()


@pytest.mark.parametrize(
    ("send_at", "words"),
    [
        ("2026-03-03T09:00", ""),
        ("2026-03-03T03:00", "Dan zijn wij gesloten. Het volgende moment is"),
        ("2026-03-07T10:00", "Dan zijn wij gesloten"),
        ("2026-03-02T08:59", "nog komt"),
        ("2026-09-01T10:00", "zestig dagen"),
        ("", "Vul de dag en de tijd in"),
        ("0001-01-01T00:00", "Vul de dag en de tijd in"),
        ("9999-12-31T23:59-14:00", "Vul de dag en de tijd in"),
    ],
)
def test_a_moment_of_ones_own_lies_in_opening_hours(cast: Cast, send_at: str, words: str) -> None:
    question = ask(cast)
    values = {"text": "Morgen.", "channel": "email", "to_address": "d@voorbeeld.nl", "version": question.version}
    with time_machine.travel(MONDAY, tick=False):
        response = signed_in(cast).post(
            f"/vragen/{question.number}/antwoord/",
            {**values, "then": "close", "later": "own", "later_own": send_at, "later_then": "waiting"},
        )
        page = signed_in(cast).get(f"/vragen/{question.number}/").content.decode()
    if words:
        assert response.status_code == 422
        assert words in response.content.decode()
        assert "Morgen.</textarea>" in response.content.decode()
        assert not PlannedReply.objects.exists()
    else:
        assert "Gepland: morgen 09:00" in page
        assert PlannedReply.objects.get().then == "waiting"


def test_the_proposals_are_open_moments(cast: Cast) -> None:
    rules = organisation().calendar_of(None).rules

    def words(at: datetime) -> list[str]:
        return [f"{one.astimezone(AMSTERDAM):%a %H:%M}" for one in later.proposals(rules, at)]

    assert words(MONDAY + timedelta(minutes=20)) == ["Mon 11:00", "Tue 09:00", "Wed 09:00"]
    assert words(FRIDAY.replace(hour=20)) == ["Mon 09:00", "Tue 09:00"]


def leave_with(cast: Cast, question: Question, why: str) -> None:
    """What can happen between planning and leaving."""
    noon = MONDAY + timedelta(hours=3)
    if why == "closed":
        close(question=question, by=cast.ria, at=noon, reason="no_reaction_needed")
    elif why == "gone":
        cast.henk.memberships.all().delete()
    elif why == "answered":  # by a colleague, on the phone
        log_conversation(question=question, by=cast.ria, at=noon, channel="phone", text="Verteld.", is_answer=True)
    elif why == "wrote":
        receive_reply(question=question, at=noon, received_at=noon, channel="email", customer=None, text="Klaar.")


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("closed", "gesloten"),
        ("gone", "mag deze vraag niet meer"),
        ("wrote", "schreef opnieuw"),
        ("answered", "is beantwoord"),
    ],
)
def test_a_planned_reply_that_cannot_leave_is_told_and_kept(cast: Cast, why: str, words: str) -> None:
    question, morning = ask(cast), MONDAY + timedelta(days=1)
    planned = plan(cast, question, MONDAY, morning)
    leave_with(cast, question, why)
    assert send_planned(at=morning) == 0
    planned.refresh_from_db()
    assert (planned.state, words in planned.why) == ("refused", True)
    assert Notice.objects.filter(user=cast.henk, kind="send_failed", key=f"planned:{planned.pk}").exists()
    assert not OutboundMessage.objects.filter(purpose="reply").exists()
    client = Client()
    client.force_login(cast.ria)
    page = client.get(f"/vragen/{question.number}/").content.decode()
    assert "Niet verstuurd:" in page
    assert f"?terug={planned.pk}" in page


@pytest.mark.parametrize("seconds", [4, -3])
@pytest.mark.parametrize("then", ["close", "waiting", "interim"])
def test_what_the_customer_writes_in_the_seconds_before_it_leaves_is_not_closed_unread(
    cast: Cast, then: str, seconds: int
) -> None:
    """A mail carries the moment at which a sweep began: that may lie before the reply was written."""
    question = ask(cast)
    planned = plan(cast, question, MONDAY, then=then, is_answer=then == "close")
    moment = MONDAY + timedelta(seconds=seconds)
    receive_reply(question=question, at=moment, received_at=moment, channel="email", customer=None, text="Toch niet.")
    left = send_planned(at=MONDAY + SECONDS)
    planned.refresh_from_db()
    question.refresh_from_db()
    assert (left, planned.state) == ((1, "sent") if then == "interim" else (0, "refused"))
    assert question.is_open and question.status != "waiting" and clock_of(question).state == "running"


@pytest.mark.parametrize(("reason", "why"), [("no_reaction_needed", ""), ("answered", "is beantwoord")])
def test_that_an_employee_opened_the_question_again_is_no_word_of_the_customer(
    cast: Cast, reason: str, why: str
) -> None:
    question, morning = ask(cast), MONDAY + timedelta(days=1)
    planned = plan(cast, question, MONDAY, morning)
    close(question=question, by=cast.ria, at=MONDAY + timedelta(hours=2), reason=reason, text="Gebeld.")
    reopen(question=question, by=cast.ria, at=MONDAY + timedelta(hours=3), reason="Toch niet klaar")
    assert send_planned(at=morning) == (0 if why else 1)
    planned.refresh_from_db()
    assert why in planned.why and (planned.state == "sent") == (not why)


def test_after_an_outage_a_planned_reply_waits_for_the_morning(cast: Cast) -> None:
    question = ask(cast)
    plan(cast, question, MONDAY, MONDAY + timedelta(hours=7))
    night = MONDAY + timedelta(hours=18)
    assert send_planned(at=night) == 0
    other = ask(cast, MONDAY + timedelta(hours=1))
    plan(cast, other, night - SECONDS)
    assert send_planned(at=night) == 1, "one that could be taken back goes on"
    assert send_planned(at=MONDAY + timedelta(days=1)) == 1


def test_only_who_may_answer_takes_back(cast: Cast) -> None:
    planned = plan(cast, ask(cast), MONDAY)
    client = Client()
    for person, status in ((cast.bas, 404), (cast.joost, 403)):
        client.force_login(person)
        path = f"/vragen/{planned.question.number}/antwoord/{planned.pk}"
        assert {client.post(f"{path}/{act}/").status_code for act in ("terug", "weg")} == {status}
    planned.refresh_from_db()
    assert planned.state == "waiting"


@pytest.mark.parametrize("then", ["stay", "close"])
def test_a_mail_that_is_fetched_after_the_answer_left_is_promised_one_of_its_own(cast: Cast, then: str) -> None:
    """The mail server had it before, and nobody here had seen it."""
    question = ask(cast)
    plan(cast, question, MONDAY, then=then)
    left = MONDAY + SECONDS
    assert send_planned(at=left) == 1
    fetched = left + timedelta(seconds=20)
    receive_reply(question=question, at=fetched, received_at=MONDAY, channel="email", customer=None, text="En nu?")
    question.refresh_from_db()
    clock = NormClock.objects.get(question=question, code="email.answer", state="running")
    assert (question.is_open, question.due_at, clock.contact.text) == (True, clock.due_at, "En nu?")
    settle_due(at=clock.due_at)
    question.refresh_from_db()
    assert promises_to_keep(question) == [clock], "missed, and still waited for"
