"""Two questions that are one keep the earliest promise to the customer (norms-and-kpis §3): no deadline, call or reply ends unnoticed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from channels_app.models import OutboundMessage
from contacts.actions.answer import answer
from contacts.actions.ask_customer import ask_customer
from contacts.actions.callback import request_callback
from contacts.actions.close import close
from contacts.actions.merge import merge_questions
from contacts.actions.plan_reply import plan_reply
from contacts.actions.register import Asked, CallbackAsked, NewCustomer, register
from contacts.actions.send_planned import send_planned
from contacts.actions.settle import settle_due
from contacts.invariants import check_all
from contacts.models import CallbackRequest, Customer, NormClock, PlannedReply, Question, QuestionPlace
from contacts.where import Where
from organisation.clock import AMSTERDAM
from organisation.errors import Refused
from tests.cast import Cast

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
ONE_HOUR = timedelta(hours=1)
NEXT_MONDAY = MONDAY + timedelta(days=7)


@pytest.fixture
def wit(cast: Cast) -> Customer:
    made = register(
        by=cast.fatima,
        at=MONDAY,
        channel="counter",
        received_at=MONDAY,
        asked=[Asked(title="Openingstijden", end="direct")],
        customer=NewCustomer(name="De Wit", email="dewit@voorbeeld.nl", phone="0612345678"),
    )
    assert made.contact.customer is not None
    return made.contact.customer


def asks(cast: Cast, wit: Customer, at: datetime, channel: str = "email", **asked: object) -> Question:
    what = {"subject_id": cast.grofvuil.pk, "end": "open", **asked}
    made = register(
        by=cast.fatima,
        at=at,
        channel=channel,
        received_at=at,
        asked=[Asked(**what)],  # type: ignore[arg-type]
        customer=wit,
        text="Waar blijft de ophaler?",
        acknowledge=False,
    )
    return Question.objects.get(pk=made.questions[0].pk)


def one_of(keep: Question, merge: Question, cast: Cast, at: datetime) -> Question:
    merge_questions(keep=keep, merge=merge, by=cast.sanne, at=at)
    OutboundMessage.objects.filter(state="queued").update(state="sent", sent_at=at)
    with time_machine.travel(at, tick=False):
        assert [found for found in check_all() if found.violations] == []
    return Question.objects.get(pk=keep.pk)


def counting(*questions: Question) -> list[tuple[str, str, date]]:
    """The clocks that count: norm, state, day on which they began."""
    rows = NormClock.objects.filter(question__in=questions, replaced_by=None).exclude(state="cancelled")
    return [(one.code, one.state, one.started_at.astimezone(AMSTERDAM).date()) for one in rows.order_by("started_at")]


@pytest.mark.parametrize("keeps_oldest", [True, False])
def test_whichever_stays_has_the_earliest_deadline(cast: Cast, wit: Customer, keeps_oldest: bool) -> None:
    monday, tuesday = asks(cast, wit, MONDAY), asks(cast, wit, TUESDAY)
    promised = monday.due_at
    keep, merge = (monday, tuesday) if keeps_oldest else (tuesday, monday)
    kept = one_of(keep, merge, cast, TUESDAY)
    assert (kept.received_at, kept.due_at) == (MONDAY, promised)
    assert counting(monday, tuesday) == [("email.answer", "running", MONDAY.date())]
    assert kept.clocks.get(state="running").code == "email.answer"


def test_a_promise_of_another_kind_comes_beside_it(cast: Cast, wit: Customer) -> None:
    phoned = asks(cast, wit, MONDAY, "phone", end="forward")
    mailed = asks(cast, wit, TUESDAY)
    kept = one_of(phoned, mailed, cast, WEDNESDAY)
    assert counting(kept) == [
        ("handover.answer", "running", MONDAY.date()),
        ("email.answer", "running", TUESDAY.date()),
    ]


@pytest.mark.parametrize("is_marked", [True, False], ids=["marked late", "not marked yet"])
def test_what_is_late_stays_late_and_counts_once(cast: Cast, wit: Customer, is_marked: bool) -> None:
    late, fresh = asks(cast, wit, MONDAY), asks(cast, wit, NEXT_MONDAY, subject_id=cast.paspoort.pk)
    promised = late.due_at
    if is_marked:
        settle_due(at=NEXT_MONDAY)
    kept = one_of(fresh, late, cast, NEXT_MONDAY)
    assert kept.due_at == promised
    assert counting(late, fresh) == [("email.answer", "missed", MONDAY.date())]
    assert kept.clocks.get(state="missed").team == cast.openbare_ruimte  # who broke it, so no finished day changes
    settle_due(at=NEXT_MONDAY)
    assert kept.notices.filter(kind="overdue").exists()


def test_what_was_answered_starts_no_promise_anew(cast: Cast, wit: Customer) -> None:
    answered, fresh = asks(cast, wit, MONDAY), asks(cast, wit, TUESDAY)
    close(question=answered, by=cast.henk, at=TUESDAY, reason="answered", text="Gebeld")
    kept = one_of(fresh, answered, cast, WEDNESDAY)
    assert kept.due_at == fresh.due_at
    assert counting(answered, fresh) == [
        ("email.answer", "met", MONDAY.date()),
        ("email.answer", "running", TUESDAY.date()),
    ]


def test_an_older_question_waits_along_and_a_newer_mail_ends_the_waiting(cast: Cast, wit: Customer) -> None:
    older, waiting, newer = asks(cast, wit, MONDAY), asks(cast, wit, MONDAY), asks(cast, wit, WEDNESDAY)
    ask_customer(question=waiting, by=cast.henk, at=TUESDAY, text="Welk adres?", to_address="dewit@voorbeeld.nl")
    kept = one_of(waiting, older, cast, WEDNESDAY)
    assert (kept.status, kept.clocks.filter(state="running").exists()) == ("waiting", False)
    kept = one_of(kept, newer, cast, WEDNESDAY)
    assert (kept.status, kept.clocks.filter(state="paused").exists()) == ("in_progress", False)


def test_a_promise_that_stood_still_runs_again_with_what_was_left(cast: Cast, wit: Customer) -> None:
    waiting, fresh = asks(cast, wit, MONDAY), asks(cast, wit, TUESDAY)
    ask_customer(question=waiting, by=cast.henk, at=TUESDAY, text="Welk adres?", to_address="dewit@voorbeeld.nl")
    left = waiting.clocks.get(code="email.answer").remaining
    kept = one_of(fresh, waiting, cast, WEDNESDAY)
    assert left == 2
    assert kept.due_at == datetime(
        2026, 3, 7, tzinfo=AMSTERDAM
    )  # at the end of Friday, two working days after Wednesday
    assert counting(kept) == [("email.answer", "running", MONDAY.date())]


def test_one_that_is_late_itself_stays_late(cast: Cast, wit: Customer) -> None:
    waiting, late = asks(cast, wit, MONDAY), asks(cast, wit, TUESDAY)
    promised = late.due_at
    ask_customer(question=waiting, by=cast.henk, at=TUESDAY, text="Welk adres?", to_address="dewit@voorbeeld.nl")
    kept = one_of(late, waiting, cast, NEXT_MONDAY)
    assert kept.due_at == promised
    settle_due(at=NEXT_MONDAY)
    assert counting(waiting, late) == [("email.answer", "missed", TUESDAY.date())]


@pytest.mark.parametrize("has_own", [False, True])
def test_a_call_back_goes_along_once(cast: Cast, wit: Customer, has_own: bool) -> None:
    calls = asks(cast, wit, MONDAY, "phone", end="callback", callback=CallbackAsked(phone="0612345678"))
    keep = asks(cast, wit, TUESDAY)
    if has_own:
        request_callback(question=keep, by=cast.henk, at=TUESDAY, phone="0687654321")
    kept = one_of(keep, calls, cast, TUESDAY)
    open_one = CallbackRequest.objects.get(state="open")
    assert (open_one.question, open_one.phone) == (kept, "0687654321" if has_own else "0612345678")
    assert ("callback.done", "running", MONDAY.date()) in counting(kept)
    assert kept.clocks.filter(code="callback.done", state="running").count() == 1


def test_a_call_that_is_still_to_be_made_keeps_its_deadline_when_the_other_was_answered(
    cast: Cast, wit: Customer
) -> None:
    keep = asks(cast, wit, MONDAY)
    calls = asks(cast, wit, MONDAY, "phone", end="callback", callback=CallbackAsked(phone="0612345678"))
    promised = calls.due_at
    answer(question=keep, by=cast.henk, at=MONDAY + ONE_HOUR, text="Ja", to_address="dewit@voorbeeld.nl", then="stay")
    kept = one_of(keep, calls, cast, MONDAY + ONE_HOUR)
    assert (kept.callbacks.get().state, kept.due_at) == ("open", promised)


def test_a_promise_counts_under_the_subject_of_the_question_that_stays(cast: Cast, wit: Customer) -> None:
    keep, merge = (
        asks(cast, wit, TUESDAY, subject_id=cast.paspoort.pk),
        asks(cast, wit, MONDAY, subject_id=None, title="Bank"),
    )
    kept = one_of(keep, merge, cast, TUESDAY)
    running = kept.clocks.get(state="running")
    assert (running.subject, running.team) == (cast.paspoort, kept.team)


def test_a_reply_and_a_place_go_along(cast: Cast, wit: Customer) -> None:
    keep = asks(cast, wit, MONDAY, subject_id=None)
    merge = asks(cast, wit, TUESDAY, where=Where("Dorpsstraat 1", Decimal("52.7"), Decimal("4.9"), None))
    plan_reply(
        question=merge,
        by=cast.fatima,
        at=WEDNESDAY,
        send_at=None,
        text="Wij komen donderdag.",
        channel="email",
        to_address="dewit@voorbeeld.nl",
        subject_line="",
        then="close",
        is_answer=True,
        version=None,
        key=None,
    )
    kept = one_of(keep, merge, cast, WEDNESDAY)
    assert (kept.subject, QuestionPlace.objects.get(question=kept).address) == (cast.grofvuil, "Dorpsstraat 1")
    assert send_planned(at=WEDNESDAY + timedelta(minutes=1)) == 1
    reply = PlannedReply.objects.get()
    assert reply.question == kept
    assert reply.contact is not None
    assert kept.number in reply.contact.subject_line
    assert Question.objects.get(pk=kept.pk).status == "closed"


def test_a_complaint_does_not_lose_its_term_by_merging(cast: Cast, wit: Customer) -> None:
    complaint, question = asks(cast, wit, MONDAY, kind="complaint"), asks(cast, wit, TUESDAY)
    with pytest.raises(Refused, match="klacht"):
        merge_questions(keep=question, merge=complaint, by=cast.sanne, at=TUESDAY)
    kept = one_of(complaint, question, cast, TUESDAY)
    assert [code for code, *_rest in counting(kept)] == ["complaint.settle", "email.answer"]
