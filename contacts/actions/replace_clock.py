"""A new clock takes the place of one that was wrong or too short; both are kept, and only the newest counts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from contacts.actions.clocks import Kind, cancel_clock, event, new_clock
from contacts.actions.reserve import reserve
from contacts.models import ClockEvent, NormClock
from contacts.norms.clock import Deadline
from contacts.norms.promises import VISIT
from organisation.snapshot import organisation

if TYPE_CHECKING:
    from organisation.models import User

COPIED = (
    "question",
    "contact",
    "norm",
    "code",
    "norm_version",
    "unit",
    "may_pause",
    "calendar",
    "calendar_version",
    "channel",
    "subject_id",
)


def successor(old: NormClock, ends: Deadline, *, started_at: datetime, length: int, team_id: int) -> NormClock:
    """The clock that comes after `old`, not saved."""
    return NormClock(
        **{name: getattr(old, name) for name in COPIED},
        length=length,
        team_id=team_id,
        started_at=started_at,
        due_at=ends.due_at,
        soon_at=ends.soon_at,
        escalate_at=ends.escalate_at,
    )


def replace_clock(
    old: NormClock, new: NormClock, *, by: User | None, at: datetime, cause: str, reason: str, **detail: object
) -> list[ClockEvent]:
    """Ends the old one and saves both: the old one first, pointing at a number that is the new one's at the end of the transaction,
    because only one of them may count at any moment.

    Gives the events of both, not saved: how the old one ended and why, and the start of the new one.
    """
    ending = cancel_clock(old, by=by, at=at, cause=cause)
    new.pk = reserve(prefix="", year=0, clock=1).ids["clock"][0]
    old.replaced_by_id = new.pk
    old.save()
    new.save(force_insert=True)
    return [
        *ending,
        event(old, Kind.REPLACED, at=at, by=by, cause=reason, replaced_by=new.pk, **detail),
        event(new, Kind.STARTED, at=new.started_at, by=by, cause=reason, **detail),
    ]


def start_anew(old: NormClock, *, by: User | None, at: datetime, cause: str, starts_at: datetime | None = None) -> None:
    """A clock in the place of one that was cancelled, for a settled clock never changes, or that begins later (`starts_at`) after all."""
    made = new_clock(
        code=old.code,
        question=old.question,
        contact=old.contact,
        by=by,
        at=at,
        house=organisation(),
        starts_at=old.started_at if old.code == VISIT else starts_at,  # of an appointment only the clock knows the time
    )
    if made is not None:
        new, (_started, *more) = made
        events = replace_clock(old, new, by=by, at=at, cause=cause, reason=cause)
        ClockEvent.objects.bulk_create([*events, *more])
