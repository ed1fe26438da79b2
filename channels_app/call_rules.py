"""What holds for every call, however it came in: one notation of numbers, and how it is counted."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from channels_app.adapters.phone.cti import ANONYMOUS
from organisation.snapshot import Organisation

OUTSIDE_HOURS: Final = "outside_hours"
TEST: Final = "test"
_ADDRESS: Final = re.compile(r"\s*[<'\"]*(?:(?:sips?|tel):)?([^@;>]*)", re.IGNORECASE)
"""A number may stand as it does in an address: `<sip:+31612345678@exchange>`, `tel:+31612345678;ext=1`."""


def outcome_of(house: Organisation, told: str, entered: datetime) -> str:
    """The one outcome that a call is counted by. When we were closed that weighs most, also of a call that was picked up all the same."""
    return OUTSIDE_HOURS if told != TEST and not _is_open(house, entered) else told


def _is_open(house: Organisation, moment: datetime) -> bool:
    """Whether the Servicecentrum was; a municipality without a calendar is taken to be."""
    team = next((team.id for team in house.teams.values() if team.is_front_office), None)
    try:
        return house.calendar_of(team).rules.is_open(moment)
    except LookupError:
        return True


def e164(caller: str) -> str:
    """A Dutch number in one notation; anything else as given. Empty for a word that says that it is withheld."""
    found = _ADDRESS.match(caller)
    said = "".join(letter for letter in found[1] if letter.isprintable()).strip() if found else ""
    if said.lower() in ANONYMOUS or not caller.strip():
        return ""
    abroad = said.startswith(("+", "00"))
    digits = "".join(str(int(letter)) for letter in (said.replace("(0)", "") if abroad else said) if letter.isdecimal())
    if abroad and (whole := digits if said.startswith("+") else digits[2:]):
        return f"+{whole if len(whole) != 12 else re.sub('^310', '31', whole)}"[:40]
    if len(digits) == 11 and digits.startswith("31") and said.isdecimal():  # so say exchanges without the plus
        return f"+{digits}"
    return f"+31{digits[1:]}" if digits.startswith("0") and len(digits) == 10 else caller.strip()[:40]
