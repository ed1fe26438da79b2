"""What changed between two texts, word by word, in a bounded time. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

MOST_PIECES: Final = 3000
"""Longer texts are held beside each other line by line."""
_PIECES: Final = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """`same`, `gone` or `new`, with its text."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in reading order; one `same` piece when nothing changed."""
    before, after = before.replace("\r\n", "\n"), after.replace("\r\n", "\n")
    if before == after:
        return [Piece("same", after)] if after else []
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if len(old) + len(new) > MOST_PIECES:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if len(old) + len(new) > MOST_PIECES:
        return [Piece("gone", before), Piece("new", after)]
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        if a < b:
            pieces.append(Piece("gone", "".join(old[a:b])))
        if c < d:
            pieces.append(Piece("new", "".join(new[c:d])))
    return pieces
