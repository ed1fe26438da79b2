"""The life of a norm clock in the database: starts, pauses, settles once, and what never changes again (norms-and-kpis §3)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from channels_app.models import OutboundMessage
from contacts.actions.answer import answer
from contacts.actions.ask_customer import ask_customer
from contacts.actions.assign import take
from contacts.actions.callback import attempt
from contacts.actions.cancel import cancel
from contacts.actions.close import close
from contacts.actions.forward import forward
from contacts.actions.log_conversation import log_conversation
from contacts.actions.merge import merge_questions
from contacts.actions.receive import receive_reply
from contacts.actions.register import Asked, CallbackAsked, register
from contacts.actions.reopen import reopen
from contacts.actions.resume import resume
from contacts.actions.settle import settle_due
from contacts.models import ClockEvent, NormClock, Question, ServiceNorm
from contacts.receivers import message_settled
from organisation.models import CalendarDay, CalendarHours, WorkingCalendar
from tests.cast import Cast
from tests.organisation.test_workdays import local

MONDAY = "2026-03-02 09:00"
EXAMPLES_OF_DUE = [
    ("email.answer", "2026-03-02T09:00", "2026-03-05", "2026-03-05T23:00:00Z"),
    ("email.answer", "2026-03-02T23:59:59", "2026-03-05", "2026-03-05T23:00:00Z"),
    ("email.answer", "2026-03-06 16:45", "2026-03-11", "2026-03-11T23:00:00Z"),
    ("email.answer", "2026-03-07T11:00", "2026-03-11", "2026-03-11T23:00:00Z"),
    ("email.answer", "2026-04-23T15:00", "2026-04-29", "2026-04-29T22:00:00Z"),
    ("email.answer", "2026-12-24T10:00", "2026-12-30", "2026-12-30T23:00:00Z"),
    ("letter.respond", "2026-05-07T12:00", "2026-05-15", "2026-05-15T22:00:00Z"),
    ("social.respond", "2027-03-26T08:00", "2027-03-30", "2027-03-30T22:00:00Z"),
    ("email.answer", "2026-04-02T10:00", "2026-04-08", "2026-04-08T22:00:00Z"),
    ("letter.respond", "2026-04-24T17:30", "2026-05-04", "2026-05-04T22:00:00Z"),
    ("email.answer", "2026-04-24T17:30", "2026-04-30", "2026-04-30T22:00:00Z"),
    ("letter.respond", "2026-12-23T09:00", "2026-12-31", "2026-12-31T23:00:00Z"),
    ("email.answer", "2026-03-27T10:00", "2026-04-01", "2026-04-01T22:00:00Z"),
    ("email.acknowledge", "2026-03-02T09:00", "2026-03-02", "2026-03-02T08:05:00Z"),
]
"""Norm, receipt (local time), last day, and the exclusive instant: the worked examples of norms-and-kpis §2."""


def asked(
    cast: Cast,
    received: str = MONDAY,
    *,
    channel: str = "email",
    registered: str | None = None,
    end: str = "open",
    kind: str = "",
    subject_id: int | None = None,
    callback: CallbackAsked | None = None,
) -> Question:
    """A question that came in by e-mail on Monday 2 March, unless said otherwise."""
    return register(
        by=cast.fatima,
        at=local(registered or received),
        channel=channel,
        received_at=local(received),
        asked=[Asked(title="Vraag", end=end, kind=kind, subject_id=subject_id, callback=callback)],
        address="klant@example.nl" if channel in ("email", "form") else "",
    ).questions[0]


def clock_of(question: Question, code: str = "email.answer") -> NormClock:
    return NormClock.objects.get(question=question, code=code, replaced_by=None)


def kinds(clock: NormClock) -> list[str]:
    return list(ClockEvent.objects.filter(clock=clock).order_by("id").values_list("kind", flat=True))


def facts(clock: NormClock) -> tuple[object, ...]:
    clock.refresh_from_db()
    return (clock.state, clock.due_at, clock.stopped_at, clock.settled_at, clock.settled_on)


def test_a_clock_starts_at_the_receipt_and_not_when_it_is_typed_in(cast: Cast) -> None:
    clock = clock_of(asked(cast, "2026-03-02 23:30", registered="2026-03-04 11:00"))
    assert clock.started_at == local("2026-03-02 23:30")
    assert clock.due_at == local("2026-03-06 00:00")


def test_a_clock_can_be_born_missed(cast: Cast) -> None:
    clock = clock_of(asked(cast, MONDAY, channel="letter", registered="2026-03-20 11:00"), "letter.respond")
    assert (clock.state, clock.settled_at, clock.settled_on) == ("missed", local("2026-03-10 00:00"), date(2026, 3, 10))
    assert kinds(clock) == ["started", "missed"]


@pytest.mark.parametrize(
    ("answered", "state", "settled_on"),
    [
        ("2026-03-02 09:00", "met", date(2026, 3, 2)),
        ("2026-03-05 23:59:59", "met", date(2026, 3, 5)),
        ("2026-03-06 00:00", "missed", date(2026, 3, 6)),  # exactly at the deadline is late
        ("2026-03-12 10:00", "missed", date(2026, 3, 6)),  # settled at the deadline, whenever the answer came
    ],
)
def test_an_answer_settles_the_clock_once(cast: Cast, answered: str, state: str, settled_on: date) -> None:
    question = asked(cast)
    log_conversation(
        question=question,
        by=cast.fatima,
        at=local(answered),
        channel="phone",
        text="Zo zit het",
        is_answer=True,
        then="close",
    )
    clock = clock_of(question)
    assert (clock.state, clock.settled_on) == (state, settled_on)
    assert (clock.stopped_at is None) == (state == "missed")
    assert clock.settled_at == (local(answered) if state == "met" else clock.due_at)


@pytest.mark.parametrize("job_first", [True, False])
@pytest.mark.parametrize("act", ["answer", "close", "cancel", "pause", "merge"])
def test_the_result_never_depends_on_whether_the_job_has_run(cast: Cast, job_first: bool, act: str) -> None:
    question = asked(cast)
    other = asked(cast, "2026-03-09 09:00")
    late = local("2026-03-09 10:00")
    if job_first:
        settle_due(at=local("2026-03-06 00:01"))
    if act == "answer":
        log_conversation(
            question=question, by=cast.fatima, at=late, channel="phone", text="Zo", is_answer=True, then="close"
        )
    elif act == "close":
        close(question=question, by=cast.fatima, at=late, reason="no_reaction_needed")
    elif act == "cancel":
        cancel(question=question, by=cast.fatima, at=late, reason="spam")
    elif act == "merge":
        merge_questions(keep=other, merge=question, by=cast.sanne, at=late)
    else:
        ask_customer(question=question, by=cast.fatima, at=late)
    clock = other.clocks.get(code="email.answer", state="missed") if act == "merge" else clock_of(question)
    assert facts(clock) == ("missed", local("2026-03-06 00:00"), None, local("2026-03-06 00:00"), date(2026, 3, 6))


def test_an_automatic_message_a_note_and_an_interim_message_stop_no_answer_clock(cast: Cast) -> None:
    question = asked(cast)
    acknowledgement = OutboundMessage.objects.get(purpose="acknowledgement")
    acknowledgement.state, acknowledgement.sent_at = "sent", local("2026-03-02 09:01")
    acknowledgement.save()
    message_settled(sender=None, message=acknowledgement)
    answer(
        question=question,
        by=cast.fatima,
        at=local("2026-03-02 12:00"),
        text="Wij zoeken het uit",
        to_address="k@example.nl",
        then="interim",
    )
    assert clock_of(question).state == "running"
    assert clock_of(question, "email.acknowledge").state == "met"


def test_closing_without_a_word_is_no_answer(cast: Cast) -> None:
    question = asked(cast)
    close(question=question, by=cast.fatima, at=local("2026-03-03 09:00"), reason="passed_on")
    assert clock_of(question).state == "cancelled"


def test_a_pause_keeps_the_days_and_the_resume_counts_them_from_the_next_day(cast: Cast) -> None:
    question = asked(cast)
    ask_customer(question=question, by=cast.fatima, at=local("2026-03-03 16:00"))
    paused = clock_of(question)
    assert (paused.state, paused.remaining) == ("paused", 2)
    settle_due(at=local("2026-03-09 09:00"))
    question.refresh_from_db()
    assert question.due_at is None  # the missed acknowledgement asks nothing of a person any more
    assert clock_of(question).state == "paused"  # a pause that runs over the deadline
    resume(question=question, by=cast.fatima, at=local("2026-03-09 16:00"))
    clock = clock_of(question)
    assert (clock.state, clock.due_at, clock.remaining) == ("running", local("2026-03-12 00:00"), None)
    assert question.due_at == clock.due_at
    assert kinds(clock) == ["started", "paused", "resumed"]


def test_a_pause_over_a_weekend_gives_no_working_day_away(cast: Cast) -> None:
    question = asked(cast, "2026-03-05 09:00")
    ask_customer(question=question, by=cast.fatima, at=local("2026-03-06 16:30"))
    resume(question=question, by=cast.fatima, at=local("2026-03-08 12:00"))
    assert clock_of(question).due_at == local("2026-03-11 00:00")


def test_two_pauses_in_one_minute_are_two_pairs_of_events_and_no_other_deadline(cast: Cast) -> None:
    question = asked(cast)
    for second in (0, 20):
        ask_customer(question=question, by=cast.fatima, at=local("2026-03-02 10:00") + timedelta(seconds=second))
        resume(question=question, by=cast.fatima, at=local("2026-03-02 10:00") + timedelta(seconds=second + 10))
    clock = clock_of(question)
    assert clock.due_at == local("2026-03-06 00:00")
    assert kinds(clock) == ["started", "paused", "resumed", "paused", "resumed"]


def test_an_answer_while_waiting_is_in_time(cast: Cast) -> None:
    question = asked(cast)
    ask_customer(question=question, by=cast.fatima, at=local("2026-03-03 16:00"))
    log_conversation(
        question=question,
        by=cast.fatima,
        at=local("2026-03-20 10:00"),
        channel="phone",
        text="Zo",
        is_answer=True,
        then="close",
    )
    clock = clock_of(question)
    assert (clock.state, clock.settled_on) == ("met", date(2026, 3, 20))


def test_a_norm_that_may_not_pause_runs_on(cast: Cast) -> None:
    ServiceNorm.objects.filter(code="email.answer").update(may_pause=False)
    question = asked(cast)
    ask_customer(question=question, by=cast.fatima, at=local("2026-03-03 16:00"))
    assert clock_of(question).state == "running"


def test_waiting_on_a_colleague_or_another_team_never_pauses(cast: Cast) -> None:
    question = asked(cast, subject_id=cast.grofvuil.pk)
    take(question=question, by=cast.henk, at=local("2026-03-02 10:00"))
    before = clock_of(question)
    forward(
        question=question,
        by=cast.fatima,
        at=local("2026-03-03 10:00"),
        team_id=cast.burgerzaken.pk,
        reason="Hoort daar",
    )
    after = clock_of(question)
    assert (after.pk, after.due_at, after.state) == (before.pk, before.due_at, "running")
    assert after.team_id == cast.burgerzaken.pk


def test_a_promise_that_was_broken_before_stays_with_the_team_that_broke_it(cast: Cast) -> None:
    question = asked(cast, subject_id=cast.grofvuil.pk)
    before = clock_of(question)
    late = before.due_at + timedelta(hours=3)  # no job has looked since
    forward(question=question, by=cast.fatima, at=late, team_id=cast.burgerzaken.pk, reason="Hoort daar")
    after = clock_of(question)
    assert (after.pk, after.state, after.team_id, after.settled_at) == (
        before.pk,
        "missed",
        before.team_id,
        before.due_at,
    )


def test_the_receiving_team_inherits_the_clock_with_its_own_calendar(cast: Cast) -> None:
    weekend = WorkingCalendar.objects.create(name="Elke dag")
    CalendarHours.objects.bulk_create(
        CalendarHours(calendar=weekend, weekday=d, opens=0, closes=1440) for d in range(7)
    )
    cast.burgerzaken.calendar = weekend
    cast.burgerzaken.save()
    question = asked(cast, "2026-03-05 09:00", subject_id=cast.grofvuil.pk)
    due = clock_of(question).due_at
    forward(
        question=question,
        by=cast.fatima,
        at=local("2026-03-06 10:00"),
        team_id=cast.burgerzaken.pk,
        reason="Hoort daar",
    )
    assert clock_of(question).due_at == due  # the same clock runs on
    own = asked(cast, "2026-03-05 09:00", subject_id=cast.paspoort.pk)
    assert clock_of(own).due_at == local("2026-03-09 00:00")


def test_a_reaction_within_thirty_days_gives_a_second_clock_and_the_first_keeps_its_result(cast: Cast) -> None:
    question = asked(cast)
    log_conversation(
        question=question,
        by=cast.fatima,
        at=local("2026-03-03 10:00"),
        channel="phone",
        text="Zo",
        is_answer=True,
        then="close",
    )
    first = facts(clock_of(question))
    received = receive_reply(
        question=question,
        at=local("2026-03-20 10:00"),
        received_at=local("2026-03-20 10:00"),
        channel="email",
        customer=None,
        text="Dat klopt niet",
    )
    assert received.outcome == "reopened"
    clocks = list(NormClock.objects.filter(question=question, code="email.answer").order_by("id"))
    assert [clock.state for clock in clocks] == ["met", "running"]
    assert facts(clocks[0]) == first
    assert clocks[1].due_at == local("2026-03-26 00:00")


def test_a_reaction_after_thirty_days_is_a_new_question(cast: Cast) -> None:
    question = asked(cast)
    log_conversation(
        question=question,
        by=cast.fatima,
        at=local("2026-03-03 10:00"),
        channel="phone",
        text="Zo",
        is_answer=True,
        then="close",
    )
    received = receive_reply(
        question=question,
        at=local("2026-04-08 10:00"),
        received_at=local("2026-04-08 10:00"),
        channel="email",
        customer=None,
        text="Nog iets",
    )
    assert received.outcome == "new"
    assert received.question.pk != question.pk
    assert NormClock.objects.filter(question=question, code="email.answer").count() == 1


def test_reopening_by_hand_gives_a_second_clock_too(cast: Cast) -> None:
    question = asked(cast)
    close(question=question, by=cast.fatima, at=local("2026-03-03 10:00"), reason="answered", text="Gebeld")
    reopen(question=question, by=cast.fatima, at=local("2026-03-04 10:00"), reason="Te vroeg gesloten")
    states = (
        NormClock.objects.filter(question=question, code="email.answer").order_by("id").values_list("state", flat=True)
    )
    assert list(states) == ["met", "running"]


def test_spam_is_cancelled_counted_nowhere_and_visible(cast: Cast) -> None:
    question = asked(cast)
    cancel(question=question, by=cast.fatima, at=local("2026-03-02 10:00"), reason="spam")
    assert clock_of(question).state == "cancelled"
    assert "cancelled" in kinds(clock_of(question))


def test_a_letter_gets_its_second_norm_only_after_an_acknowledgement(cast: Cast) -> None:
    answered = asked(cast, channel="letter")
    log_conversation(
        question=answered,
        by=cast.fatima,
        at=local("2026-03-03 10:00"),
        channel="letter",
        text="Brief",
        is_answer=True,
        then="close",
    )
    assert clock_of(answered, "letter.respond").state == "met"
    assert not NormClock.objects.filter(question=answered, code="letter.answer").exists()


def test_a_complaint_has_six_weeks(cast: Cast) -> None:
    clock = clock_of(asked(cast, kind="complaint"), "complaint.settle")
    assert clock.due_at == local("2026-04-14 00:00")


def test_a_call_back_clock_stops_when_the_customer_was_reached(cast: Cast) -> None:
    question = asked(cast, channel="phone", end="callback", callback=CallbackAsked(phone="0226 36 33 33"))
    callback = question.callbacks.get()
    attempt(callback=callback, by=cast.fatima, at=local("2026-03-02 15:00"), outcome="no_answer")
    assert clock_of(question, "callback.done").state == "running"
    attempt(
        callback=callback,
        by=cast.fatima,
        at=local("2026-03-03 15:00"),
        outcome="reached",
        note="Uitgelegd",
        is_answer=True,
    )
    assert clock_of(question, "callback.done").state == "met"


def test_an_unconfirmed_holiday_does_not_count(cast: Cast) -> None:
    calendar = WorkingCalendar.objects.get(is_default=True)
    CalendarDay.objects.create(
        calendar=calendar, on=date(2026, 3, 5), kind="holiday", name="Voorstel", is_confirmed=False
    )
    assert clock_of(asked(cast)).due_at == local("2026-03-06 00:00")


def test_three_questions_in_one_contact_have_three_clocks(cast: Cast) -> None:
    made = register(
        by=cast.fatima,
        at=local(MONDAY),
        channel="email",
        received_at=local(MONDAY),
        asked=[Asked(title=f"Vraag {number}") for number in range(3)],
        address="klant@example.nl",
    )
    assert NormClock.objects.filter(contact=made.contact, code="email.answer").count() == 3
    assert OutboundMessage.objects.filter(purpose="acknowledgement").count() == 1
