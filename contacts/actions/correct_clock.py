"""Corrects a clock that began at the wrong moment: a new clock replaces it, with author and reason; both are kept."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from contacts import normalize
from contacts.actions.change import changing
from contacts.actions.clocks import Kind, State, event, mark_missed, pauses_of
from contacts.actions.extend_complaint import extension_of, its_pauses
from contacts.actions.replace_clock import replace_clock, successor
from contacts.answers import first_answer_since
from contacts.models import ClockEvent, NormClock
from contacts.norms.replay import replay
from organisation.clock import local_day
from organisation.errors import Refused
from organisation.roles import Right
from organisation.snapshot import organisation
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User


@one_transaction
def correct_clock(*, clock: NormClock, by: User | None, at: datetime, reason: str, started_at: datetime) -> NormClock:
    """The replacement starts at `started_at`, stood still when the old one did, and is judged by its stop."""
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
        again = replay(
            unit=old.unit,
            length=old.length,
            start=started_at,
            pauses=[pause for pause in pauses_of([old]).get(old.pk, []) if pause[0] >= started_at],
            calendar=house.calendars[old.calendar_id].rules,
            escalate_days=house.municipality.coordinator_after_days,
        )
        new = successor(old, again.ends, started_at=started_at, length=old.length, team_id=question.team_id)
        if old.state == State.PAUSED and again.left:
            new.state, new.paused_at, new.remaining = State.PAUSED, old.paused_at, again.left
            events = []
        else:
            answered_at = first_answer_since(question, old.started_at) if old.state == State.MISSED else None
            events = _judge(new, old.stopped_at or answered_at, by=by, at=at)
        begun = replace_clock(old, new, by=by, at=at, cause="corrected", reason=reason, **extension_of(old))
        had = [one for one in its_pauses(old, new) if one.at >= started_at]
        ClockEvent.objects.bulk_create([*begun, *had, *events])
    return new


def _judge(new: NormClock, stopped_at: datetime | None, *, by: User | None, at: datetime) -> list[ClockEvent]:
    if stopped_at is not None and stopped_at < new.due_at:
        new.state, new.stopped_at, new.settled_at = State.MET, stopped_at, stopped_at
        new.settled_on = local_day(stopped_at)
        new.stop_reason = "corrected"
        return [event(new, Kind.MET, at=stopped_at, by=by, cause="corrected")]
    if stopped_at is not None or at >= new.due_at:
        return mark_missed(new, by=by, cause="corrected")
    return []
