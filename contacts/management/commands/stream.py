"""`manage.py stream`: the process that keeps the open lines of all pages (docs/operations.md)."""

from __future__ import annotations

import asyncio
import signal
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from contacts.stream.door import open_door
from contacts.stream.ear import Ear
from contacts.stream.hub import Hub
from contacts.stream.world import Database


class Command(BaseCommand):
    """Runs until it is told to stop."""

    help = "Keeps the open lines of all pages: live updates without polling."

    def handle(self, **options: Any) -> None:
        asyncio.run(_serve())


async def _serve() -> None:
    door = open_door()
    hub = Hub(door, Database(close_old_connections), lambda: not ear.hears)
    ear = Ear(hub.changed.set)
    both = asyncio.gather(hub.run(), ear.run())
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, both.cancel)
    try:
        await both
    except asyncio.CancelledError:
        pass
    finally:
        door.close()
