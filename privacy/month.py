"""Until when a person must have an answer (AVG, article 12, paragraph 3): one month, and two more when that is told in time. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from organisation.workdays import Calendar

MONTHS: Final = 1
MONTHS_AT_MOST: Final = 3
"""With the two that it may be put off."""


def last_day(received_on: date, months: int, calendar: Calendar) -> date:
    """The same date so many months later, or the last of a shorter month; it ends on a working day (Algemene termijnenwet art. 1)."""
    year, month = divmod(received_on.year * 12 + received_on.month - 1 + months, 12)
    last = date(year, month + 1, min(received_on.day, monthrange(year, month + 1)[1]))
    return last if calendar.is_working_day(last) else calendar.working_day_after(last, 1)
