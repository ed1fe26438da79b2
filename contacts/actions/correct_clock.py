"""Corrects a clock that began at the wrong moment: a new clock replaces it, with author and reason; both are kept."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from contacts import normalize
from contacts.actions.change import changing
from contacts.actions.clocks import (
    Kind,
    State,
    cancel_clock,
    event,
    mark_missed,
)
from contacts.actions.promises import norm_deadline
from contacts.errors import Refused
from contacts.models import ClockEvent, NormClock
from organisation.clock import local_day
from organisation.roles import Right
from organisation.snapshot import organisation
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User

COPIED = (
    "question",
    "contact",
    "norm",
    "code",
    "norm_version",
    "unit",
    "length",
    "may_pause",
    "calendar",
    "calendar_version",
)


@one_transaction
def correct_clock(
    *, clock: NormClock, by: User | None, at: datetime, reason: str, started_at: datetime, still_running: bool = False
) -> NormClock:
    """The replacement starts at `started_at` and is judged by the stop of the old one (`still_running`: as if it never stopped)."""
    if by is not None and not by.may(Right.CLOCK_CORRECT):
        raise PermissionDenied
    reason = normalize.clean_line(reason, 200)
    if not reason:
        raise Refused(_("Write down why the deadline is corrected."), "reason")
    if started_at > at:
        raise Refused(_("The moment of receipt lies in the future."), "started_at")
    with changing(clock.question, by=by, at=at, reason=f"clock corrected: {reason}") as question:
        old = NormClock.objects.select_for_update().select_related("norm", "contact").get(pk=clock.pk)
        if old.replaced_by_id:
            raise Refused(_("This deadline was already corrected. Correct the newest one."))
        house = organisation()
        ends = norm_deadline(old.norm, started_at, house.calendars[old.calendar_id], house)
        new = NormClock(
            **{name: getattr(old, name) for name in COPIED},
            team_id=question.team_id,
            channel=old.channel,
            subject_id=old.subject_id,
            started_at=started_at,
            due_at=ends.due_at,
            soon_at=ends.soon_at,
            escalate_at=ends.escalate_at,
        )
        events = _judge(new, old, question.answered_at, by=by, at=at, still_running=still_running)
        ending = cancel_clock(old, by=by, at=at, cause="corrected")
        swap(old, new)
        ending.append(event(old, Kind.REPLACED, at=at, by=by, cause=reason, replaced_by=new.pk))
        ClockEvent.objects.bulk_create([*ending, event(new, Kind.STARTED, at=started_at, by=by, cause=reason), *events])
    return new


def _judge(
    new: NormClock, old: NormClock, answered_at: datetime | None, *, by: User | None, at: datetime, still_running: bool
) -> list[ClockEvent]:
    stopped_at = None if still_running else old.stopped_at or (answered_at if old.state == State.MISSED else None)
    if stopped_at is not None and stopped_at < new.due_at:
        new.state, new.stopped_at, new.settled_at = State.MET, stopped_at, stopped_at
        new.settled_on = local_day(stopped_at)
        new.stop_reason = "corrected"
        return [event(new, Kind.MET, at=stopped_at, by=by, cause="corrected")]
    if stopped_at is not None or at >= new.due_at:
        return mark_missed(new, by=by, cause="corrected")
    return []


def swap(old: NormClock, new: NormClock) -> None:
    """Saves both in the order that the two "only one" constraints allow: the old one first points at itself."""
    old.replaced_by = old
    old.save()
    new.save()
    old.replaced_by = new
    old.save()
