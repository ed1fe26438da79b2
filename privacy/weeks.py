"""Weeks of the read log: Monday to Sunday, on the clock of the town hall (pure)."""

from datetime import date, datetime, timedelta
from typing import Final

from organisation.workdays import local_day

WEEK: Final = timedelta(days=7)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def last_week(at: datetime) -> date:
    """The newest week that is over."""
    return monday_of(local_day(at)) - WEEK
