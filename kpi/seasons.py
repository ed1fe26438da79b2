"""The same period a year before, and when a figure may stand beside it: a summer is held against a summer (no queries)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from kpi.measures.base import Measure, Tally
from kpi.periods import DATES, MONTH, QUARTER, WEEK, Period
from kpi.reading import Answer, Ask
from kpi.shares import is_few
from organisation import wording

VOLUME: Final = "contacts.digital"
"""Its denominator is the number of contacts."""
KINDS: Final = (WEEK, MONTH, QUARTER)
"""Of a year the period before says it already."""
FIRST_DAYS: Final = 14


def year_before(period: Period, today: date) -> Period | None:
    """None for what is not over, for the whole of last year would stand beside a part of this one."""
    return period.a_year_before() if period.kind in KINDS and period.last < today else None


def asks(codes: Sequence[str], year: Period | None) -> list[Ask]:
    """What `known` takes, in its order; nothing when there is nothing to compare with."""
    if year is None:
        return []
    first = Period(DATES, year.first, min(year.last, year.first + timedelta(days=FIRST_DAYS - 1)))
    return [Ask(tuple(codes), (year,)), Ask((VOLUME,), (first,))]


def known(answers: Sequence[Answer]) -> dict[str, Tally]:
    """Per figure what was counted a year before. Nothing when no contact came in its first weeks: the municipality had not begun, and a part
    of a period would stand beside a whole one."""
    if not answers or all(one.is_empty for one in answers[1].values()):
        return {}
    return {code: one for (code, _place, _key), one in answers[0].items()}


def says_enough(measure: Measure, one: Tally, *, hides_small: bool) -> bool:
    """Whether a figure may stand beside another: there are data, not too few, and not too small for who reads it."""
    return not (one.is_empty or measure.is_too_few(one) or (hides_small and is_few(measure, one)))


def change_words(now: int, then: int) -> str:
    """`+8 %`; empty without anything before."""
    if not then:
        return ""
    change = round(100 * (now - then) / then)
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return f"{sign}{wording.percent(abs(change) / 100, 0)}"
