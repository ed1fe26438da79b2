"""Which tiles and cards somebody sees and in what order, as words in the address bar (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

NOTHING: Final = "geen"
"""Everything is hidden; an empty text means the usual layout."""


def clean(text: str, known: Sequence[str], usual: Sequence[str] = ()) -> str:
    """The keys that exist, once each, in the order given; empty when it says nothing or the same as `usual` (else all of them)."""
    if text == NOTHING:
        return NOTHING
    keys = list(dict.fromkeys(key for key in text.split(",") if key in known))
    return "" if keys == list(usual or known) else ",".join(keys)


def shown(text: str, known: Sequence[str], usual: Sequence[str] = ()) -> list[str]:
    """The keys to show, in order."""
    if not text:
        return list(usual or known)
    return [] if text == NOTHING else [key for key in text.split(",") if key in known]


def without(text: str, known: Sequence[str], key: str, usual: Sequence[str] = ()) -> str:
    """Hides one."""
    return clean(",".join(one for one in shown(text, known, usual) if one != key) or NOTHING, known, usual)


def added(text: str, known: Sequence[str], key: str, usual: Sequence[str] = ()) -> str:
    """Shows one again, at the end."""
    return clean(",".join([*shown(text, known, usual), key]), known, usual)


def moved(text: str, known: Sequence[str], key: str, step: int, usual: Sequence[str] = ()) -> str:
    """One place up (-1) or down (1)."""
    keys = shown(text, known, usual)
    place = keys.index(key)
    other = min(max(place + step, 0), len(keys) - 1)
    keys[place], keys[other] = keys[other], keys[place]
    return clean(",".join(keys), known, usual)
