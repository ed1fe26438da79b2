"""Texts that a service approved beforehand: the only ones that may be sent when the customer wrote too long ago (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_BLANK = re.compile(r"\{\{\d+\}\}")
LONGEST_VALUE = 1024


def blank(text: str) -> str:
    """The template as somebody begins from it: its open places as dots."""
    return _BLANK.sub("…", text)


def filled(text: str, values: Sequence[str]) -> str | None:
    """The template with its open places filled in, one after the other; None unless there are exactly as many values, none empty."""
    if len(values) != len(_BLANK.findall(text)) or not all(one.strip() for one in values):
        return None
    given = iter(values)
    return _BLANK.sub(lambda _place: next(given).strip(), text)


def approved(templates: Iterable[Mapping[str, str]], text: str) -> dict[str, Any] | None:
    """The template that this text is, with the values that were filled in; None when it is none of them."""
    words = " ".join(text.split())
    for template in templates:
        values = _values(_BLANK.split(" ".join(template["text"].split())), words)
        if values is not None:
            return {"name": template["name"], "language": template["language"], "values": values}
    return None


def _values(fixed: list[str], text: str) -> list[str] | None:
    """What stands between the fixed parts; each at least one sign, none a place that was left open."""
    first, *rest = fixed
    if not text.startswith(first):
        return None
    if not rest:
        return [] if text == first else None
    at = len(first)
    values: list[str] = []
    for part in rest[:-1]:
        found = text.find(part, at + 1) if part else -1
        if found < 0:
            return None
        values.append(text[at:found])
        at = found + len(part)
    last = rest[-1]
    if not text.endswith(last) or len(text) - len(last) <= at:
        return None
    values.append(text[at : len(text) - len(last)])
    is_whole = all(value.strip() and "…" not in value and len(value) <= LONGEST_VALUE for value in values)
    return [value.strip() for value in values] if is_whole else None
