"""Days to places on the timeline: the scale, with its years and quarters (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

WIDTH: Final = 1280.0
NAMES: Final = 276.0
"""Where the names end and the days begin."""
WORDS: Final = 1158.0
"""Where the days end and the state in words begins."""
NARROW_QUARTER: Final = 15.0
"""Below this width quarters get no number."""


@dataclass(frozen=True)
class Tick:
    """A line of the grid; `label_x` is the middle of what it names."""

    x: float
    label: str
    label_x: float


@dataclass(frozen=True)
class Scale:
    """Days to places: the first day begins where the names end."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return max(1, (self.last - self.first).days + 1)

    def x(self, day: date) -> float:
        """The beginning of this day, kept on the drawing."""
        share = (day - self.first).days / self.days
        return NAMES + (WORDS - NAMES - 16) * min(1.0, max(0.0, share))


def years_of(scale: Scale) -> list[Tick]:
    ticks = []
    for year in range(scale.first.year, scale.last.year + 1):
        begin = scale.x(max(date(year, 1, 1), scale.first))
        end = scale.x(min(date(year, 12, 31), scale.last) + timedelta(days=1))
        ticks.append(Tick(round(begin, 1), str(year), round((begin + end) / 2, 1)))
    return ticks


def quarters_of(scale: Scale) -> list[Tick]:
    """Numbers 1–4 under each year, when there is room for them."""
    ticks = []
    for year in range(scale.first.year, scale.last.year + 1):
        for number in range(4):
            begin = date(year, 3 * number + 1, 1)
            after = date(year + number // 3, (3 * number + 3) % 12 + 1, 1)
            if after <= scale.first or begin > scale.last:
                continue
            left, right = scale.x(begin), scale.x(after)
            ticks.append(Tick(round(left, 1), str(number + 1), round((left + right) / 2, 1)))
    wide = (WORDS - NAMES - 16) / max(1, len(ticks))
    return ticks if wide >= NARROW_QUARTER else []
