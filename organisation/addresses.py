"""Addresses by the name of their view: the patterns are searched once per name, not at every link."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

PLAIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*")
"""A text that stands in an address as it is, and fits every pattern that takes such a text."""
NUMBER, WORD, DOTTED = "770000000{}", "mark-{}", "mark.{}"
"""What stands in its place while the pattern is searched; not every pattern that takes a word takes a dot in it."""


def address(name: str, *values: object) -> str:
    """What `reverse` gives. For whole numbers and plain texts from what it gave for a mark in their place (ADR 16)."""
    marks = []
    for value in values:
        mark = _mark_for(value)
        if not mark:
            return reverse(name, args=values)
        marks.append(mark)
    pattern = _pattern(name, tuple(marks))
    return pattern.format(*values) if pattern is not None else reverse(name, args=values)


def _mark_for(value: object) -> str:
    """Nothing for what only Django can write."""
    if type(value) is int:
        return NUMBER if value >= 0 else ""
    if type(value) not in (str, SafeString) or PLAIN.fullmatch(value) is None:  # type: ignore[arg-type]
        return ""
    return DOTTED if "." in value else WORD  # type: ignore[operator]


@lru_cache(maxsize=512)
def _pattern(name: str, kinds: tuple[str, ...]) -> str | None:
    """The address with `{}` for each value; None when a view of this name takes no such values."""
    marks = [kind.format(place) for place, kind in enumerate(kinds)]
    try:
        found = reverse(
            name, args=[int(mark) if kind is NUMBER else mark for mark, kind in zip(marks, kinds, strict=True)]
        )
    except NoReverseMatch:
        return None
    for mark in marks:
        found = found.replace(mark, "{}")
    return found if found.count("{}") == len(marks) else None
