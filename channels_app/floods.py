"""That too much comes in at once: kept for the page of the channels, told to who looks after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from channels_app.signals import flooded
from organisation.errors import Refused
from organisation.models import Heartbeat

MARK: Final = "vloed:"
KINDS: Final = ("form", "chat", "mail")
EVERY: Final = timedelta(minutes=1)
OVER: Final = timedelta(hours=1)
"""So long after the last time the alarm ends."""


class Crowded(Refused):
    """Refused because of others, or of too much from one place; who caught it says so with `note_flood`, outside the undone transaction."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True)
class Flood:
    kind: str
    since: datetime
    last: datetime


def note_flood(kind: str, at: datetime) -> None:
    """Written at most once a minute; a person is told when it begins."""
    name = f"{MARK}{kind}"
    row = Heartbeat.objects.filter(name=name).first()
    if row is not None and row.beat_at > at - EVERY:
        return
    is_new = row is None or row.beat_at <= at - OVER
    since = at.isoformat() if row is None or is_new else row.detail["since"]
    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": at, "detail": {"since": since}})
    if is_new:
        flooded.send(sender=Flood, kind=kind, at=at)


def floods(at: datetime) -> list[Flood]:
    """Those of the last hour. One query."""
    rows = Heartbeat.objects.filter(name__startswith=MARK, beat_at__gt=at - OVER).order_by("name")
    return [
        Flood(row.name.removeprefix(MARK), datetime.fromisoformat(row.detail["since"]), row.beat_at) for row in rows
    ]
