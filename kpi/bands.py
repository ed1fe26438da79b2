"""When a figure is out of its usual band, and when a norm is about to be missed (pure; docs/kpis.md, "Signals").

The band is made of the same weekday in the weeks before: its median, and around it the median distance (MAD), which a single odd
week cannot move. Chance alone sets how narrow it may get, so that small numbers make no noise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from statistics import median
from typing import Final

MAD_TO_SPREAD: Final = 1.4826
"""For numbers that vary by chance this times the MAD is the standard deviation."""
FEWEST_DAYS: Final = 4
"""With fewer comparable days there is no usual."""
FEWEST_SHARE: Final = 0.1
"""An average may vary by this part of itself before anybody is told."""

SHARE: Final = "share"
AVERAGE: Final = "average"
COUNT: Final = "count"

UP: Final = "up"
DOWN: Final = "down"


@dataclass(frozen=True)
class Point:
    """One figure on one day: hits of all, or (an average) a sum over all."""

    numerator: int
    denominator: int

    def value(self, kind: str) -> float | None:
        """Percent for a share, the number itself for a count; None without data."""
        if kind == COUNT:
            return float(self.numerator)
        if self.denominator <= 0:
            return None
        return (100 if kind == SHARE else 1) * self.numerator / self.denominator


@dataclass(frozen=True)
class Rules:
    """What the municipality chose: weeks looked back, width of the band in spreads, and the fewest that count."""

    weeks: int = 8
    width: float = 3.0
    fewest: int = 10


@dataclass(frozen=True)
class Band:
    """From `low` to `high`, both included, is usual."""

    low: float
    high: float
    middle: float
    days: int


@dataclass(frozen=True)
class Outlier:
    """A day outside its band."""

    value: float
    band: Band
    direction: str


def same_weekday(day: date, weeks: int) -> list[date]:
    """The same weekday in the weeks before, newest first."""
    return [day - timedelta(days=7 * step) for step in range(1, weeks + 1)]


def usual(points: Sequence[Point], kind: str, now: Point, rules: Rules) -> Band | None:
    """The band for a day as full as `now`; None when too few comparable days have enough in them."""
    counted = [point for point in points if kind == COUNT or point.denominator >= rules.fewest]
    values = [value for point in counted if (value := point.value(kind)) is not None]
    if len(values) < FEWEST_DAYS:
        return None
    middle = median(values)
    mad = median(abs(value - middle) for value in values)
    spread = max(MAD_TO_SPREAD * mad, _chance(middle, kind, now))
    ceiling = 100.0 if kind == SHARE else float("inf")
    return Band(
        low=max(0.0, middle - rules.width * spread),
        high=min(ceiling, middle + rules.width * spread),
        middle=middle,
        days=len(values),
    )


def outlier(points: Sequence[Point], kind: str, now: Point, rules: Rules) -> Outlier | None:
    """Whether this day is unlike the same weekday before; None when it is usual, or when too few were counted to say."""
    value = now.value(kind)
    if value is None or not _is_enough(points, kind, now, rules):
        return None
    band = usual(points, kind, now, rules)
    if band is None or band.low <= value <= band.high:
        return None
    return Outlier(value, band, UP if value > band.high else DOWN)


def is_back(points: Sequence[Point], kind: str, now: Point, rules: Rules) -> bool:
    """Whether this day was counted and lies in its band: what was told before is over."""
    value = now.value(kind)
    band = usual(points, kind, now, rules)
    return value is not None and band is not None and band.low <= value <= band.high


def _is_enough(points: Sequence[Point], kind: str, now: Point, rules: Rules) -> bool:
    if kind != COUNT:
        return now.denominator >= rules.fewest
    return max([now.numerator, *(point.numerator for point in points)]) >= rules.fewest


def _chance(middle: float, kind: str, now: Point) -> float:
    """How far chance alone takes a figure of this size from its middle: Poisson for counts, binomial for shares."""
    if kind == COUNT:
        return sqrt(max(middle, 1.0))
    if kind == AVERAGE:
        return FEWEST_SHARE * abs(middle)
    size = max(now.denominator, 1)
    edge = 0.5 / size
    share = min(max(middle / 100, edge), 1 - edge)
    return 100 * sqrt(share * (1 - share) / size)


@dataclass(frozen=True)
class Outlook:
    """How a month will end that is not over: what is settled, and what is still open and due before its end."""

    hits: int
    settled: int
    open: int
    target: float

    @property
    def pace(self) -> float:
        """Percent, when the rest goes as what is settled went."""
        return 100 * self.hits / self.settled

    @property
    def best(self) -> float:
        """Percent, when everything that is still open is in time."""
        return 100 * (self.hits + self.open) / (self.settled + self.open)

    @property
    def is_lost(self) -> bool:
        """Whether even then the norm is missed, by what is known now."""
        return (self.hits + self.open) * 100 < self.target * (self.settled + self.open)


def outlook(now: Point, still_open: int, target: float, rules: Rules, *, working_days: int) -> Outlook | None:
    """The outlook when it is bad: the norm is missed at this pace; None when it is met, or too little is settled to say.

    In the first week of a month nothing is said: every number is still small.
    """
    if working_days < 5 or now.denominator < 2 * rules.fewest:
        return None
    if now.numerator * 100 >= target * now.denominator:
        return None
    return Outlook(now.numerator, now.denominator, still_open, target)


def fell(now: Point, before: Point, target: float, target_before: float, rules: Rules) -> bool:
    """Whether a finished period missed its norm while the one before met it, both with enough in them."""
    if min(now.denominator, before.denominator) < rules.fewest:
        return False
    return (
        now.numerator * 100 < target * now.denominator and before.numerator * 100 >= target_before * before.denominator
    )


def loudest(outliers: Mapping[int, Outlier], below: Mapping[int, frozenset[int]]) -> dict[int, Outlier]:
    """Without those that something beneath them explains: a busy subject makes its theme busy too.

    `below`: subject → itself and everything under it.
    """
    return {
        pk: found
        for pk, found in outliers.items()
        if not any(
            other != pk and other in below.get(pk, frozenset()) and outliers[other].direction == found.direction
            for other in outliers
        )
    }
