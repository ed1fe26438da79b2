"""Which subjects a message that nobody chose one for seems to be about: hints for the desk, that decide nothing (pure)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Final

from contacts.finding.subjects import Entry, Phrase, phrase
from organisation.words import SMALL_WORDS

MOST: Final = 3
READ: Final = 600
"""Letters of the text: what somebody wants stands at its beginning."""
ALIKE: Final = 0.7
"""So much of the longer word."""
HEAD: Final = 4
"""Letters with which two forms of one word begin."""
TELLING: Final = 5
"""Letters of a name that says something wherever it stands in a text."""
ENOUGH: Final = 0.2


def hints(entries: Sequence[Entry], title: str, text: str) -> list[int]:
    """Ids, best first: what the title has words of, and what the text names in so many words.

    A word counts for less when more subjects have it: “paspoort” says what it is about, “kwijt” does not.
    """
    words = {word for word in phrase(title[:200], 1.0).words if len(word) > 2 and word.isalpha()} - SMALL_WORDS
    plain = f" {phrase(f'{title} {text[:READ]}', 1.0).text} "
    heads = {word[:HEAD] for word in words}
    had = [(one, [(f, _hits(f, words, heads)) for f in one.phrases if f.weight > 0.9]) for one in entries]
    often = Counter(word for _one, rows in had for word in {word for _f, hits in rows for word in hits})
    scored = []
    for one, rows in had:
        score = max((_score(found, hits, often, plain) for found, hits in rows), default=0.0)
        if score >= ENOUGH:
            scored.append((-score, len(one.name), one.name, one.id))
    return [row[3] for row in sorted(scored)[:MOST]]


def _hits(found: Phrase, words: set[str], heads: set[str]) -> set[str]:
    """Words of the title that stand in this name."""
    return {word for known in found.words if known[:HEAD] in heads for word in words if _is_one_word(known, word)}


def _score(found: Phrase, hits: set[str], often: Counter[str], plain: str) -> float:
    of_title = sum(1 / often[word] for word in hits) * (1 + len(hits) / len(found.words)) / 2 if hits else 0.0
    is_named = len(found.text) >= TELLING and f" {found.text}" in plain
    return of_title + (0.2 + len(found.text) / 100 if is_named else 0.0)


def _is_one_word(known: str, word: str) -> bool:
    """The same but for its ending: `verhuizen` and `verhuizing`, never `vrij` and `vrijdag`."""
    same = max(HEAD, math.ceil(max(len(known), len(word)) * ALIKE))
    return known == word or (min(len(known), len(word)) >= same and known[:same] == word[:same])
