"""What somebody typed to find a customer: a number, an e-mail address, a postcode, a question or a name (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from contacts import normalize

Kind = Literal["nothing", "number", "phone", "email", "postcode", "name"]

_NUMBER = re.compile(r"^(?:([A-Za-z]{2,6})[-\s]?)?(20[0-9]{2})-([0-9]{1,9})$")
_SHORT_NUMBER = re.compile(r"^#\s?([0-9]{1,9})$")
_PHONE = re.compile(r"^\+?[0-9(][0-9()\-\s./]{4,30}$")


@dataclass(frozen=True)
class Typed:
    """`value` is the form to search by; `rest` a house number (postcode) or nothing."""

    kind: Kind
    value: str = ""
    rest: str = ""


def recognise(text: str, prefix: str, year: int) -> Typed:
    """Never fails: what is none of the others is a name."""
    typed = normalize.clean_line(text, normalize.MAX_QUERY)
    if not typed:
        return Typed("nothing")
    number = _NUMBER.match(typed)
    if number:  # also with the letters of before: numbers that were given out stay as they are
        letters = number.group(1) or prefix
        return Typed("number", f"{letters.upper()}-{number.group(2)}-{int(number.group(3)):06d}")
    short = _SHORT_NUMBER.match(typed)
    if short:
        return Typed("number", f"{prefix.upper()}-{year}-{int(short.group(1)):06d}")
    if "@" in typed and " " not in typed:
        return Typed("email", normalize.email(typed).lstrip("@"))
    place = normalize.split_postcode(typed)
    if place is not None:
        return Typed("postcode", place[0], place[1])
    if _PHONE.match(typed) and sum(c.isdigit() for c in typed) >= 6:
        return Typed("phone", _digits(typed))
    return Typed("name", normalize.plain(typed))


def _digits(typed: str) -> str:
    """E.164 digits, also of a number that is not finished yet: `0226 35` → `3122635`."""
    digits = re.sub(r"\D", "", typed.replace("(0)", ""))
    if typed.lstrip("(").startswith("+"):
        return digits
    if digits.startswith("00"):
        return digits[2:]
    if digits.startswith("0"):
        return "31" + digits[1:]
    return digits
