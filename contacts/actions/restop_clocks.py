"""Clocks that a letter or a message stopped, judged again by when it was really posted, or that it never arrived: new ones take their place, both are kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from contacts.actions.clocks import (
    LIVE,
    State,
    cancel_clock,
    live_clocks,
    mark_missed,
    pause_clock,
    resume_clock,
    stop_clock,
)
from contacts.actions.extend_complaint import extension_of, its_marks, its_pauses
from contacts.actions.pauses import pauses_of
from contacts.actions.replace_clock import replace_clock, successor
from contacts.models import ClockEvent, NormClock, Question
from contacts.norms.clock import Deadline
from contacts.norms.promises import VISIT

if TYPE_CHECKING:
    from organisation.models import User


def missed_in_vain(question: Question, *, moment: datetime, codes: frozenset[str] | None = None) -> list[NormClock]:
    """Clocks that were marked missed, though the letter went in time and nobody had told us yet."""
    rows = NormClock.objects.select_for_update().filter(
        question=question, state=State.MISSED, replaced_by=None, started_at__lte=moment, due_at__gt=moment
    )
    return [clock for clock in rows.order_by("id") if codes is None or clock.code in codes]


def stopped_at(question: Question, moment: datetime) -> list[NormClock]:
    """Clocks that were met at this very moment."""
    rows = NormClock.objects.select_for_update().filter(
        question=question, state=State.MET, replaced_by=None, stopped_at=moment
    )
    return list(rows.order_by("id"))


def restop(
    clocks: Iterable[NormClock],
    *,
    question: Question,
    stop: datetime | None,
    by: User | None,
    at: datetime,
    cause: str,
    reason: str,
    still_from: datetime | None = None,
) -> None:
    """`stop` None: as if nothing stopped them; they run on, or were missed at their own deadline. On the locked question, to which those come
    of one that was merged with it.

    `still_from`: the question waits for the customer again, as it did at that moment.
    """
    live = {one.code for one in live_clocks(question)}
    counted = NormClock.objects.filter(question=question, replaced_by=None)
    promised = set(counted.values_list("contact_id", "code"))
    for old in clocks:
        if old.code == VISIT:  # somebody came, whatever became of what was written
            continue
        ends = Deadline(old.due_at, old.soon_at, old.escalate_at)
        new = successor(old, ends, started_at=old.started_at, length=old.length, team_id=old.team_id)
        is_double = old.question_id != question.pk and (old.contact_id, old.code) in promised
        new.question = old.question if is_double else question
        told = its_marks(old, new)
        events: list[ClockEvent] = []
        # An older answer keeps no later promise.
        stopped = stop if stop is not None and stop >= old.started_at else None
        if is_double or (stopped is None and old.code in live):  # the question itself has this promise, or has it anew
            events = cancel_clock(new, by=by, at=at, cause=cause)
        elif stopped is not None and stopped < new.due_at:
            events = stop_clock(new, by=by, at=stopped, cause=cause)
        elif stopped is None and still_from is not None and new.may_pause and still_from < new.due_at:
            events = pause_clock(new, by=by, at=still_from, cause=cause)
        elif stopped is not None or at >= new.due_at:
            events = mark_missed(new, by=by, cause=cause)
        begun = replace_clock(old, new, by=by, at=at, cause=cause, reason=reason, **extension_of(old))
        ClockEvent.objects.bulk_create([*begun, *its_pauses(old, new), *told, *events])
        if new.state in LIVE:
            live.add(new.code)
        promised.add((new.contact_id, new.code))


def run_on(
    question: Question, moment: datetime, *, by: User | None, at: datetime, cause: str, reason: str, is_moved: bool
) -> None:
    """Clocks that stood still from this very moment, as if they never did: nobody wins days with a letter that was not posted.

    `is_moved`: the letter is posted on another day in this same transaction, which judges them.
    """
    for old in live_clocks(question):
        if old.state != State.PAUSED or old.paused_at != moment:
            continue
        ends = Deadline(old.due_at, old.soon_at, old.escalate_at)
        new = successor(old, ends, started_at=old.started_at, length=old.length, team_id=old.team_id)
        told = its_marks(old, new)
        events = mark_missed(new, by=by, cause=cause) if at >= new.due_at and not is_moved else []
        begun = replace_clock(old, new, by=by, at=at, cause=cause, reason=reason, **extension_of(old))
        ClockEvent.objects.bulk_create([*begun, *its_pauses(old, new)[:-1], *told, *events])


def take_up(
    old: NormClock, *, ended_at: datetime, is_still: bool, by: User | None, at: datetime, cause: str, is_moved: bool
) -> None:
    """A clock that was cancelled at that moment, as if it was not: with the days that its pauses gave it. One that stood still then
    stands still from when it did (`is_still`: the question waits for the customer), or runs on from there.

    `is_moved`: as in `run_on`.
    """
    ends = Deadline(old.due_at, old.soon_at, old.escalate_at)
    new = successor(old, ends, started_at=old.started_at, length=old.length, team_id=old.team_id)
    pauses = pauses_of([old]).get(old.pk, [])
    told, had, events = its_marks(old, new), its_pauses(old, new), []
    if pauses and pauses[-1][1] is None:
        had = had[:-1]
        events = pause_clock(new, by=by, at=pauses[-1][0], cause=cause)
        events += [] if is_still else resume_clock(new, by=by, at=ended_at, cause=cause)
    if new.state == State.RUNNING and at >= new.due_at and not is_moved:
        events += mark_missed(new, by=by, cause=cause)
    begun = replace_clock(old, new, by=by, at=at, cause=cause, reason=cause, **extension_of(old))
    ClockEvent.objects.bulk_create([*begun, *had, *told, *events])
