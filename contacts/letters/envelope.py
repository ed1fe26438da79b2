"""The lines in the window of an envelope (pure)."""

from __future__ import annotations

import re
from typing import Final

MOST_LINES: Final = 6
LONGEST_LINE: Final = 50
"""The window is 85 mm wide; what is longer would run out of it."""
_POSTCODE: Final = re.compile(r"\b[1-9][0-9]{3} ?[A-Za-z]{2}\b")


def envelope(*, name: str, street: str, house_number: str, postcode: str, place: str) -> str:
    """The lines for a Dutch address; empty when there is not enough of it to bring a letter."""
    if not (name and postcode and house_number):
        return ""
    code = f"{postcode[:4]} {postcode[4:].strip()}" if len(postcode) >= 6 else postcode
    return "\n".join((name, f"{street} {house_number}".strip(), f"{code}  {place.upper()}".strip()))


def lines_of(text: str) -> tuple[str, ...]:
    """Without empty lines and spaces around."""
    return tuple(line.strip() for line in text.replace("\r\n", "\n").split("\n") if line.strip())


def is_complete(lines: tuple[str, ...]) -> bool:
    """A name, and where: a line with a Dutch postcode, or an address abroad of four lines."""
    has_postcode = any(_POSTCODE.search(line) for line in lines[1:])
    has_where = len(lines) >= 3 and any(any(sign.isdigit() for sign in line) for line in lines[1:])
    return has_where and (has_postcode or len(lines) >= 4)


def fits(lines: tuple[str, ...]) -> bool:
    """Whether it can be read through the window."""
    return len(lines) <= MOST_LINES and all(len(line) <= LONGEST_LINE for line in lines)
