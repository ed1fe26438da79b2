"""Until when a person must have an answer (AVG, article 12, paragraph 3): one month, and two more when that is told in time. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from organisation.dutch_holidays import ends_a_term

MONTHS: Final = 1
MONTHS_AT_MOST: Final = 3
"""With the two that it may be put off."""


def last_day(received_on: date, months: int) -> date:
    """The same date so many months later, or the last of a shorter month; not in a weekend or on a holiday of the law, as every term of it."""
    year, month = divmod(received_on.year * 12 + received_on.month - 1 + months, 12)
    last = date(year, month + 1, min(received_on.day, monthrange(year, month + 1)[1]))
    while not ends_a_term(last):
        last += timedelta(days=1)
    return last
