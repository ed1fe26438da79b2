"""Our own lists of words (`channels_app/words/`), read once: official ones and abbreviations with what people say instead, and the commonest."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from channels_app.passive import APART

FOLDER: Final = Path(__file__).with_name("words")


def _lines(name: str) -> list[str]:
    """Empty lines and lines that begin with # say nothing."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


_DE: Final = ("de", "deze", "die", "onze", "elke", "iedere", "welke")
_HET: Final = ("het", "dit", "dat", "ons", "elk", "ieder", "welk")


def _pairs(name: str, sign: str = "=") -> dict[str, str]:
    """`official = plain` lines; `official ~ plain`, where the sentence must be changed for it."""
    return dict(line.split(f" {sign} ", 1) for line in _lines(name) if f" {sign} " in line)


def _with_articles(pairs: dict[str, str]) -> tuple[dict[str, str], set[str]]:
    """`de beschikking = het besluit` holds for `deze`, `onze` … too, and for the noun alone. And the nouns whose article changes."""
    found: dict[str, str] = {}
    nouns: set[str] = set()
    for official, plain in pairs.items():
        (article, _space, noun), (other, _space, plain_noun) = official.partition(" "), plain.partition(" ")
        if {article, other} != {"de", "het"}:
            found[official] = plain
            continue
        ours, theirs = (_DE, _HET) if article == "de" else (_HET, _DE)
        found |= {f"{one} {noun}": f"{two} {plain_noun}" for one, two in zip(ours, theirs, strict=True)}
        found[noun] = plain_noun
        nouns.add(noun)
    return found, nouns


def _keys(pairs: dict[str, str]) -> dict[tuple[str, ...], str]:
    return {tuple(words.split()): plain for words, plain in pairs.items()}


_PLAIN, _NOUNS = _with_articles(_pairs("plain.txt"))
PLAIN: Final = _keys(_PLAIN)
"""Words in small letters → what can stand in their place."""
LOOSE: Final = {
    words: found.groups()
    for words, plain in PLAIN.items()
    if len(words) == 1
    and words[0].endswith("en")
    and (found := re.fullmatch(rf"({APART})((?!ge)\w+(?:en|aan))", plain))
}
"""Infinitives for which stands one that comes apart: `retourneren`, `wij sturen het terug`, `terug te sturen`."""
IDEAS: Final = _keys(_pairs("plain.txt", "~"))
"""Words in small letters → what to say, when it cannot simply stand in their place."""
GENDER: Final = frozenset((noun,) for noun in _NOUNS)
"""Of those whose article changes: an adjective before them would have to change too."""
KNOWN: Final = frozenset(_lines("known.txt"))
"""Long words that everybody knows, or that are what a thing is called."""
ABBREVIATIONS: Final[dict[str, str]] = _pairs("short.txt")
"""With their dots, in small letters → in full."""
LONGEST: Final[dict[str, int]] = {}
"""The first word of an official phrase → of how many words the longest is that begins so."""
for _phrase in (*PLAIN, *IDEAS):
    LONGEST[_phrase[0]] = max(len(_phrase), LONGEST.get(_phrase[0], 0))
COMMON: Final = frozenset(_lines("common.txt"))
"""The commonest words of Dutch."""
COMMON_OF: Final = {"nl": COMMON} | {
    code: frozenset(_lines(f"common_{code}.txt")) for code in ("en", "de", "pl", "fr", "tr")
}
"""By language."""
