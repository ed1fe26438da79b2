"""Addresses by the name of their view: the patterns are searched once per name, not at every link."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

PLAIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
"""A text that stands in an address as it is, and fits every pattern that takes a text."""


def address(name: str, *values: object) -> str:
    """What `reverse` gives. For whole numbers and plain texts from what it gave for a mark in their place (ADR 16)."""
    if all(_is_plain(value) for value in values):
        pattern = _pattern(name, tuple(type(value) is int for value in values))
        if pattern is not None:
            return pattern.format(*values)
    return reverse(name, args=values)


def _is_plain(value: object) -> bool:
    if type(value) is int:
        return value >= 0
    return type(value) in (str, SafeString) and PLAIN.fullmatch(value) is not None  # type: ignore[arg-type]


@lru_cache(maxsize=512)
def _pattern(name: str, numbers: tuple[bool, ...]) -> str | None:
    """The address with `{}` for each value; None when a view of this name takes no such values."""
    marks = [7_700_000_001 + place if is_number else f"mark-{place}" for place, is_number in enumerate(numbers)]
    try:
        found = reverse(name, args=marks)
    except NoReverseMatch:
        return None
    for mark in marks:
        found = found.replace(str(mark), "{}")
    return found if found.count("{}") == len(marks) else None
