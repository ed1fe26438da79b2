"""What the hint on plain language shows: the level of a text, and what to do about it, in words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app import readability
from channels_app.readability import LEVELS, Finding, Reading

MOST_TIPS = 8
"""So many passages in the hint beside a reply."""
MOST_ON_PAGE = 100
LONGEST_NAME = 60
"""Characters of a sentence on the page, to know which one it is."""
_FIRST_WORDS = 40
"""Characters of a long sentence, to know which one it is."""


@dataclass(frozen=True)
class Tip:
    """One passage with the reason; `instead` can be taken over in its place."""

    words: str
    instead: str
    reason: str


@dataclass(frozen=True)
class Part:
    """A piece of the text on the page; `reason` is empty where nothing is wrong."""

    text: str
    reason: str = ""


@dataclass(frozen=True)
class SentenceTips:
    """One sentence of the text with what makes it hard."""

    name: str
    words: str
    """How it begins."""
    tips: tuple[Tip, ...]


@dataclass(frozen=True)
class PlainPage:
    reading: Reading
    tips: tuple[Tip, ...]
    more: int
    """Tips that are not shown."""
    parts: tuple[Part, ...] = ()
    sentences: tuple[SentenceTips, ...] = ()
    """The sentences that have tips, when the whole text is shown."""

    @property
    def steps(self) -> list[tuple[str, bool]]:
        return [(level, level == self.reading.level) for level in LEVELS]

    @property
    def verdict(self) -> str:
        if not self.reading.is_dutch:
            return _("This does not look like Dutch. We only know the level of Dutch texts.")
        words = {
            "": _("Write a little more and you see the level."),
            "A2": _("Very easy to read."),
            "B1": _("Easy to read."),
            "B2": _("Hard for many people."),
            "C1": _("Too hard for most people."),
        }
        return words[self.reading.level]

    @property
    def numbers(self) -> str:
        reading = self.reading
        sentences = ngettext("%(count)s sentence", "%(count)s sentences", reading.sentences)
        mean = f"{reading.words_per_sentence:.1f}".replace(".", ",")
        said = sentences % {"count": reading.sentences}
        return _("%(sentences)s of %(mean)s words on average") % {"sentences": said, "mean": mean}

    @property
    def on_average(self) -> str:
        """What to do about sentences that are long together."""
        if not self.reading.is_long_on_average:
            return ""
        return _("Your sentences are long on average. Aim for 10 words, and change long with short.")


def plain_page(text: str, *, whole: bool = False) -> PlainPage:
    """The hint about a text; `whole`: with more tips and the text itself in parts."""
    reading = readability.read(text)
    tips = list(_tips(text, reading))
    shown = tips[: MOST_ON_PAGE if whole else MOST_TIPS]
    if not whole:
        return PlainPage(reading, tuple(shown), len(tips) - len(shown))
    sentences, more = _by_sentence(text, reading)
    return PlainPage(reading, tuple(shown), more, tuple(_parts(text, reading)), sentences)


def reason_of(finding: Finding) -> str:
    if finding.idea:
        return _("official word, say: %(idea)s") % {"idea": finding.idea}
    reasons = {
        readability.OFFICIAL: _("official word"),
        readability.SHORT: _("abbreviation"),
        readability.SENTENCE: _("long sentence: %(count)s words") % {"count": finding.words},
        readability.PASSIVE: _("passive: say who does it"),
        readability.NOUNS: _("use a verb"),
        readability.CHAIN: _("nouns in a row: make two sentences"),
        readability.NEGATION: _("two times “not”: say it positively"),
        readability.WORD: _("long word"),
        readability.ADDRESS: _("you say u elsewhere"),
    }
    return reasons[finding.kind]


def _tips(text: str, reading: Reading) -> Iterator[Tip]:
    """What can be taken over first; the same passage once. A long sentence is known by its first words."""
    seen: set[tuple[str, str]] = set()
    for finding in sorted(reading.findings, key=lambda one: not one.instead):
        is_sentence = finding.kind == readability.SENTENCE
        words = _beginning(text[finding.start : finding.end]) if is_sentence else finding.words
        key = (finding.kind, words.lower())
        if key in seen:
            continue
        seen.add(key)
        yield Tip(words, finding.instead, reason_of(finding))


def _by_sentence(text: str, reading: Reading) -> tuple[tuple[SentenceTips, ...], int]:
    """The findings under the sentence they stand in, and how many are left out."""
    ends = [end for _start, end in reading.spans]
    found: dict[int, list[Tip]] = {}
    shown = 0
    for finding in reading.findings:
        if shown == MOST_ON_PAGE:
            break
        place = min(bisect_left(ends, finding.end), len(ends) - 1)
        words = "" if finding.kind == readability.SENTENCE else finding.words
        tip = Tip(words, finding.instead, reason_of(finding))
        if tip not in found.setdefault(place, []):
            found[place].append(tip)
            shown += 1
    left = len(reading.findings) - sum(map(len, found.values())) if shown == MOST_ON_PAGE else 0
    return tuple(_sentence_tips(text, reading.spans[place], place, tips) for place, tips in found.items()), left


def _sentence_tips(text: str, span: tuple[int, int], place: int, tips: list[Tip]) -> SentenceTips:
    words = " ".join(text[span[0] : span[1]].split())
    beginning = words if len(words) <= LONGEST_NAME else words[:LONGEST_NAME].rsplit(" ", 1)[0] + " …"
    return SentenceTips(_("Sentence %(number)s") % {"number": place + 1}, beginning, tuple(tips))


def _beginning(sentence: str) -> str:
    return " ".join(sentence[:_FIRST_WORDS].split()[:-1]) + " …"


def _parts(text: str, reading: Reading) -> Iterator[Part]:
    """The text with its passages marked; a passage within another one is told by the outer one, but a word goes before its sentence."""
    at = 0
    small = [one for one in reading.findings if one.kind != readability.SENTENCE]
    for finding in small:
        if finding.start < at:
            continue
        yield Part(text[at : finding.start])
        said = f"{reason_of(finding)}: {finding.instead}" if finding.instead else reason_of(finding)
        yield Part(text[finding.start : finding.end], said)
        at = finding.end
    yield Part(text[at:])
