"""The holidays that a municipality may close on, from the `holidays` library; a person confirms them (norms-and-kpis §2)."""

from __future__ import annotations

from datetime import date

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
