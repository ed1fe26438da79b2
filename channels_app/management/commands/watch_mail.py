"""`manage.py watch_mail`: the process that listens to the mailboxes (docs/operations.md)."""

from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection

from channels_app.actions.watch_mailbox import Watch
from channels_app.models import Mailbox
from organisation.actions.heartbeat import beat

LOOK_SECONDS = 15.0
MOST = 30
"""Mailboxes that are listened to; the sweep reads every other one all the same."""


class Watches:
    """A thread for each mailbox in use; one whose settings changed begins anew."""

    def __init__(self, **seconds: float) -> None:
        self._seconds = seconds
        self.running: dict[int, Watch] = {}

    def look(self) -> None:
        boxes = {box.pk: box for box in Mailbox.objects.filter(is_active=True).exclude(host="").order_by("pk")[:MOST]}
        for pk, watch in list(self.running.items()):
            box = boxes.get(pk)
            if box is None or box.version != watch.version or not watch.is_alive():
                watch.end()
                del self.running[pk]
        for pk, box in boxes.items():
            if pk not in self.running:
                self.running[pk] = Watch(box, **self._seconds)
                self.running[pk].start()
        states = [watch.state for watch in self.running.values()]
        boxes = [pk for pk, watch in self.running.items() if watch.state == "idle"]
        beat("mailwatch", listening=len(boxes), boxes=boxes, polled=states.count("none"), away=states.count("away"))

    def end(self) -> None:
        for watch in self.running.values():
            watch.end()


class Command(BaseCommand):
    """Runs until it is told to stop."""

    help = "Listens to the mailboxes (IMAP IDLE), so that new mail is taken in within seconds."
    requires_system_checks = [Tags.security]  # the others load every page of the site, 25 MB for as long as it runs

    def handle(self, **options: Any) -> None:
        over = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: over.set())
        watches = Watches()
        while not over.is_set():
            try:
                watches.look()
            except DatabaseError:
                self.stderr.write("The database is away; the lines to the mailboxes stay open.")
            finally:
                connection.close()
            over.wait(LOOK_SECONDS)
        watches.end()
