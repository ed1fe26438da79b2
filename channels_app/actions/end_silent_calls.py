"""Closes calls of which the end was lost, and lets go of what the desk needs no more; a sweep that may run twice or late."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Max
from django.db.models.functions import Least

from channels_app.actions.calls_files import forget_files
from channels_app.actions.log_events import (
    AT_ONCE,
    EVENTS_FOR,
    LIVE_FOR,
    PRESUMED,
    RANG_OUT,
    SILENT,
    Told,
    log_events,
)
from channels_app.models import LiveCall, PhoneEvent

RINGS_ON: Final = timedelta(minutes=10)
"""The last desk stopped ringing so long ago: nobody waits there any more."""


def end_silent_calls(*, at: datetime, pickup_seconds: Callable[[date], int]) -> int:
    """Gives how many calls were closed. An end that still comes later corrects the row, and so does a call that goes on."""
    going = LiveCall.objects.exclude(state=LiveCall.State.ENDED).order_by("pk")
    silent = list(going.filter(last_event_at__lte=at - SILENT)[:AT_ONCE])
    quiet = going.filter(state=LiveCall.State.WAITING, answered_at=None, last_event_at__lte=at - RINGS_ON)
    rang_out = _whose_legs_ended(quiet.filter(last_event_at__gt=at - SILENT)[:AT_ONCE])
    last = _last_told([*silent, *rang_out])
    ends: dict[str, list[Told]] = {}
    for ours, calls in ((PRESUMED, silent), (RANG_OUT, rang_out)):
        for one in calls:
            moment = last.get((one.source, one.external_key), one.last_event_at)
            ends.setdefault(one.source, []).append(Told(one.external_key, "ended", moment, ours=ours))
    for source, told in ends.items():
        log_events(source=source, events=told, at=at, pickup_seconds=pickup_seconds)
    LiveCall.objects.filter(state=LiveCall.State.ENDED, last_event_at__lte=at - LIVE_FOR).delete()
    PhoneEvent.objects.filter(received_at__lte=at - EVENTS_FOR).delete()
    forget_files(at=at)
    return len(silent) + len(rang_out)


def _last_told(calls: list[LiveCall]) -> dict[tuple[str, str], datetime]:
    """When the newest event of each happened: one that was kept back for hours must not make a wait of hours."""
    rows = PhoneEvent.objects.filter(
        source__in={one.source for one in calls}, call_key__in={one.external_key for one in calls}
    )
    newest = rows.values_list("source", "call_key").annotate(last=Max(Least("happened_at", "received_at"))).order_by()
    return {(source, key): moment for source, key, moment in newest}


def _whose_legs_ended(calls: Iterable[LiveCall]) -> list[LiveCall]:
    """At which desks rang, and stopped ringing."""
    rows = {(one.source, one.external_key): one for one in calls}
    legs: dict[tuple[str, str], set[str]] = {}
    over: dict[tuple[str, str], set[str]] = {}
    events = PhoneEvent.objects.filter(call_key__in={key for _source, key in rows}, source__in={key[0] for key in rows})
    for source, call, leg, kind in events.exclude(leg="").values_list("source", "call_key", "leg", "kind"):
        (over if kind == "ended" else legs).setdefault((source, call), set()).add(leg)
    return [row for key, row in rows.items() if over.get(key) and legs.get(key, set()) <= over[key]]
