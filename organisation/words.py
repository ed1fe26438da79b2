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
        "ben",
        "bent",
        "bij",
        "daar",
        "dan",
        "dat",
        "de",
        "den",
        "der",
        "deze",
        "die",
        "dit",
        "doe",
        "doen",
        "doet",
        "door",
        "dus",
        "een",
        "eens",
        "effe",
        "en",
        "er",
        "even",
        "ga",
        "gaan",
        "gaat",
        "graag",
        "had",
        "heb",
        "hebben",
        "heeft",
        "heel",
        "hele",
        "het",
        "hier",
        "hij",
        "hoe",
        "hoeveel",
        "ik",
        "in",
        "is",
        "je",
        "jij",
        "jullie",
        "kan",
        "ken",
        "komen",
        "kost",
        "krijg",
        "krijgen",
        "kun",
        "kunnen",
        "kunt",
        "ligt",
        "maar",
        "mag",
        "me",
        "met",
        "mij",
        "mijn",
        "mn",
        "moet",
        "moeten",
        "mogen",
        "naar",
        "nie",
        "niet",
        "nog",
        "of",
        "om",
        "ons",
        "onze",
        "ook",
        "op",
        "over",
        "staat",
        "te",
        "toch",
        "tot",
        "u",
        "uit",
        "uw",
        "van",
        "via",
        "voor",
        "waar",
        "waarom",
        "wanneer",
        "want",
        "was",
        "wat",
        "we",
        "weer",
        "wel",
        "welke",
        "wie",
        "wij",
        "wil",
        "willen",
        "word",
        "worden",
        "wordt",
        "wou",
        "zal",
        "ze",
        "zijn",
        "zit",
        "zn",
        "zo",
        "zou",
    ]
)
"""Dutch words that carry no subject; a search leaves them out unless nothing else was typed."""
_SPACES = re.compile(r"\s+")
_DOTTED = re.compile(r"\b[^\W\d_](?:\.[^\W\d_]\b)+\.?")


def plain(text: str) -> str:
    """Lower case, without accents, control characters or double spaces; `v.o.g.` is `vog`."""
    decomposed = unicodedata.normalize("NFKD", text.replace("\x00", ""))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c) and (c.isprintable() or c.isspace()))
    letters = _DOTTED.sub(lambda found: found[0].replace(".", ""), letters)
    return _SPACES.sub(" ", letters).strip().lower()


@lru_cache(maxsize=10_000)
def grams_of(word: str) -> frozenset[str]:
    """The groups of three letters of a word, with its begin and end marked: words that share many are alike."""
    padded = f"  {word} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))
