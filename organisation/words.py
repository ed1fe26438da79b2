"""Words made comparable, so that `café` finds `cafe` and a typing error does no harm (pure)."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

SMALL_WORDS: Final = frozenset(
    [
        "aan",
        "al",
        "als",
        "bij",
        "dan",
        "dat",
        "de",
        "den",
        "der",
        "die",
        "dit",
        "doe",
        "doet",
        "door",
        "een",
        "en",
        "er",
        "ga",
        "gaan",
        "gaat",
        "graag",
        "had",
        "heb",
        "hebben",
        "heeft",
        "het",
        "hij",
        "hoe",
        "hoeveel",
        "ik",
        "in",
        "is",
        "kan",
        "ken",
        "komen",
        "kost",
        "krijg",
        "krijgen",
        "kun",
        "kunnen",
        "kunt",
        "maar",
        "me",
        "mij",
        "mijn",
        "moet",
        "moeten",
        "naar",
        "niet",
        "nog",
        "of",
        "om",
        "ons",
        "op",
        "over",
        "te",
        "tot",
        "u",
        "uit",
        "uw",
        "van",
        "voor",
        "waar",
        "waarom",
        "wanneer",
        "was",
        "wat",
        "we",
        "wel",
        "welke",
        "wie",
        "wij",
        "wil",
        "willen",
        "word",
        "worden",
        "wordt",
        "zijn",
        "zo",
    ]
)
"""Dutch words that carry no subject; a search leaves them out unless nothing else was typed."""
_SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    """Lower case, without accents, control characters or double spaces."""
    decomposed = unicodedata.normalize("NFKD", text.replace("\x00", ""))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c) and (c.isprintable() or c.isspace()))
    return _SPACES.sub(" ", letters).strip().lower()


@lru_cache(maxsize=10_000)
def grams_of(word: str) -> frozenset[str]:
    """The groups of three letters of a word, with its begin and end marked: words that share many are alike."""
    padded = f"  {word} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))
