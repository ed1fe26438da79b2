"""How often one caller may ask within a minute, counted per web process (quality rules 27, 38 and 43; no queries)."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Hashable
from time import monotonic
from typing import Final

MINUTE: Final = 60.0
MOST_CALLERS: Final = 5000


class Rate:
    """A sliding minute per caller. Memory only: no store that can fail, and a restart is no reason to refuse."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._calls: dict[Hashable, deque[float]] = {}
        self._lock = threading.Lock()

    def wait(self, caller: Hashable, moment: float | None = None, *, per_minute: int | None = None) -> int:
        """0 when this call may go on (it is counted), else the seconds until the next one may.

        `per_minute` is for a caller that has a number of its own.
        """
        moment = monotonic() if moment is None else moment
        with self._lock:
            if caller not in self._calls and len(self._calls) >= MOST_CALLERS:
                self._forget(moment)
            calls = _within(self._calls.setdefault(caller, deque()), moment)
            if len(calls) >= (self.per_minute if per_minute is None else per_minute):
                return _until_less(calls, moment)
            calls.append(moment)
            return 0

    def room(self, caller: Hashable, *, per_minute: int | None = None) -> tuple[int, int]:
        """How many calls are left now, and the seconds until the oldest one counts no more."""
        most, moment = self.per_minute if per_minute is None else per_minute, monotonic()
        with self._lock:
            calls = _within(self._calls.get(caller, deque()), moment)
            return (max(0, most - len(calls)), _until_less(calls, moment)) if calls else (most, 0)

    def _forget(self, moment: float) -> None:
        """Callers that were silent for a minute; when everybody calls at once, everybody."""
        self._calls = {who: calls for who, calls in self._calls.items() if calls and calls[-1] > moment - MINUTE}
        if len(self._calls) >= MOST_CALLERS:
            self._calls.clear()

    def clear(self) -> None:
        self._calls.clear()


def _within(calls: deque[float], moment: float) -> deque[float]:
    """Without those of more than a minute ago; each is looked at once, however many there are."""
    while calls and calls[0] <= moment - MINUTE:
        calls.popleft()
    return calls


def _until_less(calls: deque[float], moment: float) -> int:
    return max(1, round(MINUTE - (moment - calls[0])))
