"""The holidays that a municipality may close on, from the `holidays` library; a person confirms them (norms-and-kpis §2).

And those of the law, which lengthen a term whether anybody closes or not.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

GOOD_FRIDAY = "Goede vrijdag"
LIBERATION_DAY = "Bevrijdingsdag"
EVERY_FIFTH_YEAR = 5
"""Liberation Day is a public holiday in the years that this divides."""
FIRST_YEAR, LAST_YEAR = 2020, 2100


def proposed(year: int, *, good_friday: bool, liberation_day: bool) -> dict[date, str]:
    """Date → name in Dutch. King's Day moves to 26 April when the 27th is a Sunday; the library knows.

    Good Friday is for the municipality to choose, and so is Liberation Day outside the fifth years (2025, 2030 …), in which
    it is a public holiday for everyone.
    """
    from holidays.constants import OPTIONAL, PUBLIC  # 11 MB: only where holidays are proposed, once a year
    from holidays.countries import Netherlands

    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError("No holidays are proposed for this year.")
    days = {}
    for on, name in Netherlands(years=year, categories=(PUBLIC, OPTIONAL), language="nl").items():
        if name == GOOD_FRIDAY and not good_friday:
            continue
        if name == LIBERATION_DAY and not liberation_day and year % EVERY_FIFTH_YEAR:
            continue
        days[on] = name
    return dict(sorted(days.items()))


def ends_a_term(day: date) -> bool:
    """Whether a term by law can end on this day: not in a weekend and not on a holiday; it then ends on the next day that can (Algemene termijnenwet art. 1)."""
    return day.weekday() < 5 and day not in _by_law(day.year)


@lru_cache(maxsize=128)
def _by_law(year: int) -> frozenset[date]:
    """The holidays of art. 3 of that law, each year the same ones, among them Good Friday and 5 May."""
    easter = _easter(year)
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == 6:
        kings_day = date(year, 4, 26)
    fixed = {date(year, 1, 1), kings_day, date(year, 5, 5), date(year, 12, 25), date(year, 12, 26)}
    return frozenset(fixed | {easter + timedelta(days=days) for days in (-2, 1, 39, 50)})


def _easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian computus)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    leaps, left = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * left + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)
