"""When the weekly mail is due, and what makes that it is sent once (pure)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from organisation.workdays import AMSTERDAM, local_day

LATE: Final = timedelta(days=3)
"""So long after its moment it may still be sent: after an outage of a day it comes late, never in the next week."""


def last_moment(at: datetime, weekday: int, hour: int) -> datetime:
    """The newest moment on this weekday (1 is Monday) and hour that is not after `at`, on the clock of Amsterdam."""
    today = local_day(at)
    day = today - timedelta(days=(today.isoweekday() - weekday) % 7)
    moment = datetime.combine(day, time(hour), AMSTERDAM)
    return moment if moment <= at else datetime.combine(day - timedelta(days=7), time(hour), AMSTERDAM)


def due_moment(at: datetime, weekday: int, hour: int) -> datetime | None:
    """The moment whose mail goes out now; None while there is nothing to send. Weekday 0: never."""
    if not 1 <= weekday <= 7:
        return None
    moment = last_moment(at, weekday, hour)
    return moment if at - moment < LATE else None


def week_of(moment: datetime) -> str:
    """`2026-W48`."""
    year, week, _weekday = local_day(moment).isocalendar()
    return f"{year}-W{week:02d}"


def key(moment: datetime, user_id: int) -> str:
    """`week:2026-W48:12`. Another day or hour in the same week sends nothing again."""
    return f"week:{week_of(moment)}:{user_id}"
