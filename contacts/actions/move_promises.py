"""What was promised on a question that turns out to be another one: the earliest promise goes on with the question that stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from contacts import status
from contacts.actions.clocks import (
    LIVE,
    State,
    cancel_clock,
    cancel_clocks,
    is_unanswered,
    mark_missed,
    pause_clocks,
    promises_to_keep,
    resume_clocks,
    save_clocks,
)
from contacts.actions.close import withdraw_callbacks
from contacts.actions.extend_complaint import extension_of, its_pauses
from contacts.actions.replace_clock import replace_clock, successor
from contacts.models import CallbackRequest, ClockEvent, Contact, NormClock, Question
from contacts.norms.clock import Deadline
from contacts.norms.promises import CALLBACK, KEPT_BY_A_MACHINE, VISIT
from organisation.history import sign

if TYPE_CHECKING:
    from organisation.models import User


def open_promises(question: Question) -> list[NormClock]:
    """What the customer still waits for on a question that is open, also while it stands still; locked, the earliest first."""
    if not question.is_open:
        return []
    rows = NormClock.objects.select_for_update().filter(question=question, replaced_by=None).order_by("id")
    clocks = list(rows)
    waited_for = [*promises_to_keep(question, clocks), *(one for one in clocks if one.state == State.PAUSED)]
    return sorted((one for one in waited_for if one.code not in KEPT_BY_A_MACHINE), key=lambda one: one.started_at)


def move_promises(
    promises: Sequence[NormClock], *, gone: Question, keep: Question, by: User, at: datetime, reason: str
) -> None:
    """`promises` are those of `gone` from before it ended; both questions are locked, the caller saves `keep`.

    A promise moves when `keep` has none of that norm, or a later one; the others end with `gone`, as one promise is not counted twice.
    """
    _move_callback(gone, keep, by=by, at=at)
    calls = set(_open_calls().filter(question=keep).values_list("contact", flat=True))
    for old in promises:
        is_waited_for = bool(calls) if old.code == CALLBACK else is_unanswered(keep, old)
        if is_waited_for and _is_earliest(old, keep, calls, by=by, at=at):
            _move(old, keep, by=by, at=at, reason=reason)
    _move_wait(gone, keep, by=by, at=at, reason=reason)
    cancel_clocks(gone, by=by, at=at, cause="merged")
    _go_on(keep, promises, by=by, at=at)


def _move_wait(gone: Question, keep: Question, *, by: User, at: datetime, reason: str) -> None:
    """A visitor who was registered twice waits once, since the first time; who comes about a question of before is in good hands, and waits no longer."""
    rows = NormClock.objects.select_for_update().filter(question__in=[gone, keep], code=VISIT, state__in=LIVE)
    waits = {clock.question_id: clock for clock in rows.order_by("id")}
    first, second = waits.get(gone.pk), waits.get(keep.pk)
    if first is None or second is None or first.started_at >= second.started_at or _is_late(second, at):
        return
    save_clocks([second], cancel_clock(second, by=by, at=at, cause="merged"))
    _move(first, keep, by=by, at=at, reason=reason)


def _move_callback(gone: Question, keep: Question, *, by: User, at: datetime) -> None:
    """One call is enough: that of `gone` is only made when `keep` asks for none."""
    if not keep.is_open or _open_calls().filter(question=keep).exists():
        withdraw_callbacks(gone, by=by, at=at)
        return
    for callback in _open_calls().filter(question=gone):
        callback.question = keep
        callback.version += 1
        sign(callback, by=by, at=at, reason="merged")
        callback.save()


def _open_calls() -> QuerySet[CallbackRequest]:
    return CallbackRequest.objects.select_for_update().filter(state=CallbackRequest.State.OPEN)


def _is_earliest(old: NormClock, keep: Question, calls: set[int], *, by: User, at: datetime) -> bool:
    """Whether `keep` has nothing older to keep under this norm; what it has that is newer ends here. `calls`: the contacts that still ask for one."""
    same = NormClock.objects.select_for_update().filter(question=keep, code=old.code, replaced_by=None)
    for mine in same.filter(state__in=[*LIVE, State.MISSED]).order_by("id"):
        is_over = mine.contact_id not in calls if mine.code == CALLBACK else not is_unanswered(keep, mine)
        if mine.state == State.MISSED and is_over:
            continue
        if _is_late(mine, at) or mine.started_at <= old.started_at or mine.contact_id == old.contact_id:
            return False
        save_clocks([mine], cancel_clock(mine, by=by, at=at, cause="merged"))
    return True


def _is_late(clock: NormClock, at: datetime) -> bool:
    """Whether the job marked it or not."""
    return clock.state == State.MISSED or (clock.state == State.RUNNING and at >= clock.due_at)


def _move(old: NormClock, keep: Question, *, by: User, at: datetime, reason: str) -> None:
    """One that was broken stays with the team that broke it, so that no finished day counts otherwise."""
    is_late = _is_late(old, at)
    ends = Deadline(old.due_at, old.soon_at, old.escalate_at)
    new = successor(old, ends, started_at=old.started_at, length=old.length, team_id=old.team_id)
    if not is_late:
        new.team_id, new.subject_id = keep.team_id, keep.subject_id
    new.question = keep
    new.state, new.paused_at, new.remaining = old.state, old.paused_at, old.remaining
    events = mark_missed(new, by=by, cause="merged") if is_late else []
    begun = replace_clock(old, new, by=by, at=at, cause="merged", reason=reason, **extension_of(old))
    ClockEvent.objects.bulk_create([*begun, *its_pauses(old, new), *events])


def _go_on(keep: Question, promises: Sequence[NormClock], *, by: User, at: datetime) -> None:
    """All clocks of `keep` run or stand still together. It waits for the customer no longer when that one wrote since we asked."""
    if keep.status == Question.Status.WAITING:
        ours = Contact.objects.filter(questions=keep, direction=Contact.Direction.OUT).order_by("received_at").last()
        if ours is None or all(one.started_at <= ours.received_at for one in promises):
            pause_clocks(keep, by=by, at=at, cause="waiting for customer")
            return
        keep.status = status.after("resume", keep.status)
    if keep.is_open:
        resume_clocks(keep, by=by, at=at, cause="merged")
