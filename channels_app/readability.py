"""How hard a Dutch text is to read: an estimate of its level (A2 to C1) and what makes it hard, passage by passage (pure).

It is an estimate and says so: it counts sentences, syllables and words that people seldom use; it does not understand the text. The
score is Flesch's reading ease with Douma's figures for Dutch, less what official language adds to the effort:

    206.84 - 77 x syllables per word - 0.93 x words per sentence
           - 1.5 x official words and abbreviations per 100 words - 0.1 x percent of passive sentences

Docs: docs/plain-language.md, with how often it agrees with texts of a known level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from channels_app.passive import APART, passive
from channels_app.plain_words import ABBREVIATIONS, COMMON, GENDER, IDEAS, KNOWN, LONGEST, LOOSE, PLAIN

VERSION: Final = 3
"""Goes up when the same text can get another level; kept with every level (docs/plain-language.md)."""
LEVELS: Final = ("A2", "B1", "B2", "C1")
AT_LEAST: Final = (99.0, 68.0, 22.0)
"""The score from which a text is A2, B1, B2; below the last it is C1."""
FEWEST_WORDS: Final = 12
"""Of fewer words no level is told."""
LONGEST_TEXT: Final = 50_000
"""Characters; what lies behind is not read."""
LONG_SENTENCE: Final = 20
LONG_ON_AVERAGE: Final = 12
"""Words per sentence above which a text is tiring, although no sentence has to be long."""
LONG_WORD: Final = 6
"""Syllables."""

OFFICIAL: Final = "official"
SHORT: Final = "short"
SENTENCE: Final = "sentence"
PASSIVE: Final = "passive"
NOUNS: Final = "nouns"
CHAIN: Final = "chain"
NEGATION: Final = "negation"
WORD: Final = "word"
ADDRESS: Final = "address"

FEWEST_COMMON: Final = 0.08
"""Under this share of the commonest Dutch words a text is in another language, and has no level."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHORT: Final = re.compile(
    r"(?<![^\W\d_.])(?:"
    + "|".join(re.escape(one) for one in sorted(ABBREVIATIONS, key=len, reverse=True))
    + r")(?!\w)",
    re.IGNORECASE,
)
_END: Final = re.compile(r"[.!?…:]+[\"'”’)\]]*(?=\s|$)|\n\s*\n|\n(?=\s*(?:[-•*·]|\d+[.)]))|(?<=,)\n|\n(?=[A-Z])")
_SOUND: Final = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|au|ou|[aeiouyäëïöüáéíóúàèâêô]")
_MY_SELF: Final = frozenset(["je", "jij", "jou", "jouw", "jullie"])
_YOU: Final = frozenset(["u", "uw"])
_NOUN_STYLE: Final = re.compile(
    r"\bhet\s+(?!(?:eten|leven|teken|water|weten|examen|wapen|kussen|laken|oosten|westen|noorden|zuiden|midden|verleden|inkomen|vermogen|vertrouwen|overlijden|wezen)\b)"
    r"[^\W\d_]{4,}en\s+van\b"
    r"|\b(?:de|ter|tot|bij|na|door|voor)\s+"
    r"(?!(?:afdeling|woning|vergunning|rekening|regeling|verdieping|mening|leerling|omgeving|vereniging|tekening|verordening"
    r"|zitting|opleiding|uitkering|begroting|verzekering|instelling|stichting|richting|dagtekening|organisatie|informatie"
    r"|situatie|locatie|relatie|generatie|koning|spanning|toestemming|verklaring|beslissing|belasting|bestemming|leiding|opening"
    r"|bevolking|woningbouwvereniging|storing|ervaring|bedoeling|zending|dekking|kleding|oefening|handleiding|administratie|combinatie|documentatie)\b)"
    r"[^\W\d_]{3,}(?:ing|atie|neming)\s+van\s+(?:de|het|een|uw|onze|deze|dit)\b",
    re.IGNORECASE,
)
_CHAIN: Final = re.compile(
    r"\b(?!(?:een|één|niet|alles|iets|ik|u|hij|zij|wij|we|ze|er|dat|dit)\b)[^\W\d_]+\s+van\s+(?!(?:ons|u|mij|hem|haar|hen|wie|burgemeester)\b)"
    r"(?:(?:de|het|een|uw|onze|deze|dit)\s+)?(?:(?!(?:de|het|een|uw|onze|deze|dit|en|of|is|zijn|was|wordt|worden|komt|komen)\b)[^\W\d_]+\s+){1,2}"
    r"van\s+"
    r"(?:(?:de|het|een|uw|onze)\s+)?[^\W\d_]+",
    re.IGNORECASE,
)
"""Twice or more `van` in a row: `de kosten van de behandeling van uw aanvraag`."""
_MUST: Final = {"dient": "moet", "dienen": "moeten", "diende": "moest", "dienden": "moesten", "gelieve": "wilt u"}
_TO_DO: Final = re.compile(
    rf"\b({'|'.join(_MUST)})\s+((?:(?!(?:te|tot|als|om)\b)[\w€-]+\s+){{0,8}}?)({APART}\s+)?te\s+([^\W\d_]+n)\b",
    re.IGNORECASE,
)
_SITE: Final = re.compile(r"\.[a-z]{2}")
_ENDS: Final = re.compile(r"[,;:()–-]")
"""A clause ends here."""
_NOT: Final = r"(?:niet|geen|nooit|niets|niemand|nergens|evenmin|nimmer)"
_UN: Final = (
    r"(?:zonder|on(?:eens|mogelijk|nodig|voldoende|redelijk|aannemelijk|belangrijk|gebruikelijk|waarschijnlijk|terecht|juist"
    r"|bekend|aanzienlijk|denkbaar|wenselijk|gegrond|evenredig|rechtmatig)e?)"
)
_TWICE_NOT: Final = re.compile(
    rf"\b{_NOT}\s+(?:(?!(?:en|of|maar|want|omdat)\b)[^\W\d_]+\s+){{0,3}}(?:{_NOT}|{_UN})\b", re.IGNORECASE
)
"""A negation that takes back another: `niet onmogelijk`, `niet zonder vergunning`."""


