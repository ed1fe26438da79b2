"""Numbers that stand in an address or a form, where anybody can write anything (pure)."""

from __future__ import annotations

from typing import Final

MOST_DIGITS: Final = 18
"""So many fit the database's largest whole number."""


def whole(text: str | None) -> int | None:
    """A whole number from 0 that fits an id or a version; None for anything else."""
    text = (text or "").strip()
    if not (text.isascii() and text.isdigit()) or len(text) > MOST_DIGITS:
        return None
    return int(text)
