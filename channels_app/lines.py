"""The lines over which a worker sends: what it keeps between its sweeps (a second line, what it counted last), and what those of one sweep share.

Most of the time of one message is waiting, for the mail server and for the disk of the database: two at once take hardly longer than one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import close_old_connections, connection

from channels_app.actions.hold_back import Rooms
from channels_app.models import OutboundMessage

T = TypeVar("T")
MORE = 1
"""Two in all: large providers let one sender have three conversations at the same time."""
FEW = 8
"""A sweep that has sent so many and goes on is one with much to do."""


class Lines:
    """Made once in a process; a thread that helps keeps its connection with the database, as the process does."""

    def __init__(self) -> None:
        self.rooms = Rooms()
        self._pool: ThreadPoolExecutor | None = None

    def open(self, work: Callable[[], T]) -> list[Future[T]]:
        """Does this on the other lines as well."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(MORE, thread_name_prefix="line")
        return [self._pool.submit(_helped, work) for _one in range(MORE)]

    def close(self) -> None:
        """Ends the threads and their connections."""
        if self._pool is not None:
            self._pool.submit(lambda: connection.close())  # of that thread
            self._pool.shutdown()
            self._pool = None


def _helped(work: Callable[[], T]) -> T:
    close_old_connections()
    try:
        return work()
    except BaseException:
        connection.close()
        raise


@dataclass
class Delivered:
    """What one sweep did."""

    sent: int = 0
    failed: int = 0
    held: int = 0
    later: int = 0

    def add(self, other: Delivered) -> None:
        self.sent += other.sent
        self.failed += other.failed
        self.held += other.held
        self.later += other.later


@dataclass
class Sweep:
    """What the lines of one sweep know of each other."""

    at: datetime
    until: float
    by_services: bool
    lines: Lines | None
    rooms: Rooms
    since: float = field(default_factory=time.monotonic)
    away: set[int] = field(default_factory=set)
    silent: set[int] = field(default_factory=set)
    _lent: dict[int, float] = field(default_factory=dict)
    _change: threading.Condition = field(default_factory=threading.Condition)

    @property
    def now(self) -> datetime:
        """By the clock that only goes forward: `at` is when it began."""
        return self.at + timedelta(seconds=time.monotonic() - self.since)

    @contextmanager
    def lends(self, how_long: timedelta) -> Iterator[None]:
        """To the line that does this, what it has in hand."""
        line = threading.get_ident()
        with self._change:
            self._lent[line] = time.monotonic() + how_long.total_seconds()
        try:
            yield
        finally:
            with self._change:
                del self._lent[line]
                self._change.notify_all()

    def may_get_back(self) -> bool:
        """For a line that finds nothing: waits until another is done with what it has in hand, or had it for too long. False when none has any."""
        with self._change:
            moment = time.monotonic()
            ends = [end for end in self._lent.values() if end > moment]
            if ends:
                self._change.wait(max(0.0, min(*ends, self.until) - moment))
            return bool(ends)

    def note_failed(self, message: OutboundMessage) -> None:
        if message.message_source_id is not None:
            self.away.add(message.message_source_id)
        elif message.mailbox is not None and message.mailbox.smtp_host:
            self.silent.add(message.mailbox.pk)
