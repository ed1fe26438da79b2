"""Personal data in the words of a customer, masked before they are kept (pure). Names are not recognised: the page asks not to give any."""

from __future__ import annotations

import re

from channels_app.adapters.email.sensitive import is_bsn, masked

_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"']{1,64}@[^\s@<>()\[\],;:\"']{1,255}\.[a-z]{2,24}", re.I)
_POSTCODE = re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b(?:\s{0,3}\d{1,5}(?:\s?[a-z])?\b)?")
_POSTCODE_SMALL = re.compile(
    r"\b[1-9]\d{3}\s?(?!en\b|is\b|of\b|op\b|in\b|te\b|er\b|de\b|om\b)[a-z]{2}\b\s{0,3}\d{1,5}\b"
)
_NUMBER = re.compile(r"(?<![\w.,/])\+?\(?\d(?:[ .()/-]{0,2}\d){7,14}(?!\w)")
HIDDEN = "•••"
_REST = re.compile("(?<!•)•+[0-9A-Za-z]{2}")
"""From the first mark of a row only: ten thousand marks are looked at once, not from each of them again."""


def mask(text: str) -> str:
    """E-mail addresses, bank accounts, citizen service numbers, phone numbers and postcodes become `•••`."""
    text = _EMAIL.sub(HIDDEN, text)
    text = _REST.sub(HIDDEN, masked(text))
    text = _POSTCODE_SMALL.sub(HIDDEN, _POSTCODE.sub(HIDDEN, text))
    return _NUMBER.sub(lambda found: HIDDEN if _is_personal(found.group(0)) else found.group(0), text)


def _is_personal(number: str) -> bool:
    """Phone numbers and other long numbers; dates and amounts stay."""
    digits = re.sub(r"\D", "", number)
    if re.fullmatch(r"\d{1,2}[ ./-]\d{1,2}[ ./-]\d{4}", number):
        return False
    return is_bsn(digits) or len(digits) >= 8
