"""What changed between two texts, word by word, in a bounded time. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

MOST_PAIRS: Final = 600_000
"""So many pieces are held beside each other in all; what is left of a longer change is shown as gone and new."""
_PIECES: Final = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """`same`, `gone` or `new`, with its text."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in reading order: lines first, and the words of the lines that changed."""
    before, after = before.replace("\r\n", "\n"), after.replace("\r\n", "\n")
    left = MOST_PAIRS
    found: list[Piece] = []
    for old_lines, new_lines, is_same in _paired(before.splitlines(keepends=True), after.splitlines(keepends=True)):
        old, new = _PIECES.findall("".join(old_lines)), _PIECES.findall("".join(new_lines))
        pairs = 0 if is_same else len(old) * len(new)
        left -= pairs
        for gone, came, are_same in _steps(old, new, left + pairs) if pairs else [(old, new, is_same)]:
            if are_same:
                found.append(Piece("same", "".join(came)))
                continue
            found += [Piece(kind, "".join(part)) for kind, part in (("gone", gone), ("new", came)) if part]
    return _joined(found)


def _paired(old: list[str], new: list[str]) -> Iterator[tuple[list[str], list[str], bool]]:
    """Lines that are the same, and those that changed: one by one where as many came as went."""
    for gone, came, is_same in _steps(old, new, MOST_PAIRS // 6):
        if is_same or len(gone) != len(came):
            yield gone, came, is_same
        else:
            yield from (([one], [other], False) for one, other in zip(gone, came, strict=True))


def _steps(old: list[str], new: list[str], most: int) -> Iterator[tuple[list[str], list[str], bool]]:
    """Parts of both and whether they are the same; what is too much to compare is one part that is not."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    yield old[:start], new[:start], True
    old_part, new_part = old[start : len(old) - end], new[start : len(new) - end]
    if len(old_part) * len(new_part) > most:
        yield old_part, new_part, False
    else:
        for tag, a, b, c, d in SequenceMatcher(None, old_part, new_part, autojunk=False).get_opcodes():
            yield old_part[a:b], new_part[c:d], tag == "equal"
    yield old[len(old) - end :], new[len(new) - end :], True


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbours of one kind as one; nothing empty."""
    made: list[Piece] = []
    for one in pieces:
        if made and made[-1].kind == one.kind:
            made[-1] = Piece(one.kind, made[-1].text + one.text)
        elif one.text:
            made.append(one)
    return made
