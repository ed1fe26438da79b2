"""Computes a clock again from its start, with the pauses it had (pure; norms-and-kpis §3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from contacts.norms.clock import Deadline, deadline, remaining, resumed
from organisation.workdays import Calendar

Pause = tuple[datetime, datetime | None]
"""From when to when; without an end it still lasts."""


@dataclass(frozen=True)
class Replayed:
    """The deadline, and what is left when a pause still lasts (0: the time had run out before that pause)."""

    ends: Deadline
    left: int | None


def replay(
    *, unit: str, length: int, start: datetime, pauses: Sequence[Pause], calendar: Calendar, escalate_days: int
) -> Replayed:
    """The clock as it would stand had this norm and calendar held from its start; a pause after the deadline changes nothing."""
    ends = deadline(unit=unit, length=length, start=start, calendar=calendar, escalate_days=escalate_days)
    for paused_at, resumed_at in pauses:
        left = remaining(unit=unit, due_at=ends.due_at, at=paused_at, calendar=calendar)
        if resumed_at is None:
            return Replayed(ends, left)
        if left:
            ends = resumed(unit=unit, left=left, at=resumed_at, calendar=calendar, escalate_days=escalate_days)
    return Replayed(ends, None)
