"""How often one caller may ask within a minute, counted per web process (quality rules 27 and 38; no queries)."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import Final

MINUTE: Final = 60.0
MOST_CALLERS: Final = 5000


class Rate:
    """A sliding minute per caller. Memory only: no store that can fail, and a restart is no reason to refuse."""

    def __init__(self, per_minute: int) -> None:
        self._most = per_minute
        self._calls: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def wait(self, caller: str, moment: float | None = None) -> int:
        """0 when this call may go on (it is counted), else the seconds until the next one may."""
        moment = time.monotonic() if moment is None else moment
        with self._lock:
            if caller not in self._calls and len(self._calls) >= MOST_CALLERS:
                self._forget(moment)
            calls = self._calls.setdefault(caller, deque())
            while calls and calls[0] <= moment - MINUTE:
                calls.popleft()
            if len(calls) >= self._most:
                return max(1, round(MINUTE - (moment - calls[0])))
            calls.append(moment)
            return 0

    def _forget(self, moment: float) -> None:
        """Callers that were silent for a minute; when everybody calls at once, everybody."""
        self._calls = {who: calls for who, calls in self._calls.items() if calls and calls[-1] > moment - MINUTE}
        if len(self._calls) >= MOST_CALLERS:
            self._calls.clear()

    def clear(self) -> None:
        self._calls.clear()
