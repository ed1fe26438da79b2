"""The times that results are shown over: twelve months, a year, a quarter or a month (pure). Never other days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

LATELY: Final = "12m"
YEARS_BACK = 2


@dataclass(frozen=True)
class Span:
    """`last` is included."""

    code: str
    first: date
    last: date


def month_start(year: int, month: int) -> date:
    """Months may run over: month 13 is January of the next year."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def span_of(code: str, today: date) -> Span:
    """What is not a span, or lies outside what can be chosen, is the last twelve months."""
    if code in codes(today):
        if found := re.fullmatch(r"(\d{4})-(\d{2})", code):
            return _months(code, int(found[1]), int(found[2]), 1)
        if found := re.fullmatch(r"(\d{4})-k([1-4])", code):
            return _months(code, int(found[1]), int(found[2]) * 3 - 2, 3)
        if code != LATELY:
            return _months(code, int(code), 1, 12)
    first = month_start(today.year - 1, today.month + 1)
    return Span(LATELY, first, today)


def codes(today: date) -> list[str]:
    """All that can be chosen, the latest first in its kind."""
    years = [str(year) for year in range(today.year, today.year - YEARS_BACK - 1, -1)]
    quarter = (today.month - 1) // 3
    quarters = [
        f"{(today.year * 4 + quarter - back) // 4}-k{(today.year * 4 + quarter - back) % 4 + 1}" for back in range(9)
    ]
    months = [month_start(today.year - 1, today.month + 12 - back) for back in range(12)]
    return [LATELY, *years, *quarters, *(f"{one.year}-{one.month:02d}" for one in months)]


def _months(code: str, year: int, month: int, count: int) -> Span:
    return Span(code, month_start(year, month), month_start(year, month + count) - timedelta(days=1))
