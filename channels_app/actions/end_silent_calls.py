"""Closes calls of which the end was lost, and lets go of what the desk needs no more; a sweep that may run twice or late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from channels_app.actions.log_events import AT_ONCE, EVENTS_FOR, LIVE_FOR, PRESUMED, SILENT, Told, log_events
from channels_app.models import LiveCall, PhoneEvent


def end_silent_calls(*, at: datetime, pickup_seconds: Callable[[date], int]) -> int:
    """Gives how many calls were closed. An end that still comes later corrects the row."""
    silent = LiveCall.objects.exclude(state=LiveCall.State.ENDED).filter(last_event_at__lte=at - SILENT)
    closed = 0
    by_source: dict[str, list[LiveCall]] = {}
    for one in silent.order_by("pk")[:AT_ONCE]:
        by_source.setdefault(one.source, []).append(one)
    for source, calls in by_source.items():
        ends = [
            Told(one.external_key, "ended", one.last_event_at, event=f"{PRESUMED}{one.external_key}") for one in calls
        ]
        log_events(source=source, events=ends, at=at, pickup_seconds=pickup_seconds)
        closed += len(calls)
    LiveCall.objects.filter(state=LiveCall.State.ENDED, last_event_at__lte=at - LIVE_FOR).delete()
    PhoneEvent.objects.filter(received_at__lte=at - EVENTS_FOR).delete()
    return closed
