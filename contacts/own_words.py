"""What a person wrote in a message himself: without greeting, closing, quoted text and the sentences of a template (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

_FIELD: Final = re.compile(r"\{[a-z]+\}|\[[^\]\n]{1,60}\]")
"""A field that is filled in, and a place that the writer fills in by hand."""
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+")
_GREETING: Final = re.compile(
    r"(?:beste|geachte|dag|hallo|hoi|goede(?:morgen|middag|navond|dag)|dear|l\.s\.)(?:\s+\S+){0,9}[,.!]?", re.IGNORECASE
)
_CLOSING: Final = re.compile(
    r"(?:(?:met\s+)?(?:vriendelijke|hartelijke)\s+groet(?:en)?|hoogachtend|groet(?:en|jes)?|mvg|(?:kind|best)\s+regards)[,.!]?",
    re.IGNORECASE,
)
_QUOTE: Final = re.compile(
    r"-{2,}\s*(?:oorspronkelijk|original|doorgestuurd|forwarded)\b.*|(?:op|on)\s.{6,160}\b(?:schreef|wrote)\b.{0,120}:\s*",
    re.IGNORECASE,
)
_HEADER: Final = re.compile(r"(?:van|from):\s.*@.*", re.IGNORECASE)
LONGEST_FIELD: Final = 200
"""So many characters a filled-in field may have and still be a field."""


@dataclass(frozen=True)
class KnownText:
    """The sentences of templates: those without fields as they stand, the others as their pieces around the fields."""

    whole: frozenset[str]
    pieces: tuple[tuple[str, ...], ...]

    def has(self, sentence: str) -> bool:
        """Whether this sentence comes from a template."""
        bare = _bare(sentence)
        return bare in self.whole or any(_fits(bare, parts) for parts in self.pieces)


def known_text(bodies: Iterable[str]) -> KnownText:
    """The sentences of these templates. A sentence that is nothing but a field is no template: everything would be."""
    whole: set[str] = set()
    pieces: set[tuple[str, ...]] = set()
    for body in bodies:
        for sentence in _sentences(body):
            parts = tuple(_FIELD.split(_bare(sentence)))
            if len(parts) == 1:
                whole.add(parts[0])
            elif len("".join(parts).split()) >= 3:
                pieces.add(parts)
    return KnownText(frozenset(whole), tuple(sorted(pieces)))


NOTHING: Final = known_text(())


def own_words(text: str, known: KnownText = NOTHING) -> str:
    """The text without what the writer did not make up for this message; empty when nothing is left."""
    kept = []
    for line in _lines(text):
        own = [sentence for sentence in _SENTENCE.split(line) if sentence.strip() and not known.has(sentence)]
        kept.append(" ".join(own))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _lines(text: str) -> Iterator[str]:
    """The lines between the greeting and the closing, up to what is quoted."""
    is_first = True
    for line in text.replace("\r\n", "\n").split("\n"):
        bare = line.strip()
        if _QUOTE.fullmatch(bare[:400]) or _HEADER.fullmatch(bare[:400]) or _CLOSING.fullmatch(bare[:60]):
            return
        if bare.startswith(">"):
            continue
        if is_first and bare:
            is_first = False
            if len(bare) <= 120 and _GREETING.fullmatch(bare):
                continue
        yield line.rstrip()


def _sentences(text: str) -> Iterator[str]:
    for line in text.replace("\r\n", "\n").split("\n"):
        yield from (sentence for sentence in _SENTENCE.split(line) if sentence.strip())


def _bare(sentence: str) -> str:
    return " ".join(sentence.split()).casefold()


def _fits(sentence: str, parts: tuple[str, ...]) -> bool:
    """Whether the sentence is these pieces with something short between each two; each piece is looked for once."""
    if not sentence.startswith(parts[0]) or not sentence.endswith(parts[-1]):
        return False
    at, end = len(parts[0]), len(sentence) - len(parts[-1])
    for part in parts[1:-1]:
        found = sentence.find(part, at, end)
        if found < 0 or found - at > LONGEST_FIELD:
            return False
        at = found + len(part)
    return 0 <= end - at <= LONGEST_FIELD
