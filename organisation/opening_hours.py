"""Opening hours as people write them: `8.30–12.30 en 13.00–17.00` (pure)."""

from __future__ import annotations

import itertools
import re

Interval = tuple[int, int]

_TIME = r"(\d{1,2})(?:[:.]?(\d{2}))?"
_INTERVAL = re.compile(rf"^{_TIME}\s*(?:u|uur)?\s*(?:-|–|—|tot|to|until)\s*{_TIME}\s*(?:u|uur)?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:,|;|\n|\ben\b|\band\b)\s*", re.IGNORECASE)
MOST_INTERVALS = 6
CLOSED = frozenset({"", "gesloten", "dicht", "closed", "-", "–"})
"""As people write a day on which nobody is there; the empty field shows the word."""


class NotHours(ValueError):
    """The text is no opening time; `kind` says what is wrong: unreadable, reversed, overlap, too_many; `part` where."""

    def __init__(self, kind: str, part: str = "") -> None:
        super().__init__(f"{kind}: {part}")
        self.kind, self.part = kind, part


def parse(text: str) -> tuple[Interval, ...]:
    """The intervals in minutes since midnight, in order; nothing for a closed day. 24:00 is the end of the day."""
    if text.strip().lower() in CLOSED:
        return ()
    parts = [part for part in _BETWEEN.split(text.strip()) if part]
    if len(parts) > MOST_INTERVALS:
        raise NotHours("too_many", text[:40])
    intervals = sorted(_interval(part) for part in parts)
    for before, after in itertools.pairwise(intervals):
        if after[0] < before[1]:
            raise NotHours("overlap", f"{words([before])} / {words([after])}")
    return tuple(intervals)


def words(intervals: list[Interval] | tuple[Interval, ...]) -> str:
    """`08:30–12:30, 13:00–17:00`; empty when closed."""
    return ", ".join(f"{_clock(opens)}–{_clock(closes)}" for opens, closes in intervals)


def _interval(part: str) -> Interval:
    found = _INTERVAL.match(part.strip())
    if not found:
        raise NotHours("unreadable", part[:40])
    hours_from, minutes_from, hours_to, minutes_to = (int(value or 0) for value in found.groups())
    opens, closes = hours_from * 60 + minutes_from, hours_to * 60 + minutes_to
    if minutes_from > 59 or minutes_to > 59 or opens > 1440 or closes > 1440:
        raise NotHours("unreadable", part[:40])
    if opens >= closes:
        raise NotHours("reversed", part[:40])
    return opens, closes


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
