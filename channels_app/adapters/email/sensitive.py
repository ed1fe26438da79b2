"""Citizen service numbers and bank accounts in running text: noticed, and masked where many people look (pure; case 66)."""

from __future__ import annotations

import re

_BSN = re.compile(r"(?<![\d.,+/-])(\d{3}[ .]?\d{3}[ .]?\d{3}|\d{4}[ .]\d{2}[ .]\d{3}|\d{9})(?![\d/-])")
_IBAN = re.compile(r"\b([A-Z]{2}\d{2}[ ]?(?:[A-Z0-9]{4}[ ]?){2,7}[A-Z0-9]{0,4})\b", re.I)
MAX_TEXT = 200_000


def is_bsn(digits: str) -> bool:
    """The eleven test of the Dutch citizen service number."""
    if len(digits) != 9 or digits == "000000000":
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
    return total % 11 == 0


def is_iban(text: str) -> bool:
    """The 97 test of a bank account number."""
    plain = text.replace(" ", "").upper()
    if not 15 <= len(plain) <= 34 or not plain.isalnum() or not plain.isascii():
        return False
    if plain.startswith("NL") and len(plain) != 18:
        return False
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


def noticed(text: str) -> tuple[str, ...]:
    """`bsn` and `iban` when such a number stands in the text."""
    short = text[:MAX_TEXT]
    codes = []
    if any(is_bsn(re.sub(r"\D", "", match.group(1))) for match in _BSN.finditer(short)):
        codes.append("bsn")
    if any(is_iban(match.group(1)) for match in _IBAN.finditer(short)):
        codes.append("iban")
    return tuple(codes)


def masked(text: str) -> str:
    """The text with such numbers as `•••••••82`: the last two signs stay, so that people can tell them apart."""
    text = _BSN.sub(lambda m: _mask(m.group(0)) if is_bsn(re.sub(r"\D", "", m.group(1))) else m.group(0), text)
    return _IBAN.sub(lambda m: _mask(m.group(0)) if is_iban(m.group(1)) else m.group(0), text)


def _mask(number: str) -> str:
    return "•" * (len(number) - 2) + number[-2:]
