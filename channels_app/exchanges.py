"""Which telephone exchanges tell us of calls, and when each of them (and the public form) was last heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from organisation.models import Heartbeat
from organisation.snapshot import Organisation

SOURCE: Final = "telefonie:"
"""Begins the name of every exchange; an API client of its own behind it."""
FORM: Final = "formulier"
CHAT: Final = "chat"
STREET: Final = "snel"
"""Reports from phones of employees."""
APPS: Final = "open311:"
"""Begins the name of every app; an API client of its own behind it."""
EVERY: Final = timedelta(minutes=1)
SILENT: Final = timedelta(hours=2)
"""Of opening time: a quiet afternoon is no alarm, a dead line is."""
FORGOTTEN: Final = timedelta(days=60)


@dataclass(frozen=True)
class Exchange:
    """`trouble`: why it cannot be read at all, in the words of whoever tried."""

    name: str
    heard_at: datetime
    is_silent: bool
    trouble: str = ""


def heard(source: str, name: str, at: datetime) -> None:
    """Notes that it was heard, at most once a minute."""
    known = Heartbeat.objects.filter(name=source).values_list("beat_at", flat=True).first()
    if known is None or known < at - EVERY:
        Heartbeat.objects.update_or_create(name=source, defaults={"beat_at": at, "detail": {"name": name}})


def in_trouble(source: str, name: str, trouble: str, at: datetime) -> None:
    """It cannot be read now (or can again, when there is nothing to say); when it was last heard stays as it is."""
    row, _is_new = Heartbeat.objects.get_or_create(name=source, defaults={"beat_at": at, "detail": {"name": name}})
    detail = {"name": name, **({"trouble": trouble[:200]} if trouble else {})}
    if row.detail != detail:
        Heartbeat.objects.filter(name=source).update(detail=detail)


def forget(source: str) -> None:
    """It is not listened to any more."""
    Heartbeat.objects.filter(name=source).delete()


def exchanges(house: Organisation, at: datetime) -> list[Exchange]:
    """By name; one that said nothing for two months is gone. One query."""
    rows = Heartbeat.objects.filter(name__startswith=SOURCE, beat_at__gt=at - FORGOTTEN)
    return sorted(
        (
            Exchange(
                str(row.detail.get("name") or row.name),
                row.beat_at,
                _is_silent(house, row.beat_at, at),
                str(row.detail.get("trouble") or ""),
            )
            for row in rows
        ),
        key=lambda one: one.name,
    )


def _is_silent(house: Organisation, heard_at: datetime, at: datetime) -> bool:
    try:
        calendar = house.calendar_of(house.front_office.pk).rules
    except LookupError:
        return at - heard_at > SILENT
    return calendar.open_seconds(min(heard_at, at), at) > SILENT.total_seconds()
