"""How many callers wait at this moment and how long the first of them, as the telephone exchange tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Max, Min

from channels_app.models import LiveCall

HEARD: Final = timedelta(days=1)
"""Of an exchange that was silent for longer we do not know whether it still tells us anything."""


@dataclass(frozen=True)
class WaitingCalls:
    """`seconds` is the longest wait of those who wait now."""

    count: int
    seconds: int


def waiting_calls(at: datetime) -> WaitingCalls | None:
    """None when no exchange tells anything. Two queries."""
    heard = LiveCall.objects.real().aggregate(last=Max("last_event_at"))["last"]
    if heard is None or heard < at - HEARD:
        return None
    found = LiveCall.objects.waiting(at).aggregate(count=Count("pk"), first=Min("entered_at"))
    seconds = int((at - found["first"]).total_seconds()) if found["first"] else 0
    return WaitingCalls(found["count"], max(0, seconds))
