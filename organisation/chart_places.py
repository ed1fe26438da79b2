"""Where words stand in a chart, so that no line runs through them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Run: TypeAlias = Sequence[Point]
"""Points that one line connects."""

LETTER, OVER, UNDER = 8.0, 13.0, 4.0
"""A generous letter: its width, and how far it reaches over and under the line it stands on."""
STEP = 3.0


def is_free(place: Point, words: str, anchor: str, runs: Iterable[Run]) -> bool:
    """Whether these words, written at this place, touch none of the lines."""
    x, y = place
    width = LETTER * len(words)
    left = x - width if anchor == "end" else x
    for run in runs:
        for (x1, y1), (x2, y2) in pairwise([*run, run[-1]]):
            if max(x1, x2) < left or min(x1, x2) > left + width or max(y1, y2) < y - OVER or min(y1, y2) > y + UNDER:
                continue
            pieces = max(1, round(max(abs(x2 - x1), abs(y2 - y1)) / STEP))
            for piece in range(pieces + 1):
                at_x, at_y = x1 + (x2 - x1) * piece / pieces, y1 + (y2 - y1) * piece / pieces
                if left <= at_x <= left + width and y - OVER <= at_y <= y + UNDER:
                    return False
    return True


def outline(place: Point, words: str) -> list[Run]:
    """Words that end at this place, as lines: other words that touch none of them do not touch the words."""
    right, y = place
    left = right - LETTER * len(words)
    return [[(left, at), (right, at)] for at in (y - OVER, y - OVER / 2, y + UNDER)]


def free_place(places: Iterable[Point], words: str, anchor: str, runs: Sequence[Run]) -> Point | None:
    """The first of these places where the words touch no line."""
    return next((place for place in places if is_free(place, words, anchor, runs)), None)
