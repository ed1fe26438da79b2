"""When there is somebody to chat with: in the opening hours of the Servicecentrum."""

from __future__ import annotations

from datetime import datetime, timedelta

from organisation.snapshot import Organisation
from organisation.workdays import local_day

DAYS = 14


def is_open(house: Organisation, at: datetime) -> bool:
    """Whether a visitor may begin now."""
    return house.municipality.has_chat and house.calendar_of(house.front_office.pk).rules.is_open(at)


def opens_at(house: Organisation, at: datetime) -> datetime | None:
    """When it opens again; None when that is not within two weeks, or when there is no chat."""
    if not house.municipality.has_chat:
        return None
    day = local_day(at)
    rules = house.calendar_of(house.front_office.pk).rules
    for ahead in range(DAYS):
        for opens, _closes in rules.opening_times(day + timedelta(days=ahead)):
            if opens > at:
                return opens
    return None
