"""When clocks stood still, as their events tell."""

from __future__ import annotations

from collections.abc import Iterable

from contacts.models import ClockEvent, NormClock
from contacts.norms.replay import Pause

Kind = ClockEvent.Kind


def pauses_of(clocks: Iterable[NormClock]) -> dict[int, list[Pause]]:
    """The pauses of each clock, oldest first."""
    found: dict[int, list[Pause]] = {}
    events = ClockEvent.objects.filter(clock__in=[clock.pk for clock in clocks], kind__in=[Kind.PAUSED, Kind.RESUMED])
    for clock_id, kind, at in events.order_by("id").values_list("clock_id", "kind", "at"):
        pauses = found.setdefault(clock_id, [])
        if kind == Kind.PAUSED:
            pauses.append((at, None))
        elif pauses:
            pauses[-1] = (pauses[-1][0], at)
    return found
