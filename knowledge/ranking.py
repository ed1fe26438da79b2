"""Which article answers best what a citizen says: title and citizens' words before the text, typing errors allowed. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import log
from operator import mul
from typing import Final

from organisation.words import SMALL_WORDS, grams_of

CLOSE: Final = 0.5
"""From this likeness two words count as one with a typing error."""
IN_TEXT: Final = 0.65
"""A word that stands in the text only: less than one in the title, more than one that merely looks like it."""
LEAST: Final = 0.28
FAR: Final = 0.4
"""What fits so much less than the best is no answer."""
UNKNOWN: Final = 0.3
"""What a word counts that no candidate knows: `papier` and `vader` must not hide the one word that says what it is about."""
MOST_WORDS: Final = 8
KEPT: Final = 10_000
"""So many words of ours are kept taken apart: articles use the same ones."""
Asked = tuple[str, str, frozenset[str]]
"""A word, its stem and its groups of three letters."""
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


def unknown_words(candidates: Iterable[Candidate], asked: Iterable[str]) -> list[str]:
    """Those with which no word of the candidates begins, and of which none has the stem: perhaps a typing error."""
    ours = {word for one in candidates for phrase in one.phrases for word in _WORD.findall(phrase)}
    stems = {_stem(word) for word in ours}
    return [one for one in asked if _stem(one) not in stems and not any(word.startswith(one) for word in ours)]


def rank(candidates: Iterable[Candidate], typed: str) -> list[Ranked]:
    """Best first; what hardly looks like it is left out. `typed` is plain: lower case, without accents."""
    asked = asked_words(typed)
    if not asked:
        return []
    whole = " ".join(_WORD.findall(typed.lower()))
    stems = [(word, _stem(word), grams_of(word)) for word in asked]
    seen: dict[str, tuple[float, list[float]]] = {}
    read = [_read(one, whole, stems, seen) for one in candidates]
    weights = [_weight([each[place] for *_rest, each in read]) for place in range(len(stems))]
    found = []
    for one, best, words, per_word in read:
        together = sum(map(mul, weights, per_word)) / sum(weights) * 0.9
        score = max(best, together) + 0.25 * min(one.text_rank, 1.0) + 0.02 * min(one.times_used, 50) / 50
        if score >= LEAST:
            found.append(Ranked(one.pk, round(score, 4), words))
    least = FAR * max((one.score for one in found), default=0.0)
    return sorted((one for one in found if one.score >= least), key=lambda one: (-one.score, one.pk))


def _weight(fits: list[float]) -> float:
    """Of a word that fits the candidates so: what few know says most (`vog nodig voor nieuwe baan`), what merely looks like a word of ours less."""
    known = [one for one in fits if one >= CLOSE]
    return max(known) / (1 + 0.5 * log(len(known))) if known else UNKNOWN


def _read(
    one: Candidate, whole: str, asked: list[Asked], seen: dict[str, tuple[float, list[float]]]
) -> tuple[Candidate, float, str, list[float]]:
    """How well its best phrase fits and the citizens' word that it is, and how well each asked word stands in it."""
    best, words = 0.0, ""
    per_word = [0.0] * len(asked)
    for place, phrase in enumerate(one.phrases):
        if phrase not in seen:
            seen[phrase] = _phrase(phrase, whole, asked)
        score, each = seen[phrase]
        per_word = [max(old, new) for old, new in zip(per_word, each, strict=True)]
        score *= 1.0 if place == 0 else 0.94
        if score > best:
            best, words = score, phrase if place else ""
    said = [word in one.said for word, _stem_, _grams in asked]
    return (
        one,
        best,
        words,
        [max(value, IN_TEXT) if is_said else value for value, is_said in zip(per_word, said, strict=True)],
    )


def _phrase(phrase: str, whole: str, asked: list[Asked]) -> tuple[float, list[float]]:
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


def _word(asked: Asked, other: Asked) -> float:
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
    if (
        len(their_stem) >= 4
        and their_stem in word
        and (word.startswith(their_stem) or len(word) - len(their_stem) >= 3)
    ):
        return 0.7  # part of a compound; `pasport` is no kind of sport
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
