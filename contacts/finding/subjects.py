"""Finds subjects in the words of citizens, also with typing errors; pure, in memory (5 ms for 150 subjects at most)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from contacts.normalize import plain
from organisation.words import SMALL_WORDS, grams_of

CLOSE = 0.45
"""From this likeness on two words count as one with a typing error."""


@dataclass(frozen=True)
class Phrase:
    """A name or synonym, with what comparing needs."""

    text: str
    words: tuple[str, ...]
    grams: tuple[frozenset[str], ...]
    weight: float


@dataclass(frozen=True)
class Entry:
    """One subject that may be chosen."""

    id: int
    name: str
    phrases: tuple[Phrase, ...]


def phrase(text: str, weight: float) -> Phrase:
    """A phrase ready for comparing; `weight` 1 for the name, less for a synonym or the theme above."""
    simple = plain(text).replace("-", " ").replace("/", " ")
    words = tuple(word.strip(".,;:!?()\"'") for word in simple.split())
    return Phrase(" ".join(words), words, tuple(grams_of(word) for word in words), weight)


def entry(subject_id: int, name: str, synonyms: Iterable[str], parent: str = "") -> Entry:
    """A subject with everything it can be found by."""
    phrases = [phrase(name, 1.0), *(phrase(word, 0.97) for word in synonyms)]
    if parent:
        phrases.append(phrase(parent, 0.6))
    return Entry(subject_id, name, tuple(phrases))


def find(entries: Sequence[Entry], typed: str, limit: int = 6) -> list[int]:
    """The ids of the subjects that fit best, best first; empty when nothing looks like it."""
    asked, pairs = _asked(typed)
    if not pairs:
        return []
    scored = []
    for one in entries:
        score = max((_score(found, asked.text, pairs) * found.weight for found in one.phrases), default=0.0)
        score += 0.02 * sum(1 for found in one.phrases if any(w in found.words for w, _g in pairs))
        if score >= CLOSE:
            scored.append((-score, len(one.name), one.name, one.id))
    return [row[3] for row in sorted(scored)[:limit]]


def is_sure(one: Entry, typed: str) -> bool:
    """Whether every word that was typed is found in the subject: only then may it be taken without asking."""
    _whole, pairs = _asked(typed)
    return all(any(_word(word, grams, found) for found in one.phrases) for word, grams in pairs)


def _asked(typed: str) -> tuple[Phrase, list[tuple[str, frozenset[str]]]]:
    """What was typed, and its words that carry a subject (all of them when none does)."""
    asked = phrase(typed[:200], 1.0)
    pairs = [(w, g) for w, g in zip(asked.words, asked.grams, strict=True) if w]
    return asked, ([(w, g) for w, g in pairs if w not in SMALL_WORDS] or pairs)[:8]


def _score(found: Phrase, whole: str, pairs: list[tuple[str, frozenset[str]]]) -> float:
    """1.5 for the same text, 1.3 when it begins so, else the mean of how well each word is found."""
    if not found.words:
        return 0.0
    if found.text == whole:
        return 1.5
    if found.text.startswith(whole):
        return 1.3
    best = [_word(word, grams, found) for word, grams in pairs]
    covered = sum(1 for value in best if value) / max(len(found.words), len(best))
    return sum(best) / len(best) * (0.9 + 0.1 * covered)


def _word(word: str, grams: frozenset[str], found: Phrase) -> float:
    if word in found.words:
        return 1.0
    best = 0.0
    for other, theirs in zip(found.words, found.grams, strict=True):
        if other.startswith(word):
            best = max(best, 0.85 + 0.1 * len(word) / len(other))
        elif len(word) > 3 and word in other:
            best = max(best, 0.8)
        elif len(word) > 3 and len(other) > 3:
            if word.startswith(other):
                best = max(best, 0.7)
                continue
            shared = len(grams & theirs)
            if shared:
                likeness = 2 * shared / (len(grams) + len(theirs))
                if likeness >= CLOSE:
                    best = max(best, likeness * 0.9)
    return best
