"""Where a trend leads: a straight line by least squares through measured values, with how sure it is (pure).

The line says what happens when everything goes on as it did; it knows no cause. Under three points there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import inf, sqrt
from typing import Final

FEWEST: Final = 3
T_80: Final = (3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372)
"""Student's t for an interval of 80 % with 1 to 10 degrees of freedom."""
T_MANY: Final = 1.282

LIKELY: Final = "likely"
UNLIKELY: Final = "unlikely"
OPEN: Final = "open"


@dataclass(frozen=True)
class Forecast:
    """What the line gives at one moment; four times out of five the outcome lies from `low` to `high`."""

    at: float
    value: float
    low: float
    high: float
    slope: float
    """Change a year."""
    count: int

    def reaches(self, target: float, *, is_higher_better: bool = True) -> str:
        """`likely` when the whole band reaches the target, `unlikely` when nothing of it does, else `open`."""
        if is_higher_better:
            return LIKELY if self.low >= target else UNLIKELY if self.high < target else OPEN
        return LIKELY if self.high <= target else UNLIKELY if self.low > target else OPEN


def forecast(
    points: Sequence[tuple[float, float]], at: float, *, lowest: float = -inf, highest: float = inf
) -> Forecast | None:
    """The line through (year, value) at the moment `at` (2026.5 is mid-2026); None under three different moments.

    Values outside `lowest` and `highest` cannot happen and are cut off.
    """
    count = len(points)
    if len({x for x, _y in points}) < FEWEST:
        return None
    mean_x = sum(x for x, _y in points) / count
    mean_y = sum(y for _x, y in points) / count
    spread = sum((x - mean_x) ** 2 for x, _y in points)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    free = count - 2
    rest = sum((y - (mean_y + slope * (x - mean_x))) ** 2 for x, y in points)
    doubt = sqrt(max(0.0, rest) / free) * sqrt(1 + 1 / count + (at - mean_x) ** 2 / spread)
    band = doubt * (T_80[free - 1] if free <= len(T_80) else T_MANY)
    value = mean_y + slope * (at - mean_x)

    def kept(number: float) -> float:
        return min(highest, max(lowest, number))

    return Forecast(at, kept(value), kept(value - band), kept(value + band), slope, count)


def year_of(day: date) -> float:
    """The day as a number of years: the middle of 2026 is 2026.5."""
    return day.year + (day.timetuple().tm_yday - 1) / 365.25
