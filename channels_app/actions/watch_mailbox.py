"""Listens to a mailbox (IMAP IDLE, RFC 2177): new mail is taken in within seconds. The sweep goes on looking every half minute beside it."""

from __future__ import annotations

import logging
import socket
import threading
import time
from contextlib import suppress

from django.db import DatabaseError, Error, connection
from imap_tools import BaseMailBox

from channels_app import sealing
from channels_app.actions.connect import connect
from channels_app.actions.fetch import fetch
from channels_app.actions.sign_in_rest import note_refused, rests
from channels_app.adapters.email.imap import NETWORK_ERRORS, is_refused
from channels_app.models import Mailbox
from organisation.clock import now

log = logging.getLogger(__name__)
SLICE = 5.0
"""So often a thread looks whether it should stop."""
ROUND = 240.0
"""After this the server must answer: well within its half hour, and soon enough to notice that it is gone."""
WITHOUT_IDLE = 600.0
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0
BUSY_TRIES = 10


class Watch(threading.Thread):
    """One mailbox. `state`: idle, none (this server has no IDLE: the sweep does it), away; it never raises."""

    def __init__(self, mailbox: Mailbox, *, slice_seconds: float = SLICE, round_seconds: float = ROUND) -> None:
        super().__init__(name=f"mailbox-{mailbox.pk}", daemon=True)
        self.mailbox_id = mailbox.pk
        self.version = mailbox.version
        self.state = "away"
        self._ends = threading.Event()
        self._slice, self._round = slice_seconds, round_seconds

    def end(self) -> None:
        self._ends.set()

    def run(self) -> None:
        pause = FIRST_PAUSE
        while not self._ends.is_set():
            began = time.monotonic()
            wait = self._once(pause)
            pause = FIRST_PAUSE if time.monotonic() - began > self._round else min(pause * 2, LONGEST_PAUSE)
            self._ends.wait(wait)

    def _once(self, pause: float) -> float:
        """One connection, as long as it lasts; gives the seconds until the next."""
        try:
            mailbox = Mailbox.objects.get(pk=self.mailbox_id)
            if mailbox.last_error and rests(mailbox, now()):
                return LONGEST_PAUSE
            with connect(mailbox) as server:
                if not _can_idle(server):
                    self.state = "none"
                    return WITHOUT_IDLE
                self.state = "idle"
                connection.close()
                self._listen(server)
        except (sealing.Sealed, *NETWORK_ERRORS, DatabaseError, Mailbox.DoesNotExist) as error:
            log.info("the line to a mailbox ended", extra={"mailbox": self.mailbox_id, "error": type(error).__name__})
            if is_refused(error):
                with suppress(Error):
                    note_refused(mailbox, now())
        except Exception:  # a thread that dies would be silent for ever
            log.exception("the line to a mailbox broke", extra={"mailbox": self.mailbox_id})
        finally:
            if self.state == "idle":
                self.state = "away"
            connection.close()
        return pause

    def _listen(self, server: BaseMailBox) -> None:
        _notice_a_dead_line(server.client.sock)
        self._take()  # what came while nobody listened
        while not self._ends.is_set():
            server.idle.start()
            heard = self._wait(server)
            heard += server.idle.stop()  # a server that is gone does not answer, which ends this line
            if any(b"EXISTS" in line.upper() for line in map(bytes, heard)):
                self._take()

    def _wait(self, server: BaseMailBox) -> list[bytes]:
        until = time.monotonic() + self._round
        while time.monotonic() < until and not self._ends.is_set():
            began = time.monotonic()
            heard = server.idle.poll(timeout=self._slice)
            if heard:
                return list(heard)
            if time.monotonic() - began < self._slice / 2:  # readable and nothing to read: ended, or a sign of TLS
                self._ends.wait(0.2)
                break
        return []

    def _take(self) -> None:
        """Reads the mailbox as the sweep does; when the sweep is at it now, after it, for it may have looked before this mail."""
        try:
            for _try in range(BUSY_TRIES):
                if not fetch(mailbox=Mailbox.objects.get(pk=self.mailbox_id), at=now()).is_busy:
                    return
                self._ends.wait(1)
        finally:
            connection.close()


def _can_idle(server: BaseMailBox) -> bool:
    """Asked after signing in: some servers tell it only then."""
    kind, data = server.client.capability()
    return kind == "OK" and b"IDLE" in b" ".join(data or []).upper().split()


def _notice_a_dead_line(sock: socket.socket) -> None:
    """The system asks the other side each minute; a line that was cut without a word ends within two."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, seconds in (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 15), ("TCP_KEEPCNT", 4)):
        with suppress(OSError, AttributeError):
            sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), seconds)
