"""Which tiles and cards somebody sees and in what order, as words in the address bar (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

NOTHING: Final = "geen"
"""Everything is hidden; an empty text means the usual layout."""


def clean(text: str, known: Sequence[str]) -> str:
    """The keys that exist, once each, in the order given; empty when it says nothing or the same as usual."""
    if text == NOTHING:
        return NOTHING
    keys = list(dict.fromkeys(key for key in text.split(",") if key in known))
    return "" if keys == list(known) else ",".join(keys)


def shown(text: str, known: Sequence[str]) -> list[str]:
    """The keys to show, in order."""
    if not text:
        return list(known)
    return [] if text == NOTHING else [key for key in text.split(",") if key in known]


def without(text: str, known: Sequence[str], key: str) -> str:
    """Hides one."""
    return ",".join(one for one in shown(text, known) if one != key) or NOTHING


def added(text: str, known: Sequence[str], key: str) -> str:
    """Shows one again, at the end."""
    return clean(",".join([*shown(text, known), key]), known)


def moved(text: str, known: Sequence[str], key: str, step: int) -> str:
    """One place up (-1) or down (1)."""
    keys = shown(text, known)
    place = keys.index(key)
    other = min(max(place + step, 0), len(keys) - 1)
    keys[place], keys[other] = keys[other], keys[place]
    return clean(",".join(keys), known)
