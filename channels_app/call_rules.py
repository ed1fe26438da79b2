"""What holds for every call, however it came in: one notation of numbers, and how it is counted."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from channels_app.adapters.phone.cti import ANONYMOUS
from organisation.snapshot import Organisation

OUTSIDE_HOURS: Final = "outside_hours"
TEST: Final = "test"


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
    if caller.strip().lower() in ANONYMOUS:
        return ""
    digits = "".join(letter for letter in caller if letter.isdigit())
    if caller.strip().startswith("+"):
        return f"+{digits}"[:40]
    if (
        len(digits) == 11 and digits.startswith("31") and caller.strip().isdecimal()
    ):  # so say exchanges without the plus
        return f"+{digits}"
    if digits.startswith("00"):
        return f"+{digits[2:]}"[:40]
    return f"+31{digits[1:]}" if digits.startswith("0") and len(digits) == 10 else caller[:40]
