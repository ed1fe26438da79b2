"""How names, numbers and addresses are written for finding (pure)."""

import re
import unicodedata
from functools import lru_cache

import phonenumbers

_SPACES = re.compile(r"\s+")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_POSTCODE = re.compile(r"^([1-9][0-9]{3})\s?([A-Za-z]{2})(?![A-Za-z])")
MAX_QUERY = 200


def plain(text: str) -> str:
    """Lower case without accents, control characters or double spaces; `ß` and friends stay."""
    if text.isascii() and text.isprintable():
        return _SPACES.sub(" ", text).strip().lower()
    decomposed = unicodedata.normalize("NFKD", text.replace("\x00", ""))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c) and (c.isprintable() or c.isspace()))
    return _SPACES.sub(" ", letters).strip().lower()


@lru_cache(maxsize=1024)
def phone(text: str) -> str:
    """A Dutch or international number as digits in E.164 without `+`; what cannot be a number as its digits."""
    try:
        number = phonenumbers.parse(text[:40], "NL")
    except phonenumbers.NumberParseException:
        return re.sub(r"\D", "", text[:40])
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)[1:]


@lru_cache(maxsize=1024)
def dialled(text: str) -> str:
    """As a telephone dials it, with the country; what fits no country (an extension) as its own digits."""
    digits = phone(text)
    try:
        is_possible = phonenumbers.is_possible_number(phonenumbers.parse(f"+{digits}", None))
    except phonenumbers.NumberParseException:
        is_possible = False
    return f"+{digits}" if is_possible else re.sub(r"\D", "", text[:40])


@lru_cache(maxsize=1024)
def mobile(text: str) -> str:
    """As `phone`, of a number to which a text message can go; empty for a landline, a short number or no number."""
    try:
        number = phonenumbers.parse(
            text[:40] if not text[:2].isdigit() or text.startswith("0") else f"+{text[:39]}", "NL"
        )
    except phonenumbers.NumberParseException:
        return ""
    digits = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)[1:]
    if re.fullmatch(r"316\d{8}", digits):  # every 06, also one that was given out yesterday
        return digits
    kinds = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) not in kinds:
        return ""
    return digits


@lru_cache(maxsize=1024)
def phone_words(digits: str) -> str:
    """How a person reads the number: national notation for Dutch numbers, else international."""
    try:
        number = phonenumbers.parse("+" + digits, None)
    except phonenumbers.NumberParseException:
        return digits
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, style.NATIONAL if number.country_code == 31 else style.INTERNATIONAL)


def email(text: str) -> str:
    """The address in lower case without spaces around it."""
    return text.strip().lower()


def postcode(text: str) -> str:
    """`1716 ka` → `1716KA`; anything else in upper case without spaces."""
    return re.sub(r"\s", "", text).upper()[:10]


def split_postcode(text: str) -> tuple[str, str] | None:
    """`1716 KA 41a` → (`1716KA`, `41a`); None when it does not begin with a postcode."""
    match = _POSTCODE.match(text.strip())
    if match is None:
        return None
    rest = text.strip()[match.end() :].strip(" ,")
    return (match.group(1) + match.group(2)).upper(), rest.lower()


def clean(text: str, limit: int) -> str:
    """Typed or received text as it is kept: no control characters but line breaks and tabs, no lone surrogates, at most `limit`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in text if c in "\n\t" or (unicodedata.category(c) not in ("Cc", "Cs")))
    return kept.strip()[:limit]


def clean_line(text: str, limit: int) -> str:
    """The same for one line: also without line breaks and without marks that turn the direction of writing."""
    kept = _DIRECTION.sub("", clean(text, limit * 4 + 1000))
    return _SPACES.sub(" ", kept).strip()[:limit]
