"""`manage.py stream`: the process that keeps the open lines of all pages (docs/operations.md)."""

from __future__ import annotations

import asyncio
import resource
import signal
from typing import Any, Final

from django.conf import settings
from django.core.checks import Tags
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from contacts.stream.door import open_door
from contacts.stream.ear import Ear
from contacts.stream.hub import MOST, Hub
from contacts.stream.world import Database

FILES: Final = 2 * MOST


class Command(BaseCommand):
    """Runs until it is told to stop."""

    help = "Keeps the open lines of all pages: live updates without polling."
    requires_system_checks = [Tags.security]  # the others load every page of the site, 25 MB for as long as it runs

    def handle(self, **options: Any) -> None:
        _most_files()
        asyncio.run(_serve())


def _most_files() -> None:
    """Each line is an open file; as many as the system lets us have, within reason."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


async def _serve() -> None:
    door = open_door()
    hub = Hub(door, Database(close_old_connections), lambda: not (ear.hears and settings.PREPARE_STATEMENTS))
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
