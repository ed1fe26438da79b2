"""New mail is taken in within seconds of a server with IDLE; without it, or with a dead line, the sweep goes on."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from imap_tools import MailboxLoginError

from channels_app import sealing
from channels_app.actions.fetch import fetch
from channels_app.actions.mailbox_turn import alone
from channels_app.actions.watch_mailbox import Watch
from channels_app.adapters.email.imap import is_refused
from channels_app.management.commands.watch_mail import Watches
from channels_app.models import InboundMessage, Mailbox
from channels_app.pages.overview import overview
from organisation.clock import now
from organisation.models import Heartbeat, Municipality
from organisation.snapshot import ORGANISATION
from tests.channels_app.dovecot import PASSWORD, USER, Dovecot, needs_dovecot, numbered


def until(told: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if told():
            return True
        time.sleep(0.05)
    return told()


@pytest.fixture
def watched(transactional_db: None) -> Iterator[Callable[..., Watch]]:
    """Begins a watch of a mailbox, and ends it."""
    begun: list[Watch] = []

    def begin(mailbox: Mailbox, **seconds: float) -> Watch:
        begun.append(Watch(mailbox, **{"slice_seconds": 0.5, "round_seconds": 1, **seconds}))
        begun[-1].start()
        return begun[-1]

    yield begin
    for watch in begun:
        watch.end()
        watch.join(60)
    assert not any(watch.is_alive() for watch in begun)
    connections.close_all()


@needs_dovecot
def test_new_mail_is_there_within_seconds(
    transactional_db: None, server: Dovecot, mailbox: Mailbox, watched: Any
) -> None:
    server.put(*numbered(1))
    watch = watched(mailbox)
    assert until(lambda: watch.state == "idle" and InboundMessage.objects.count() == 1), "what lay there already"
    server.put(*numbered(2, first=2))
    assert until(lambda: InboundMessage.objects.count() == 3)
    time.sleep(1.2)  # over a round: the same line, listened to anew
    with alone(mailbox) as is_ours:  # the sweep is at it, and looked before this mail came
        assert is_ours
        server.put(*numbered(1, first=9))
        time.sleep(0.7)
        assert InboundMessage.objects.count() == 3
    assert until(lambda: InboundMessage.objects.count() == 4)


class Bare:
    """A server that signs in, with or without IDLE; `cut` ends its lines without a word. `drips`: what is asked it tells a letter at a time, without end."""

    def __init__(self, capability: str) -> None:
        self.capability = capability
        self.drips = False
        self.lines: list[socket.socket] = []
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _address = self.door.accept()
            except OSError:
                return
            self.lines.append(line)
            threading.Thread(target=self._talk, args=[line], daemon=True).start()

    def _talk(self, line: socket.socket) -> None:
        line.sendall(b"* OK hello\r\n")
        idle = b""
        for raw in line.makefile("rb"):
            tag, _space, rest = raw.strip().partition(b" ")
            word = rest.upper().split(b" ")[0]
            if tag == b"DONE":
                line.sendall(idle + b" OK done\r\n")
                continue
            if word == b"IDLE":
                idle = tag
                line.sendall(b"+ idling\r\n")
                continue
            while word == b"UID" and self.drips:
                try:
                    line.sendall(b" ")
                except OSError:
                    return
                time.sleep(0.05)
            told = {
                b"CAPABILITY": f"* CAPABILITY IMAP4rev1 {self.capability}\r\n".encode(),
                b"SELECT": b"* 0 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n",
                b"UID": b"* SEARCH\r\n",
            }.get(word, b"")
            line.sendall(told + tag + b" OK x\r\n")

    def cut(self) -> None:
        for line in self.lines:
            line.close()


def box(server: Bare) -> Mailbox:
    return Mailbox.objects.create(
        name="x",
        address=USER,
        host="127.0.0.1",
        port=server.port,
        security="none",
        password_encrypted=sealing.seal(PASSWORD),
    )


def test_a_server_that_sends_a_letter_now_and_then_holds_nobody_up(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No wait is ever too long with it, and the task that reads all mailboxes would be killed at every visit."""
    monkeypatch.setattr("channels_app.actions.fetch.LAST_WAIT", 0.3)
    server = Bare("")
    server.drips = True
    mailbox = box(server)
    fetched = fetch(mailbox=mailbox, at=now(), seconds=0.2)
    mailbox.refresh_from_db()
    assert fetched.error == mailbox.last_error == "De mailserver antwoordt niet op tijd."
    server.drips = False
    assert fetch(mailbox=mailbox, at=now()).error == ""


