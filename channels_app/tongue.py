"""In which language a text is written, as far as its commonest words or its letters tell. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from channels_app.plain_words import COMMON_OF

DUTCH: Final = "nl"
ENGLISH: Final = "en"
FEWEST: Final = 3
"""Common words of a language, before anything is said: one may be a name or the title of a form."""
LOOKED_AT: Final = 4_000
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ONLY: Final = {
    code: words.difference(*(COMMON_OF[other] for other in (DUTCH, ENGLISH) if other != code))
    for code, words in COMMON_OF.items()
}
"""What is also common in Dutch or English says nothing."""
_LETTERS: Final = (
    ("uk", re.compile("[іїєґІЇЄҐ]")),
    ("ru", re.compile("[а-яА-Я]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
)
"""Languages that are known by their letters; Ukrainian has some that Russian has not."""


def language_of(text: str) -> str:
    """`nl`, `en`, `de`, `pl`, `fr`, `tr`, `uk`, `ru` or `ar`; empty when the text is too short, or in none of them."""
    return _language_of(text[:LOOKED_AT])


@lru_cache(maxsize=256)
def _language_of(text: str) -> str:
    """A question is opened again and again, and is written in the same language each time."""
    words = [word.replace("’", "'") for word in _WORD.findall(text.lower())]
    if by_letters := _by_letters(words):
        return by_letters
    counts = sorted(((sum(word in only for word in words), code) for code, only in _ONLY.items()), reverse=True)
    (most, code), (second, _other) = counts[:2]
    return code if most >= FEWEST and most > second else ""


def _by_letters(words: list[str]) -> str:
    """When most words are written in other letters than ours."""
    for code, letters in _LETTERS:
        if code == "uk" and not any(letters.search(word) for word in words):
            continue
        pattern = _LETTERS[1][1] if code == "uk" else letters
        if sum(pattern.search(word) is not None for word in words) > max(FEWEST - 1, len(words) / 2):
            return code
    return ""
