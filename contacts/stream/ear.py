"""Hears from the database that something changed: one connection that listens, whatever the number of pages."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Final

import psycopg2
from django.db import connection as django_connection

from channels_app.live import CHANGED

log = logging.getLogger(__name__)
LONGEST_PAUSE: Final = 15.0
PROOF_EVERY: Final = 20.0
"""A line to the database that is dead without telling is noticed so soon."""


class Ear:
    """Comes back by itself when the database was away."""

    def __init__(self, on_change: Callable[[], None]) -> None:
        self.on_change = on_change
        self.hears = False
        self._line: Any = None

    async def run(self) -> None:
        """Until it is cancelled."""
        pause = 0.5
        while True:
            try:
                await self._listen()
                pause = 0.5
            except psycopg2.Error:
                log.warning("the stream hears nothing from the database")
            finally:
                self._leave()
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE, pause * 2)

    async def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        self._line = await loop.run_in_executor(None, _connect)
        gone = asyncio.Event()
        loop.add_reader(self._line.fileno(), self._hear, gone)
        self.hears = True
        self.on_change()  # what happened meanwhile
        while not gone.is_set():
            try:
                async with asyncio.timeout(PROOF_EVERY):
                    await gone.wait()
            except TimeoutError:
                loop.remove_reader(self._line.fileno())  # one reads at a time
                await loop.run_in_executor(None, _proof, self._line)
                loop.add_reader(self._line.fileno(), self._hear, gone)
                self._hear(gone)

    def _hear(self, gone: asyncio.Event) -> None:
        try:
            self._line.poll()
        except psycopg2.Error:
            gone.set()
            asyncio.get_running_loop().remove_reader(self._line.fileno())
            return
        if self._line.notifies:
            self._line.notifies.clear()
            self.on_change()

    def _leave(self) -> None:
        self.hears = False
        if self._line is not None:
            if not self._line.closed:
                asyncio.get_running_loop().remove_reader(self._line.fileno())
                self._line.close()
            self._line = None


def _connect() -> Any:
    wanted = django_connection.get_connection_params()
    for of_django in ("cursor_factory", "context"):
        wanted.pop(of_django, None)
    line = psycopg2.connect(**{**wanted, "application_name": "opmeer_stream"})
    line.autocommit = True
    with line.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANGED}")
    return line


def _proof(line: Any) -> None:
    with line.cursor() as cursor:
        cursor.execute("SELECT 1")
