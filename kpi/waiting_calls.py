"""How many callers wait at this moment and how long the first of them, as the telephone exchange tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Max, Min, Q

from channels_app.models import LiveCall

HEARD: Final = timedelta(days=1)
"""Of an exchange that was silent for longer we do not know whether it still tells us anything."""


@dataclass(frozen=True)
class WaitingCalls:
    """`seconds` is the longest wait of those who wait now."""

    count: int
    seconds: int


def waiting_calls(at: datetime) -> WaitingCalls | None:
    """None when no exchange tells anything. One query."""
    waits = Q(state__in=(LiveCall.State.WAITING, LiveCall.State.RINGING))
    found = LiveCall.objects.aggregate(
        count=Count("pk", filter=waits), first=Min("entered_at", filter=waits), heard=Max("last_event_at")
    )
    if found["heard"] is None or found["heard"] < at - HEARD:
        return None
    seconds = int((at - found["first"]).total_seconds()) if found["first"] else 0
    return WaitingCalls(found["count"], max(0, seconds))