@dataclass(frozen=True)
class Finding:
    """One passage that costs effort: `kind`, its place (`start` up to `end`), its words, and what could stand there instead."""

    kind: str
    start: int
    end: int
    words: str
    instead: str = ""
    """Fits in its place."""
    idea: str = ""
    """What to say where the sentence has to be changed for it."""


@dataclass(frozen=True)
class Reading:
    """What was found in a text; `level` is empty when there is too little of it."""

    level: str
    score: float
    words: int
    sentences: int
    findings: tuple[Finding, ...]
    spans: tuple[tuple[int, int], ...] = ()
    """Where each sentence begins and ends."""
    is_dutch: bool = True

    @property
    def words_per_sentence(self) -> float:
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def is_plain(self) -> bool:
        """B1 or easier."""
        return self.level in ("A2", "B1")

    @property
    def is_long_on_average(self) -> bool:
        return self.words >= FEWEST_WORDS and self.words_per_sentence > LONG_ON_AVERAGE


def read(text: str) -> Reading:
    """The level and the findings of a text, in the order of the text."""
    text = text[:LONGEST_TEXT]
    shorts = [Finding(SHORT, *m.span(), m[0], ABBREVIATIONS[m[0].lower()]) for m in _SHORT.finditer(text)]
    whole = _without_dots(text, shorts)
    count = sounds = in_passive = common = 0
    spans: list[tuple[int, int]] = []
    findings: list[Finding] = list(shorts)
    for start, end in _sentences(whole):
        words = list(_WORD.finditer(whole, start, end))
        if not words:
            continue
        spans.append((words[0].start(), words[-1].end()))
        count += len(words)
        lower = [word[0].lower() for word in words]
        parts = [syllables(one) for one in lower]
        sounds += sum(parts)
        common += sum(one in COMMON for one in lower)
        findings += _official(text, words, lower)
        findings += _long_words(text, words, parts)
        if len(words) > LONG_SENTENCE:
            findings.append(Finding(SENTENCE, words[0].start(), words[-1].end(), str(len(words))))
        if place := _passive(words, lower):
            in_passive += 1
            findings.append(place)
    for kind, pattern in ((NOUNS, _NOUN_STYLE), (CHAIN, _CHAIN), (NEGATION, _TWICE_NOT)):
        findings += [Finding(kind, *m.span(), m[0]) for m in pattern.finditer(whole)]
    findings += _must(whole)
    findings += _two_ways(text)
    official = sum(one.kind in (OFFICIAL, SHORT) for one in findings)
    score = _score(count, len(spans), sounds, official, in_passive)
    ordered = tuple(sorted(findings, key=lambda one: (one.start, one.end)))
    is_dutch = count < FEWEST_WORDS or common >= FEWEST_COMMON * count
    level = _level(score) if count >= FEWEST_WORDS and is_dutch else ""
    return Reading(level, score, count, len(spans), ordered, tuple(spans), is_dutch)


