"""How often one network address may ask for or send a survey: a sliding minute, counted in this process (quality rules 38 and 43).

Memory only: there is no store that can fail. Full of addresses it forgets all of them, so that a flood costs no memory.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import Final

from django.http import HttpRequest

from organisation.client_address import client_address

MINUTE: Final = 60.0
MOST_WRONG: Final = 30
"""Links that do not work; guessing one of 2^128 is hopeless, this keeps it quiet too."""
MOST_SENT: Final = 120
"""Many people share the address of a phone network or of the screen at the exit."""
MOST_HERE: Final = 12
"""Answers at one place from one network address: a screen at the exit takes one at a time."""
MOST_KNOWN: Final = 20_000
_seen: dict[tuple[str, str], deque[float]] = {}
_lock = threading.Lock()


def is_too_often(request: HttpRequest, what: str, most: int) -> bool:
    """Counts this one too."""
    moment = time.monotonic()
    key = (what, client_address(request))
    with _lock:
        if len(_seen) > MOST_KNOWN:
            _seen.clear()
        times = _seen.setdefault(key, deque())
        while times and times[0] <= moment - MINUTE:
            times.popleft()
        if len(times) >= most:
            return True
        times.append(moment)
        return False


def forget() -> None:
    """For tests."""
    with _lock:
        _seen.clear()
