"""In which language a text is written, as far as its commonest words tell. Pure."""

from __future__ import annotations

import re
from typing import Final

from channels_app.plain_words import COMMON, COMMON_ENGLISH

DUTCH: Final = "nl"
ENGLISH: Final = "en"
FEWEST: Final = 3
"""Common words of a language, before anything is said: one may be a name or the title of a form."""
LOOKED_AT: Final = 4_000
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def language_of(text: str) -> str:
    """`nl` or `en`; empty when the text is too short, or in neither. Words that are common in both say nothing."""
    words = [word.replace("’", "'") for word in _WORD.findall(text[:LOOKED_AT].lower())]
    dutch = sum(word in COMMON and word not in COMMON_ENGLISH for word in words)
    english = sum(word in COMMON_ENGLISH and word not in COMMON for word in words)
    if max(dutch, english) < FEWEST or dutch == english:
        return ""
    return DUTCH if dutch > english else ENGLISH