@lru_cache(maxsize=4096)
def syllables(word: str) -> int:
    """The vowel sounds of a Dutch word; at least one."""
    return max(1, len(_SOUND.findall(word)))


def _score(words: int, sentences: int, sounds: int, official: int, in_passive: int) -> float:
    if not words:
        return 0.0
    ease = 206.84 - 77 * sounds / words - 0.93 * words / sentences
    return ease - 1.5 * 100 * official / words - 0.1 * 100 * in_passive / sentences


def _level(score: float) -> str:
    return next((level for level, least in zip(LEVELS, AT_LEAST, strict=False) if score >= least), LEVELS[-1])


def _without_dots(text: str, shorts: list[Finding]) -> str:
    """The text with the dots of abbreviations taken out, so that they end no sentence; as long as it was."""
    parts, at = [], 0
    for one in shorts:
        parts += [text[at : one.start], text[one.start : one.end].replace(".", " ").replace("/", " ")]
        at = one.end
    return "".join([*parts, text[at:]])


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _END.finditer(text):
        yield start, end.start()
        start = end.end()
    yield start, len(text)


def _long_words(text: str, words: list[re.Match[str]], parts: list[int]) -> list[Finding]:
    """Not names (a capital within the sentence, an address of a website), nor what everybody knows or has no other word for."""
    return [
        Finding(WORD, *word.span(), word[0])
        for place, (word, sounds) in enumerate(zip(words, parts, strict=True))
        if sounds >= LONG_WORD
        and not (place and word[0][0].isupper())
        and word[0].lower() not in KNOWN
        and not _SITE.match(text, word.end())
    ]


def _official(text: str, words: list[re.Match[str]], lower: list[str]) -> Iterator[Finding]:
    """The longest official phrase at each place; phrases do not overlap."""
    at = 0
    while at < len(lower):
        for size in range(min(LONGEST.get(lower[at], 0), len(lower) - at), 0, -1):
            key = tuple(lower[at : at + size])
            plain, idea = PLAIN.get(key, ""), IDEAS.get(key, "")
            if (plain or idea) and (at or key != ("dan", "wel")):  # `Dan wel.` is a yes
                start, end = words[at].start(), words[at + size - 1].end()
                if key in LOOSE:
                    loose, verb = LOOSE[key]
                    if at and lower[at - 1] == "te":
                        start, plain = words[at - 1].start(), f"{loose} te {verb}"
                    elif (
                        at + 1 < len(lower)
                        and lower[at + 1] not in ("en", "of")
                        and not _ENDS.search(text, end, words[at + 1].start())
                    ):
                        plain, idea = "", f"{verb} … {loose}"  # `wij retourneren het`: `wij sturen het terug`
                if plain and key in GENDER and at and lower[at - 1].endswith("e") and len(lower[at - 1]) > 3:
                    plain, idea = "", plain  # `een nieuwe beschikking`, but `een nieuw besluit`
                yield Finding(OFFICIAL, start, end, text[start:end], plain and _as_written(plain, words[at][0]), idea)
                at += size
                break
        else:
            at += 1


def _as_written(plain: str, first: str) -> str:
    return plain[0].upper() + plain[1:] if first[0].isupper() else plain


def _must(text: str) -> Iterator[Finding]:
    """`U dient uw pas mee te nemen`: `U moet uw pas meenemen`."""
    for found in _TO_DO.finditer(text):
        verb, between, loose, do = found[1], found[2], found[3] or "", found[4]
        if not (between or loose) or do.lower() == "weten":  # `dient te` stands in the list; `te weten` is `namely`
            continue
        must = _as_written(_MUST[verb.lower()], verb)
        instead = " ".join([must, *between.split(), loose.strip() + do])
        yield Finding(OFFICIAL, *found.span(), " ".join(found[0].split()), instead)


def _passive(words: list[re.Match[str]], lower: list[str]) -> Finding | None:
    found = passive(lower)
    if found is None:
        return None
    become, done = found
    first, last = words[min(found)], words[max(found)]
    return Finding(PASSIVE, first.start(), last.end(), f"{words[become][0]} … {words[done][0]}")


def _two_ways(text: str) -> list[Finding]:
    """`je` in a text that says `u`: one of both."""
    words = [(match, match[0].lower()) for match in _WORD.finditer(text)]
    if not any(small in _YOU for _match, small in words):
        return []
    return [Finding(ADDRESS, *match.span(), match[0]) for match, small in words if small in _MY_SELF]
