"""A share that was kept, as a number and in words, and what of it is hidden: one place for the dashboard and the reports."""

from __future__ import annotations

from kpi.measures.base import Tally
from kpi.reach import SMALL
from organisation import wording


def is_small(tally: Tally) -> bool:
    """Under ten: it may point at somebody."""
    return 0 < tally.denominator < SMALL


def share_of(tally: Tally, hides_small: bool) -> float | None:
    """In percent; None without data, and when it is too small for who sees aggregates only."""
    if tally.is_empty or (hides_small and is_small(tally)):
        return None
    return 100 * tally.numerator / tally.denominator


def share_words(share: float | None) -> str:
    """`87,5 %`; a dash when there is nothing to say."""
    return f"{wording.points(share)}{wording.percent_sign()}" if share is not None else "–"


def count_words(count: int, hides_small: bool) -> str:
    """`1.105`; `< 10` when it is too small for who sees aggregates only."""
    return f"< {SMALL}" if hides_small and 0 < count < SMALL else wording.number(count)
