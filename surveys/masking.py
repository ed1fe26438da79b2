"""Personal data in the words of a customer, masked before they are kept (pure).

Names are an estimate: found behind a form of address or at the end of a letter, and when they are of an employee or of this customer. Whoever
reads the words is told so; the page asks not to give names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from channels_app.adapters.email.sensitive import is_bsn, masked

_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"']{1,64}@[^\s@<>()\[\],;:\"']{1,255}\.[a-z]{2,24}", re.I)
_POSTCODE = re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b(?:\s{0,3}\d{1,5}(?:\s?[a-z])?\b)?")
_POSTCODE_SMALL = re.compile(
    r"\b[1-9]\d{3}\s?(?!en\b|is\b|of\b|op\b|in\b|te\b|er\b|de\b|om\b)[a-z]{2}\b\s{0,3}\d{1,5}\b"
)
_STREET = re.compile(
    r"\b(?!(?i:onderweg|halverweg|fietspad|voetpad|snelweg)\b)(?:[A-ZÀ-Þ][\w’'-]{2,30}"
    r"(?:straat|laan|weg|plein|hof|dijk|kade|singel|gracht|pad|steeg|dreef|plantsoen|park|meent|burg)"
    r"|[a-zà-ÿ]{3,30}(?:straat|laan|singel|gracht|steeg|dreef))\s{1,2}\d{1,5}(?:\s?[a-zA-Z])?\b(?!\s(?i:uur|keer|minuten|dagen|euro)\b)"
)
"""A street with a number of a house; without a number it is a place, and says nothing of a person."""
_PLATE = re.compile(
    r"(?<![\w-])(?:[a-z]{2}-\d\d-\d\d|\d\d-\d\d-[a-z]{2}|\d\d-[a-z]{2}-\d\d|[a-z]{2}-\d\d-[a-z]{2}|[a-z]{2}-[a-z]{2}-\d\d"
    r"|\d\d-[a-z]{2}-[a-z]{2}|\d\d-[a-z]{3}-\d|\d-[a-z]{3}-\d\d|[a-z]{2}-\d{3}-[a-z]|[a-z]-\d{3}-[a-z]{2}|[a-z]{3}-\d\d-[a-z]"
    r"|[a-z]-\d\d-[a-z]{3}|\d-[a-z]{2}-\d{3}|\d{3}-[a-z]{2}-\d)(?![\w-])",
    re.I,
)
_BORN = re.compile(
    r"\b(\d{1,2}[-/. ]\d{1,2}[-/. ]19\d\d|(?<=geboren )(?:op )?\d{1,2}[-/. ](?:\d{1,2}|[a-z]{3,9})[-/. ]\d{4})\b", re.I
)
_NUMBER = re.compile(r"(?<![\w.,/])\+?\(?\d(?:[ .()/-]{0,2}\d){7,14}(?!\w)")
HIDDEN = "•••"
_REST = re.compile("(?<!•)•+[0-9A-Za-z]{2}")
"""From the first mark of a row only: ten thousand marks are looked at once, not from each of them again."""


_BETWEEN = r"(?:(?:[Vv]an|[Dd]e|[Dd]er|[Dd]en|[Hh]et|'t|[Tt]en|[Tt]er|[Tt]e|[Ee]l|[Aa]l|[Ll]a|[Vv]on|[Oo]p)\s+){0,3}"
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'-]{0,40}"
_NAME = rf"(?:[A-Z]\.\s?){{0,5}}{_BETWEEN}{_CAPITAL}(?:\s+{_BETWEEN}{_CAPITAL}){{0,2}}"
_ADDRESSED = re.compile(
    r"\b((?i:de\s+heer|heer|mevrouw|mevr|mw|meneer|mijnheer|dhr|hr|juffrouw|familie|fam|collega|medewerker|medewerkster"
    r"|mijn\s+(?:man|vrouw|zoon|dochter|moeder|vader|partner|broer|zus|buurman|buurvrouw)"
    r"|ik\s+heet|mijn\s+naam\s+is|naam:|my\s+name\s+is|mr|mrs|ms|miss)\b\.?:?\s{1,3})" + _NAME
)
_I_AM = re.compile(rf"\b([Ii]k\s+ben\s{{1,3}}){_CAPITAL}(?:\s+{_BETWEEN}{_CAPITAL}){{1,2}}")
"""Two words with a capital: `ik ben Nederlander` says no name."""
_SIGNED = re.compile(
    r"\b((?i:groet|groeten|groetjes|hoogachtend|gr|mvg|regards)\b[.,!]{0,2}\s{1,4})" + _NAME + r"(?=[\s.!]*$)"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+){0,4}")
_SMALL = frozenset("van de der den het t ten ter te el al la von op dhr mevr mevrouw heer".split())  # noqa: SIM905 - to be read
_LEADS = frozenset(
    "door met van aan bij collega medewerker medewerkster heet mevrouw meneer mevr mw dhr heer by from with".split()  # noqa: SIM905
)
"""Before a known name it is one in small letters too: `geholpen door fatima`."""


def mask(text: str, names: Iterable[str] = ()) -> str:
    """E-mail addresses, bank accounts, numbers of citizens, phones, cars and houses, postcodes, days of birth and names become `•••`."""
    text = _EMAIL.sub(HIDDEN, text)
    text = _REST.sub(HIDDEN, masked(text))
    for pattern in (_POSTCODE, _POSTCODE_SMALL, _STREET, _PLATE, _BORN):
        text = pattern.sub(HIDDEN, text)
    text = _NUMBER.sub(lambda found: HIDDEN if _is_personal(found.group(0)) else found.group(0), text)
    text = _I_AM.sub(rf"\1{HIDDEN}", text)
    return _without(_SIGNED.sub(rf"\1{HIDDEN}", _ADDRESSED.sub(rf"\1{HIDDEN}", text)), names)


def _without(text: str, names: Iterable[str]) -> str:
    """Known names: in full however they are written, one part of it with a capital or behind a word like `door`."""
    whole: dict[str, list[tuple[str, ...]]] = {}
    parts: set[str] = set()
    for name in names:
        words = tuple(found.group(0).lower() for found in _WORD.finditer(name))
        if len(words) > 1:
            whole.setdefault(words[0], []).append(words)
        parts |= {word for word in words if len(word) > 2 and word not in _SMALL}
    if not parts:
        return text
    found = list(_WORD.finditer(text))
    small = [one.group(0).lower() for one in found]
    done, at, place = [], 0, 0
    while place < len(found):
        length = max(
            (len(words) for words in whole.get(small[place], ()) if tuple(small[place : place + len(words)]) == words),
            default=0,
        )
        if not length and small[place] in parts:
            length = int(found[place].group(0)[0].isupper() or (place > 0 and small[place - 1] in _LEADS))
        if length:
            done += [text[at : found[place].start()], HIDDEN]
            at = found[place + length - 1].end()
        place += length or 1
    return "".join([*done, text[at:]])


def _is_personal(number: str) -> bool:
    """Phone numbers and other long numbers; dates and amounts stay."""
    digits = re.sub(r"\D", "", number)
    if re.fullmatch(r"\d{1,2}[ ./-]\d{1,2}[ ./-]\d{4}", number):
        return False
    return is_bsn(digits) or len(digits) >= 8
