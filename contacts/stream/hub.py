"""Keeps the open lines: tells each page when the call above it changed, and that the line is alive; the page then asks for the call itself.

One thread asks the database, whatever the number of pages; a page that does not take what it is told is let go and comes back.
"""

from __future__ import annotations

import asyncio
import logging
import random
import socket
import time
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from contacts.stream.door import Seat, take

log = logging.getLogger(__name__)
T = TypeVar("T")
MOST: Final = 2_000
MOST_OF_ONE: Final = 12
ALIVE_EVERY: Final = 3.0
"""A page that hears nothing for eight seconds looks by itself and asks for a new line (call.js)."""
CHECK_EVERY: Final = 30.0
LOOK_EVERY: Final = 5.0
"""What changes by time alone: a call that ended five minutes ago is not shown any more."""
LOOK_EVERY_DEAF: Final = 1.0
GATHER: Final = 0.04
"""Events that come together are looked at together."""
OLDEST: Final = 300.0
"""Then the page opens a new line, and the site says again whether it may."""
HEAD: Final = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-store\r\nX-Accel-Buffering: no\r\n"
    b"X-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\nConnection: close\r\n\r\nretry: 3000\n\n"
)
ALIVE: Final = b"event: leeft\ndata: 1\n\n"


class World(Protocol):
    """What the lines need to know of the rest; each is called in the thread that asks the database."""

    def marks(self, seats: Iterable[Seat]) -> dict[Seat, str]: ...
    def still_there(self, seats: Iterable[Seat]) -> set[Seat]: ...
    def beat(self, lines: int) -> None: ...


@dataclass(eq=False)
class Line:
    """One open page."""

    socket: socket.socket
    seat: Seat
    since: float
    until: float
    mark: str | None = None


class Hub:
    """`is_deaf()`: nobody tells us of changes now, so we look more often."""

    def __init__(self, door: socket.socket, world: World, is_deaf: Callable[[], bool] = lambda: False) -> None:
        self.door = door
        self.world = world
        self.is_deaf = is_deaf
        self.lines: set[Line] = set()
        self.changed = asyncio.Event()
        self.asker = ThreadPoolExecutor(1, thread_name_prefix="asks")
        self.loop: asyncio.AbstractEventLoop | None = None

    async def run(self) -> None:
        """Until it is cancelled."""
        self.loop = loop = asyncio.get_running_loop()
        loop.add_reader(self.door.fileno(), self._let_in)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._tell())
                tasks.create_task(self._every(ALIVE_EVERY, self._alive))
                tasks.create_task(self._every(CHECK_EVERY, self._check))
                tasks.create_task(self._every(20.0, self._beat, first=0.0))
        finally:
            loop.remove_reader(self.door.fileno())
            for line in list(self.lines):
                self.drop(line)
            self.asker.shutdown(wait=False, cancel_futures=True)

    def _let_in(self) -> None:
        for _count in range(100):
            try:
                found = take(self.door)
            except OSError:  # nobody waits
                return
            if found is not None:
                self.add(*found)

    def add(self, its_socket: socket.socket, seat: Seat) -> None:
        """The newest lines stay: of one person a few, of all together as many as fit."""
        its_socket.setblocking(False)
        moment = time.monotonic()
        line = Line(its_socket, seat, moment, moment + OLDEST * random.uniform(0.8, 1.2))  # noqa: S311 - not all at once
        own = sorted((one for one in self.lines if one.seat.user == seat.user), key=lambda one: one.since)
        for old in own[: max(0, len(own) - MOST_OF_ONE + 1)]:
            self.drop(old)
        if len(self.lines) >= MOST:
            self.drop(min(self.lines, key=lambda one: one.since))
        self.lines.add(line)
        asyncio.get_running_loop().add_reader(its_socket.fileno(), self._hear, line)
        self._send(line, HEAD)
        self.changed.set()

    def drop(self, line: Line) -> None:
        if line in self.lines:
            self.lines.discard(line)
            asyncio.get_running_loop().remove_reader(line.socket.fileno())
            line.socket.close()

    def _hear(self, line: Line) -> None:
        """A page says nothing; when there is something to read it has gone, or it is no page."""
        try:
            if not line.socket.recv(1024):
                self.drop(line)
        except BlockingIOError:
            pass
        except OSError:
            self.drop(line)

    def _send(self, line: Line, data: bytes) -> None:
        try:
            if line.socket.send(data) == len(data):
                return
        except OSError:
            pass
        self.drop(line)

    async def _tell(self) -> None:
        """Looks when something changed, and now and then for what changes by time alone."""
        while True:
            patience = LOOK_EVERY_DEAF if self.is_deaf() else LOOK_EVERY
            try:
                async with asyncio.timeout(patience):
                    await self.changed.wait()
            except TimeoutError:
                pass
            await asyncio.sleep(GATHER)
            self.changed.clear()
            marks = await self._ask(lambda: self.world.marks({line.seat for line in self.lines}), {})
            for line in list(self.lines):
                mark = marks.get(line.seat)
                if mark is not None and mark != line.mark:
                    line.mark = mark
                    self._send(line, f"event: gesprek\ndata: {mark or '-'}\n\n".encode())

    async def _alive(self) -> None:
        moment = time.monotonic()
        for line in list(self.lines):
            self._send(line, ALIVE)
            if line.until < moment:
                self.drop(line)

    async def _check(self) -> None:
        """Who signed out, left or sits at another phone gets a new line, or none."""
        seats = {line.seat for line in self.lines}
        there = await self._ask(lambda: self.world.still_there(seats), seats)
        for line in list(self.lines):
            if line.seat in seats and line.seat not in there:
                self.drop(line)

    async def _beat(self) -> None:
        await self._ask(lambda: self.world.beat(len(self.lines)), None)

    async def _ask(self, question: Callable[[], T], otherwise: T) -> T:
        """A database that is away answers with what we knew."""
        if not self.lines and otherwise is not None:
            return otherwise
        try:
            return await asyncio.get_running_loop().run_in_executor(self.asker, question)
        except Exception:
            log.warning("the stream could not ask the database")
            return otherwise

    async def _every(self, seconds: float, act: Callable[[], Awaitable[None]], first: float | None = None) -> None:
        await asyncio.sleep(seconds if first is None else first)
        while True:
            await act()
            await asyncio.sleep(seconds)
