"""Which rule brings a question to a team: the first that fits decides (pure)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

MAX_TEXT = 10_000
_WORD = re.compile(r"\w+", re.UNICODE)


@dataclass(frozen=True)
class Rule:
    """Every condition that is filled in must fit; None or empty means: any."""

    order: int
    id: int
    name: str
    channel: str | None
    mailbox: int | None
    subject_ids: frozenset[int] | None
    words: tuple[str, ...]
    question_kind: str | None
    customer_kind: str | None
    team_id: int
    is_confidential: bool = False
    confidential_for: tuple[int, ...] = ()
    """Who sees the question; nobody named: the leads of the team."""


@dataclass(frozen=True)
class Facts:
    """What is known of a question when it is routed."""

    channel: str
    subject_id: int | None = None
    text: str = ""
    kind: str = "question"
    customer_kind: str | None = None
    mailbox: int | None = None


@dataclass(frozen=True)
class Outcome:
    """The rule that decided (None: no rule fits), the word that fitted, and the rules that could not be judged."""

    rule: Rule | None
    word: str | None
    failed: tuple[tuple[Rule, str], ...]
    passed_over: tuple[Rule, ...]


def first_match(rules: Sequence[Rule], facts: Facts) -> Outcome:
    """Tries the rules in their order; a rule that fails is skipped and reported, never stops the next."""
    failed: list[tuple[Rule, str]] = []
    passed: list[Rule] = []
    spaced = " " + _words(facts.text[:MAX_TEXT])
    for rule in sorted(rules, key=lambda rule: (rule.order, rule.id)):
        try:
            fits, word = _fits(rule, facts, spaced)
        except Exception as error:  # a rule is data: whatever is wrong with it, the next rule must be tried
            failed.append((rule, f"{type(error).__name__}: {error}"[:300]))
            continue
        if fits:
            return Outcome(rule, word, tuple(failed), tuple(passed))
        passed.append(rule)
    return Outcome(None, None, tuple(failed), tuple(passed))


def _fits(rule: Rule, facts: Facts, spaced: str) -> tuple[bool, str | None]:
    if rule.channel and rule.channel != facts.channel:
        return False, None
    if rule.mailbox and rule.mailbox != facts.mailbox:
        return False, None
    if rule.subject_ids is not None and facts.subject_id not in rule.subject_ids:
        return False, None
    if rule.question_kind and rule.question_kind != facts.kind:
        return False, None
    if rule.customer_kind and rule.customer_kind != facts.customer_kind:
        return False, None
    if not rule.words:
        return True, None
    word = found_word(spaced, rule.words)
    return word is not None, word


def found_word(spaced: str, words: Iterable[str]) -> str | None:
    """The first of these words (or groups of words) that begins a word of the text; `spaced`: its words, a space before each."""
    for word in words:
        wanted = _wanted(word)
        if wanted and " " + wanted in spaced:
            return word
    return None


@lru_cache(maxsize=4096)
def _wanted(word: str) -> str:
    """Rules are asked about every text that comes in, and change now and then."""
    return _words(word)


def _words(text: str) -> str:
    """The words without accents, capitals and marks, one space between them."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
    return " ".join(_WORD.findall(plain))
