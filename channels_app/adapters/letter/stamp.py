"""The date of the receipt stamp, read from the text of a scan or from the name of its file (pure)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

OLDEST: Final = timedelta(days=366)
"""A stamp that is older than this was read wrongly, or is another date."""
_MONTHS: Final = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_DATE: Final = r"(\d{1,2})\s*[-/.' ]\s*(\d{1,2}|[a-z]{3,9})\.?\s*[-/.' ]\s*(\d{4}|\d{2})(?!\d)"
_STAMP: Final = re.compile(
    rf"\b(?:ingekomen|inqekomen|ingek|ontvangen|ontvangst|ontv|binnengekomen|received)\b[^\d]{{0,60}}?{_DATE}", re.I
)
_NAME: Final = re.compile(r"(?<!\d)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")
MOST_TEXT: Final = 20_000


def read_stamp(text: str, today: date) -> date | None:
    """The day behind “ingekomen” or a word like it; None when there is none that can be."""
    for found in _STAMP.finditer(text[:MOST_TEXT]):
        day = _day(found.group(3), found.group(2), found.group(1))
        if _can_be(day, today):
            return day
    return None


def stamp_of_name(name: str, today: date) -> date | None:
    """The day in a name as `2026-11-27 post.pdf` or `scan_20261127_0003.tif`."""
    for found in _NAME.finditer(name):
        day = _day(*found.groups())
        if _can_be(day, today):
            return day
    return None


def _day(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdigit() else _month(month.lower())
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), number, int(day))
    except ValueError:
        return None


def _month(word: str) -> int:
    short = "maa" if word.startswith(("mrt", "maart")) else word[:3]
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _can_be(day: date | None, today: date) -> bool:
    return day is not None and today - OLDEST <= day <= today
