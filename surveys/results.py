"""Results from batches: number, mean, 95 % interval and distribution. Reads sums only; no answer passes through here."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum

COUNTS = tuple(f"n{value}" for value in range(1, 11))
CERTAINTY = 1.96
"""Spreads of the mean within which it lies 95 times out of 100."""


@dataclass(frozen=True)
class Result:
    """Answers added up. `counts`: how often 1, 2 … 10 was given."""

    size: int = 0
    total: int = 0
    squares: int = 0
    counts: tuple[int, ...] = (0,) * 10

    @property
    def mean(self) -> float | None:
        return self.total / self.size if self.size else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the mean lies with 95 % certainty; None without data."""
        return interval(self.size, self.total, self.squares)

    def share(self, *values: int) -> float | None:
        """Which part gave one of these values."""
        return sum(self.counts[value - 1] for value in values) / self.size if self.size else None


def interval(size: int, total: int, squares: int, lowest: float = 1, highest: float = 10) -> tuple[float, float] | None:
    """Mean ± 1.96 standard errors, within the scale."""
    if size < 2:
        return None
    mean = total / size
    spread = math.sqrt(max(0.0, (squares - size * mean * mean) / (size - 1)))
    half = CERTAINTY * spread / math.sqrt(size)
    return max(lowest, mean - half), min(highest, mean + half)


def results(batches: QuerySet[Any], *by: str) -> dict[tuple[Any, ...], Result]:
    """One query: per value of the columns what was answered together."""
    sums = {name: Sum(name) for name in ("size", "total", "squares", *COUNTS)}
    rows: Iterable[Any] = batches.order_by().values(*by).annotate(**{f"s_{name}": one for name, one in sums.items()})
    return {
        tuple(row[name] for name in by): Result(
            row["s_size"], row["s_total"], row["s_squares"], tuple(row[f"s_{name}"] for name in COUNTS)
        )
        for row in rows
        if row["s_size"]
    }
