"""At most one process of a worker is busy with sweeps of a kind, however often they are asked for.

With more to send than leaves, a sweep lasts as long as it may, and every tick and nudge asks for the next: without turns those take
every process, and clocks, notices and mail that was read wait behind them. Who comes while another has the turn only notes that it
came; whoever has it looks once more, or after a long sweep has the next one asked for, so that nothing waits for the next tick.
"""

from __future__ import annotations

import fcntl
import mmap
import tempfile
import time
from collections.abc import Callable, Iterable

SWEEP_SECONDS = 10.0
"""A sweep with more to do ends and asks for another one, which comes after what waits by then."""
AGAIN_SECONDS = 5.0
"""So long one task goes on because of others that came; longer would keep its process from sweeps of other kinds."""


class Turns:
    """Made before the processes are forked. A lock on a byte of a file belongs to one process, and ends with it however it ends.

    `died` is told the kind of a sweep whose process was killed in the middle of it, by whoever has the turn after it.
    """

    def __init__(self, kinds: Iterable[str], died: Callable[[str], object] = lambda _kind: None) -> None:
        self._places = {kind: place for place, kind in enumerate(sorted(kinds))}
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - open for as long as the worker lives
        self._asked = mmap.mmap(-1, max(len(self._places), 1))
        self._at_work = mmap.mmap(-1, max(len(self._places), 1))
        self._died = died

    def take(self, kind: str, sweep: Callable[[], object]) -> bool:
        """Sweeps, and again when somebody asked meanwhile; leaves it to whoever has the turn. An unknown kind has no turns.

        True when somebody asked during a sweep that took so long that this process first has to do something else.
        """
        place = self._places.get(kind)
        if place is None:
            sweep()
            return False
        until = time.monotonic() + AGAIN_SECONDS
        self._asked[place] = 1
        while self._asked[place] and self._begin(place):
            try:
                if self._at_work[place]:
                    self._died(kind)
                self._at_work[place] = 1
                self._asked[place] = 0
                sweep()
            finally:
                self._at_work[place] = 0
                fcntl.lockf(self._file, fcntl.LOCK_UN, 1, place)
            if time.monotonic() > until:
                return bool(self._asked[place])
        return False

    def _begin(self, place: int) -> bool:
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
        except OSError:
            return False
        return True
