"""When there is somebody to chat with: in the opening hours of the Servicecentrum."""

from __future__ import annotations

from datetime import datetime, timedelta

from organisation.snapshot import Organisation
from organisation.workdays import Calendar, local_day

DAYS = 14
BREAK = timedelta(hours=2)
"""Closed for so long at most, as over lunch, whoever waits is still helped today."""


def is_open(house: Organisation, at: datetime) -> bool:
    """Whether a visitor may begin now."""
    return house.municipality.has_chat and _rules(house).is_open(at)


def opens_at(house: Organisation, at: datetime) -> datetime | None:
    """When it opens again; None when that is not within two weeks, or when there is no chat."""
    return _next_opening(_rules(house), at) if house.municipality.has_chat else None


def closed_since(house: Organisation, at: datetime) -> datetime | None:
    """When everybody went home; None while somebody is there, or comes back from a break. Also when no new chat may begin."""
    rules, day = _rules(house), local_day(at)
    days = (day - timedelta(days=back) for back in range(DAYS))
    closed = max((closes for one in days for _opens, closes in rules.opening_times(one) if closes <= at), default=None)
    if closed is None or rules.is_open(at):
        return None
    opens = _next_opening(rules, at)
    return closed if opens is None or opens - closed > BREAK else None


def _rules(house: Organisation) -> Calendar:
    return house.calendar_of(house.front_office.pk).rules


def _next_opening(rules: Calendar, at: datetime) -> datetime | None:
    day = local_day(at)
    days = (day + timedelta(days=ahead) for ahead in range(DAYS))
    return next((opens for one in days for opens, _closes in rules.opening_times(one) if opens > at), None)
