"""Which article answers best what a citizen says: title and citizens' words before the text, typing errors allowed. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from organisation.words import SMALL_WORDS, grams_of

CLOSE: Final = 0.5
"""From this likeness two words count as one with a typing error."""
IN_TEXT: Final = 0.65
"""A word that stands in the text only: less than one in the title, more than one that merely looks like it."""
LEAST: Final = 0.34
FAR: Final = 0.4
"""What fits so much less than the best is no answer."""
MOST_WORDS: Final = 8
KEPT: Final = 10_000
"""So many words of ours are kept taken apart: articles use the same ones."""
_WORD: Final = re.compile(r"\w+")
_ENDINGS: Final = ("ingen", "eren", "ing", "en", "er", "s", "t", "e")


@dataclass(frozen=True)
class Candidate:
    """What the database found: an article with its phrases (the title first), and how well its text fits (0–1)."""

    pk: int
    phrases: tuple[str, ...]
    text_rank: float = 0.0
    times_used: int = 0
    said: frozenset[str] = frozenset()
    """The asked words that stand in its text."""


@dataclass(frozen=True)
class Ranked:
    pk: int
    score: float
    found_by: str
    """The citizens' word that did it; empty when it was the title or the text."""


def asked_words(typed: str) -> list[str]:
    """The words of a search that say what it is about."""
    words = _WORD.findall(typed.lower())
    return ([word for word in words if word not in SMALL_WORDS] or words)[:MOST_WORDS]


def rank(candidates: Iterable[Candidate], typed: str) -> list[Ranked]:
    """Best first; what hardly looks like it is left out. `typed` is plain: lower case, without accents."""
    asked = asked_words(typed)
    if not asked:
        return []
    whole = " ".join(_WORD.findall(typed.lower()))
    stems = [(word, _stem(word), grams_of(word)) for word in asked]
    found = []
    seen: dict[str, tuple[float, list[float]]] = {}
    for one in candidates:
        best, words = 0.0, ""
        per_word = [0.0] * len(stems)
        for place, phrase in enumerate(one.phrases):
            if phrase not in seen:
                seen[phrase] = _phrase(phrase, whole, stems)
            score, each = seen[phrase]
            per_word = [max(old, new) for old, new in zip(per_word, each, strict=True)]
            score *= 1.0 if place == 0 else 0.94
            if score > best:
                best, words = score, phrase if place else ""
        per_word = [
            max(value, IN_TEXT) if word in one.said else value
            for value, (word, _stem_, _grams) in zip(per_word, stems, strict=True)
        ]
        together = sum(per_word) / len(per_word) * 0.9
        score = max(best, together) + 0.25 * min(one.text_rank, 1.0) + 0.02 * min(one.times_used, 50) / 50
        if score >= LEAST:
            found.append(Ranked(one.pk, round(score, 4), words))
    least = FAR * max((one.score for one in found), default=0.0)
    return sorted((one for one in found if one.score >= least), key=lambda one: (-one.score, one.pk))


def _phrase(phrase: str, whole: str, asked: list[tuple[str, str, frozenset[str]]]) -> tuple[float, list[float]]:
    """How well all words are found in one phrase, and each of them."""
    words = _WORD.findall(phrase.lower())
    if not words:
        return 0.0, [0.0] * len(asked)
    if " ".join(words) == whole:
        return 1.5, [1.0] * len(asked)
    known = [(word, _stem(word), grams_of(word)) for word in words if word not in SMALL_WORDS] or [
        (word, _stem(word), grams_of(word)) for word in words
    ]
    each = [max(_word(one, other) for other in known) for one in asked]
    covered = min(1.0, sum(1 for value in each if value >= CLOSE) / len(known))
    return sum(each) / len(each) * (0.8 + 0.2 * covered), each


def _word(asked: tuple[str, str, frozenset[str]], other: tuple[str, str, frozenset[str]]) -> float:
    word, stem, grams = asked
    theirs, their_stem, their_grams = other
    if word == theirs:
        return 1.0
    if stem == their_stem:
        return 0.95
    if len(word) >= 3 and theirs.startswith(word):
        return 0.8 + 0.15 * len(word) / len(theirs)
    if len(stem) >= 4 and stem in theirs:
        return 0.75
    if len(their_stem) >= 4 and their_stem in word:
        return 0.7
    if len(word) < 4 or len(theirs) < 4:
        return 0.0
    shared = len(grams & their_grams)
    likeness = 2 * shared / (len(grams) + len(their_grams))
    return likeness * 0.9 if likeness >= CLOSE else 0.0


@lru_cache(maxsize=KEPT)
def _stem(word: str) -> str:
    """Roughly; the database knows the stems of Dutch."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word.replace("z", "s").replace("v", "f")
