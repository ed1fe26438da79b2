"""What was counted of days that are not over is kept until it changes: to the row and to the moment.

Triggers note every change of what a figure depends on, in its own transaction (`ChangedDay`, docs/kpis.md). Whoever sees the same notes
sees the same rows, and what was counted after looking at the notes is at least as new as they are. Without any change a figure moves
only when a running promise passes its deadline, so what was counted holds until the next one.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Min

from contacts.models import NormClock
from kpi.reading import Rows, State

MOST: Final = 24
LONGEST: Final = timedelta(seconds=30)
"""Also when nothing was noted: half of the minute within which figures follow."""


class OpenDays:
    """A bounded number of answers, each with the moments between which it holds."""

    def __init__(self) -> None:
        self._held: OrderedDict[Hashable, tuple[Rows, datetime, datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, held: State, at: datetime, count: Callable[[], Rows]) -> Rows:
        """`held` was read before `count` runs; `key`: everything else that the rows depend on."""
        if held.notes is None:
            return count()
        place = (key, held, held.notes)
        with self._lock:
            rows, since, until = self._held.get(place, ((), at, at))
            if since <= at < until:
                self._held.move_to_end(place)
                return rows
        until = _next_deadline(at)
        rows = count()
        with self._lock:
            self._held[place] = (rows, at, until)
            self._held.move_to_end(place)
            if len(self._held) > MOST:
                self._held.popitem(last=False)
        return rows

    def clear(self) -> None:
        """For tests, whose rolled-back values come again with another meaning."""
        with self._lock:
            self._held.clear()


def _next_deadline(at: datetime) -> datetime:
    """When the first running promise is broken by time alone."""
    longest = at + LONGEST
    running = NormClock.objects.filter(state=NormClock.State.RUNNING, due_at__gt=at, due_at__lt=longest)
    return running.aggregate(first=Min("due_at"))["first"] or longest
