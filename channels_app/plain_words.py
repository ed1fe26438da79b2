"""Our own lists of words (`channels_app/words/`), read once: official ones and abbreviations with what people say instead, and the commonest."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).with_name("words")


def _lines(name: str) -> list[str]:
    """Empty lines and lines that begin with # say nothing."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _pairs(name: str) -> dict[str, str]:
    """`official = plain` lines."""
    return dict(line.split(" = ", 1) for line in _lines(name))


PLAIN: Final[dict[tuple[str, ...], str]] = {tuple(words.split()): plain for words, plain in _pairs("plain.txt").items()}
"""Words in small letters → what to write instead."""
ABBREVIATIONS: Final[dict[str, str]] = _pairs("short.txt")
"""With their dots, in small letters → in full."""
MOST_WORDS: Final = max(map(len, PLAIN))
COMMON: Final = frozenset(_lines("common.txt"))
"""The commonest words of Dutch."""
COMMON_ENGLISH: Final = frozenset(_lines("common_en.txt"))
"""Of English."""
