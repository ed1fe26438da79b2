"""How many requests this machine's web processes answered, how, and how long that took: counted for /metrics.

The counts lie in memory that gunicorn's processes share: it is there before they are forked, and a process that is started again counts on.
So they need no database and no broker, and begin anew only with gunicorn itself, as counters of Prometheus may.
"""

from __future__ import annotations

import mmap
import threading
import time
from array import array
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

KINDS: Final = ("1xx", "2xx", "3xx", "4xx", "5xx")
UP_TO_SECONDS: Final = (0.1, 0.3, 1.0, 3.0, 10.0)
ROWS: Final = 64
"""More processes than one machine has at a time; each writes a row of its own, so that none waits for another."""
WIDTH: Final = len(KINDS) + len(UP_TO_SECONDS) + 2
_SECONDS: Final = WIDTH - 1

_shared = memoryview(mmap.mmap(-1, ROWS * WIDTH * 8)).cast("d")
_threads = threading.Lock()
_row = 0


@dataclass(frozen=True)
class Counts:
    """`by_duration`: how many took at most so many seconds, each with those before it; the last are all of them."""

    by_kind: dict[str, float]
    by_duration: dict[str, float]
    seconds: float


def count_as(process: int) -> None:
    """From now on in the row of this process: gunicorn numbers those it starts, and 64 starts later the first has ended."""
    global _row
    _row = process % ROWS


def count(status: int, seconds: float) -> None:
    first = _row * WIDTH
    kind = min(max(status // 100, 1), len(KINDS)) - 1
    slowness = len(KINDS) + bisect_left(UP_TO_SECONDS, seconds)
    with _threads:
        _shared[first + kind] += 1
        _shared[first + slowness] += 1
        _shared[first + _SECONDS] += seconds


def counts() -> Counts:
    """Of all processes together."""
    cells = array("d", _shared.tobytes())
    total = [sum(cells[place::WIDTH]) for place in range(WIDTH)]
    slowness = total[len(KINDS) : _SECONDS]
    so_far = [sum(slowness[: place + 1]) for place in range(len(slowness))]
    names = (*map(str, UP_TO_SECONDS), "+Inf")
    return Counts(dict(zip(KINDS, total, strict=False)), dict(zip(names, so_far, strict=True)), total[_SECONDS])


class CountRequests:
    """The outermost of all: it sees what everything behind it made of a request, also when that failed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = self.get_response(request)
        count(response.status_code, time.perf_counter() - begun)
        return response
