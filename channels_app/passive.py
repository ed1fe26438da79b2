"""Passive sentences: a form of `worden` with the past participle that belongs to it (pure).

It knows how participles are made, not what a word is: infinitives, nouns and adjectives that look like one are told apart by their ending,
by the place in the sentence, and at last by a list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

BECOME: Final = frozenset(["word", "wordt", "worden", "werd", "werden"])
APART: Final = (
    "(?:aan|achter|af|bij|binnen|bloot|boven|buiten|deel|dicht|door|gelijk|goed|groot|hoog|in|kapot|klaar|kwijt|langs|leeg|los|mee|mede"
    "|mis|na|neer|om|onder|op|open|over|plaats|recht|rond|samen|schoon|stil|stop|tegen|teleur|terecht|terug|thuis|toe|tussen|uit|vast"
    "|veilig|vol|voort|vooruit|voorbij|voor|vrij|waar|weer|weg)"
)
"""Beginnings that come loose from their verb: `in te vullen`, `vult in`, `ingevuld`."""
_FIXED: Final = "(?:be|ver|ont|her|er|mis|over|onder|voor|door|om|weer|aan|vol|achter)"
_STRONG: Final = (
    "(?:bakken|beden|boden|bogen|bonden|broken|daan|dragen|dreven|dronken|dwongen|eten|geven|gonnen|goten|graven|grepen|hangen|heven"
    "|holpen|houden|kozen|keken|kregen|laden|laten|lezen|logen|loren|meden|meten|nomen|raden|roepen|roken|scheiden|schenen|scholden"
    "|schonden|schonken|schoten|schoven|schreven|slagen|sleten|sloten|smeten|sneden|spannen|sponnen|spoten|sproken|stolen|streken"
    "|stoten|trokken|treden|troffen|vangen|vochten|volen|vonden|vouwen|wassen|weken|weten|wezen|wogen|wonden|wonnen|worpen|worven|wreven"
    "|zien|zonden|zongen|zwegen|zworen)"
)
"""How participles end that do not end in d or t; other words in -en are infinitives and plurals."""
_DONE: Final = re.compile(rf"{APART}?ge\w{{2,}}[dt]|\w{{3,}}eerd|{APART}?(?:ge|{_FIXED}){_STRONG}")
_WEAK: Final = re.compile(rf"{APART}?{_FIXED}\w{{3,}}[dt]")
_HARD_T: Final = re.compile(r"(?:[^aeiou][aeou]|(?<![aeiou]{2})(?<!ij)[fs]|[kpx]|ch|[pt]s)t$")
"""A participle ends in t after these sounds only (’t kofschip): `verlengt` and `betaalt` are the present."""
_DOING: Final = re.compile(r"(?!.*(?:eend|rekend|tekend)$|erkend$|herkend$|verkend$|miskend$).*end$")
"""`behandelend`, `betreffend`."""
_NOT_DONE: Final = frozenset([
    "aandacht", "afwezigheid", "bekend", "beleid", "bereid", "bericht", "beroemd", "bestand", "besluit",
    "bevat", "bewind", "bezit", "geeft", "gebaat", "gebeurt", "gebied", "gebiedt", "gebit", "gedicht", "geduld",
    "geest", "geld", "geldt", "gelet", "gelooft", "geluid", "gemiddeld", "geneest", "geniet", "genot",
    "gerecht", "geschikt", "getuigt", "gevecht", "gewest", "gewicht", "gezicht", "gezond", "omvat",
    "ondergrond", "onderhoud", "onderscheid", "overgewicht", "overlast", "overzicht", "verband", "verbod",
    "verstand", "voorbeeld", "voordracht", "voorraad", "voorrecht", "weerbericht", "weerstand",
])  # fmt: skip
_NO_VERB: Final = frozenset(["een", "geen", "het", "dit", "dat", "elk", "ieder"])
"""Behind these a participle says what a thing is like: `een getekend formulier`."""
_HELPS: Final = frozenset([
    "dient", "dienen", "gaan", "gaat", "hoeft", "hoeven", "kan", "kon", "konden", "kunnen", "mag", "mocht",
    "mogen", "moet", "moest", "moesten", "moeten", "te", "wil", "willen", "zal", "zou", "zouden", "zullen",
])  # fmt: skip
_OTHER_CLAUSE: Final = frozenset(
    ["ben", "bent", "had", "hadden", "heb", "hebben", "hebt", "heeft", "is", "was", "waren"]
)
"""The verb of a next clause: what stands behind it belongs to that; so does what stands behind a next `worden`."""


def passive(words: Sequence[str]) -> tuple[int, int] | None:
    """Places of `worden` and its participle among the words of a sentence, in small letters; None when it is not passive."""
    for at, word in enumerate(words):
        if word in BECOME and (done := _before(words, at)) is not None:
            return at, done
        if word in BECOME and (done := _behind(words, at)) is not None:
            return at, done
    return None


def _before(words: Sequence[str], at: int) -> int | None:
    """`ingevuld wordt`, `ingevuld moet worden`, `ingevuld zou moeten worden`."""
    for place in range(at - 1, max(at - 4, -1), -1):
        if is_done(words[place]):
            return place
        if words[place] not in _HELPS:
            return None
    return None


def _behind(words: Sequence[str], at: int) -> int | None:
    for place in range(at + 1, len(words)):
        if words[place] in _OTHER_CLAUSE or words[place] in BECOME:
            return None
        if is_done(words[place]) and words[place - 1] not in _NO_VERB:
            return place
    return None


def is_done(word: str) -> bool:
    """Whether it looks like a past participle."""
    if word in _NOT_DONE or word.endswith(("heid", "ingen")):
        return False
    if _DONE.fullmatch(word):
        return True
    if not _WEAK.fullmatch(word):
        return False
    return _DOING.fullmatch(word) is None if word[-1] == "d" else _HARD_T.search(word) is not None