def test_a_password_that_is_refused_is_not_tried_every_half_minute(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mail server would lock the account, and refuse the right password too."""
    mailbox, tried = box(Bare("")), []

    @contextmanager
    def refuses(box: Mailbox, **_how: Any) -> Iterator[None]:
        tried.append(box.version)
        raise MailboxLoginError(("NO", [b"x"]), "OK")
        yield

    monkeypatch.setattr("channels_app.actions.fetch.connect", refuses)
    begun = now()
    for number in range(60):
        found = fetch(mailbox=mailbox, at=begun + timedelta(seconds=30 * number))
        assert "accepteert deze gebruikersnaam" in found.error
    assert len(tried) == 4, "three times, and once more after a quarter of an hour"
    Mailbox.objects.update(version=2)
    fetch(mailbox=mailbox, at=begun + timedelta(minutes=31))
    assert tried[-1] == 2, "somebody changed it"


@pytest.mark.parametrize(
    ("said", "is_password"),
    [
        (b"[AUTHENTICATIONFAILED] Authentication failed.", True),
        (b"LOGIN failed.", True),
        (b"[UNAVAILABLE] Temporary authentication failure.", False),
        (b"[LIMIT] Too many connections for this user", False),
        (b"[INUSE] Another session is at work", False),
    ],
)
def test_a_server_that_is_in_trouble_says_nothing_of_the_password(said: bytes, is_password: bool) -> None:
    assert is_refused(MailboxLoginError(("NO", [said]), "OK")) is is_password


def test_a_server_without_idle_is_left_to_the_sweep(transactional_db: None, watched: Any) -> None:
    server = Bare("")
    watch = watched(box(server))
    assert until(lambda: watch.state == "none")
    assert len(server.lines) == 1
    server.door.close()


def test_a_line_that_was_cut_is_noticed_and_made_anew(
    transactional_db: None, watched: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("channels_app.actions.watch_mailbox.FIRST_PAUSE", 0.2)
    server = Bare("IDLE")
    watch = watched(box(server), round_seconds=60)
    assert until(lambda: watch.state == "idle")
    time.sleep(0.6)
    for line in server.lines:
        line.shutdown(socket.SHUT_RDWR)
    before = len(server.lines)
    assert until(lambda: len(server.lines) > before), "within a slice, not after a round"
    assert until(lambda: watch.state == "idle")
    server.door.close()


def test_who_watches_follows_the_settings_and_gives_a_sign_of_life(transactional_db: None) -> None:
    server = Bare("IDLE")
    mailbox, watches = box(server), Watches(slice_seconds=0.5)
    watches.look()
    first = watches.running[mailbox.pk]
    assert until(lambda: first.state == "idle")
    watches.look()
    assert Heartbeat.objects.get(name="mailwatch").detail["listening"] == 1
    Mailbox.objects.update(last_read_at=now())
    Municipality.objects.get_or_create(pk=1)
    ORGANISATION.forget()
    assert [row.state_word for row in overview(now()).mailboxes] == ["komt meteen binnen"]
    assert watches.running[mailbox.pk] is first
    mailbox.version += 1
    mailbox.save()
    watches.look()
    second = watches.running[mailbox.pk]
    assert second is not first
    Mailbox.objects.update(is_active=False)
    watches.look()
    assert watches.running == {}
    for one in (first, second):
        one.join(60)
        assert not one.is_alive()
    server.door.close()
    connections.close_all()
