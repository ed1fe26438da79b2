"""When a promise falls due, and what a pause does to it (pure; norms-and-kpis §2 and §3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from organisation.dutch_holidays import ends_a_term
from organisation.workdays import Calendar, day_start, local_day

SECONDS: Final = "seconds"
OPENING_MINUTES: Final = "opening_minutes"
WORKING_DAYS: Final = "working_days"
CALENDAR_DAYS: Final = "calendar_days"
TIME_UNITS: Final = frozenset({SECONDS, OPENING_MINUTES, WORKING_DAYS, CALENDAR_DAYS})
MAX_LENGTH: Final = {SECONDS: 30 * 86_400, OPENING_MINUTES: 30 * 1_440, WORKING_DAYS: 260, CALENDAR_DAYS: 1_000}


@dataclass(frozen=True)
class Deadline:
    """`due_at` is exclusive: in time means stopped before it."""

    due_at: datetime
    soon_at: datetime
    """From here on it is almost due: a quarter or less of the working time left, or the last working day has begun."""
    escalate_at: datetime
    """From here on the coordinator is told while it is still overdue."""


def deadline(*, unit: str, length: int, start: datetime, calendar: Calendar, escalate_days: int) -> Deadline:
    """The deadline of a norm of this length that starts at `start`.

    Working days: the local day of `start` is not counted; due at the first instant after the N-th working day.
    Calendar days do not end in a weekend or on a holiday of the law; a closing day of our own lengthens no term of the law.
    """
    if length < 1:
        raise ValueError("A norm is at least 1 long.")
    start = start.astimezone(UTC)
    if unit == SECONDS:
        due_at = start + timedelta(seconds=length)
        soon_at = due_at - timedelta(seconds=length / 4)
    elif unit == OPENING_MINUTES:
        due_at = calendar.add_open_seconds(start, length * 60)
        soon_at = calendar.add_open_seconds(start, length * 45)
    elif unit == WORKING_DAYS:
        due_at = day_start(calendar.working_day_after(local_day(start), length) + timedelta(days=1))
        soon_at = _soon_by_days(start, due_at, calendar)
    elif unit == CALENDAR_DAYS:
        last = local_day(start) + timedelta(days=length)
        while not ends_a_term(last):
            last += timedelta(days=1)
        due_at = day_start(last + timedelta(days=1))
        soon_at = _soon_by_days(start, due_at, calendar)
    else:
        raise ValueError(f"{unit} is no unit of time")
    return Deadline(due_at, max(start, soon_at), _escalation(due_at, calendar, escalate_days))


def last_day_of(due_at: datetime) -> datetime:
    """An instant on the last day on which there is still time (`due_at` itself is excluded)."""
    return due_at - timedelta(microseconds=1)


def _soon_by_days(start: datetime, due_at: datetime, calendar: Calendar) -> datetime:
    """The earlier of: three quarters of the opening time have passed; the last working day begins."""
    last = local_day(last_day_of(due_at))
    while not calendar.is_working_day(last) and day_start(last) > start:
        last -= timedelta(days=1)
    last_day_begins = day_start(last)
    total = calendar.open_seconds(start, due_at)
    quarter = calendar.add_open_seconds(start, max(1, total * 3 // 4)) if total else last_day_begins
    return min(quarter, last_day_begins)


def _escalation(due_at: datetime, calendar: Calendar, days: int) -> datetime:
    """Overdue by so many working days: the first instant after the N-th working day after the last day."""
    last = local_day(last_day_of(due_at))
    if days < 1:
        return due_at
    return day_start(calendar.working_day_after(last, days) + timedelta(days=1))


def remaining(*, unit: str, due_at: datetime, at: datetime, calendar: Calendar) -> int:
    """What is left at a pause: working days after today's up to the last day, or seconds (opening seconds); never negative.

    A pause on the last day itself leaves one working day, since the day of the resume is not counted.
    """
    if at >= due_at:
        return 0
    if unit == SECONDS:
        return int((due_at - at).total_seconds())
    if unit == OPENING_MINUTES:
        return calendar.open_seconds(at, due_at)
    last = local_day(last_day_of(due_at))
    if unit == CALENDAR_DAYS:
        return max(1, (last - local_day(at)).days)
    return max(1, calendar.working_days_between(local_day(at), last))


def resumed(*, unit: str, left: int, at: datetime, calendar: Calendar, escalate_days: int) -> Deadline:
    """The deadline after a pause: that many working days (or seconds) strictly after the resume."""
    if unit == OPENING_MINUTES:
        due_at = calendar.add_open_seconds(at, max(1, left))
        soon_at = calendar.add_open_seconds(at, max(1, left * 3 // 4))
        return Deadline(due_at, max(at, soon_at), _escalation(due_at, calendar, escalate_days))
    return deadline(unit=unit, length=max(1, left), start=at, calendar=calendar, escalate_days=escalate_days)
