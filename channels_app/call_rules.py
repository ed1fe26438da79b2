"""What holds for every call, however it came in: one notation of numbers, and whether we were open."""

from __future__ import annotations

from datetime import datetime

from channels_app.adapters.phone.cti import ANONYMOUS
from organisation.snapshot import Organisation
from organisation.workdays import AMSTERDAM


def is_open(house: Organisation, moment: datetime) -> bool:
    """Whether the Servicecentrum was open; a municipality without a calendar is taken to be."""
    team = next((team.id for team in house.teams.values() if team.is_front_office), None)
    try:
        calendar = house.calendar_of(team).rules
    except LookupError:
        return True
    local = moment.astimezone(AMSTERDAM)
    minute = local.hour * 60 + local.minute
    return any(opens <= minute < closes for opens, closes in calendar.intervals(local.date()))


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
