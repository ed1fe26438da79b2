"""Files wait for the virus scanner, where there is one: nobody gets what waits or holds a virus, and nothing else is stopped by it."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from channels_app.actions.check_files import MOST_FAILURES, check_files
from channels_app.actions.deliver import deliver
from channels_app.adapters import virus
from channels_app.adapters.virus import Away, virus_in
from channels_app.files import Withheld, open_file, store_file
from channels_app.models import OutboundMessage, StoredFile
from contacts.actions.send_planned import send_planned
from contacts.actions.take_in_mail import take_in_mail
from contacts.models import Question
from organisation.clock import now
from tests.cast import Cast

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd:
    """Speaks clamd's INSTREAM; knows one virus. `mood`: answers, hangs, breaks off or refuses."""

    def __init__(self) -> None:
        self.mood = "answers"
        self.server = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp://127.0.0.1:{self.server.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _who = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as told:
            if self.mood == "breaks off":
                return
            assert told.read(10) == b"zINSTREAM\0"
            data = b""
            while length := struct.unpack(">I", told.read(4))[0]:
                data += told.read(length)
            if self.mood == "hangs":
                time.sleep(60)
            if b"te groot" in data:
                connection.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
            answer = b"stream: Eicar-Test-Signature FOUND" if EICAR in data else b"stream: OK"
            connection.sendall(b"INSTREAM size limit exceeded. ERROR\0" if self.mood == "refuses" else answer + b"\0")


@pytest.fixture
def clamd(settings: Any, tmp_path: Path) -> Iterator[Clamd]:
    settings.FILES_DIR = tmp_path
    found = Clamd()
    settings.CLAMD = found.address
    yield found
    found.server.close()


def mail(data: bytes, at: datetime) -> StoredFile:
    raw = (
        b"From: j@voorbeeld.nl\r\nTo: gemeente@opmeer.example\r\nSubject: Bijlage\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHierbij.\r\n"
        b"--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=a.bin\r\n\r\n"
    )
    take_in_mail(raw=raw + data + b"\r\n--b--\r\n", source="command", at=at)
    return StoredFile.objects.get()


@pytest.mark.parametrize("mood", ["hangs", "breaks off", "refuses"])
def test_a_scanner_that_misbehaves_is_away(
    clamd: Clamd, mood: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(virus, "ANSWER_SECONDS", 0.5)
    clamd.mood = mood
    path = tmp_path / "file"
    path.write_bytes(b"x" * 200_000)
    began = time.monotonic()
    with pytest.raises(Away):
        virus_in(path, clamd.address)
    assert time.monotonic() - began < 30
    with pytest.raises(Away):
        virus_in(path, "unix:///nowhere/clamd.ctl")


def test_a_file_waits_until_it_is_checked(clamd: Clamd, cast: Cast) -> None:
    stored = mail(b"gewone bijlage", now())
    number = Question.objects.get().number
    client = Client()
    client.force_login(cast.fatima)
    assert "a.bin · wordt gecontroleerd" in client.get(f"/vragen/{number}/").content.decode()
    refused = client.get(f"/bijlagen/{stored.pk}/", follow=True)
    assert "wordt op virussen gecontroleerd" in refused.content.decode()
    clamd.mood = "breaks off"
    assert check_files(at=now()) == 0
    coordinator = Client()
    coordinator.force_login(cast.sanne)
    assert "De virusscanner antwoordt niet." in coordinator.get("/kanalen/").content.decode()
    clamd.mood = "answers"
    assert check_files(at=now()) == 1
    assert client.get(f"/bijlagen/{stored.pk}/").status_code == 200
    assert "De virusscanner antwoordt niet." not in coordinator.get("/kanalen/").content.decode()


def test_files_that_the_scanner_does_not_take_stop_no_other(clamd: Clamd, db: None) -> None:
    for data in (*(b"te groot %d" % number for number in range(MOST_FAILURES + 1)), b"goed", EICAR):
        store_file(data=data, name="a.txt", at=now())
    StoredFile.objects.update(check_state="waiting")
    assert [check_files(at=now()) for _tick in range(3)] == [0, 2, 0]
    assert list(StoredFile.objects.order_by("pk").values_list("check_state", flat=True)[MOST_FAILURES + 1 :]) == [
        "clean",
        "infected",
    ]


def test_a_file_is_looked_at_in_no_transaction(clamd: Clamd, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may take longer than the database lets a transaction wait."""
    store_file(data=b"goed", name="a.txt", at=now())
    StoredFile.objects.update(check_state="waiting")
    before, seen = len(connection.savepoint_ids), []
    monkeypatch.setattr(
        "channels_app.actions.check_files.virus_in",
        lambda *_given: seen.append(len(connection.savepoint_ids)) or "",
    )
    assert check_files(at=now()) == 1 and seen == [before]


def test_a_virus_is_given_to_nobody(clamd: Clamd, cast: Cast) -> None:
    stored = mail(EICAR, now())
    check_files(at=now())
    stored.refresh_from_db()
    assert (stored.check_state, stored.virus) == ("infected", "Eicar-Test-Signature")
    with pytest.raises(Withheld):
        open_file(stored)
    client = Client()
    client.force_login(cast.fatima)
    page = client.get(f"/vragen/{Question.objects.get().number}/").content.decode()
    assert "a.bin · bevat een virus" in page and f"/bijlagen/{stored.pk}/" not in page
    assert (
        "bevat een virus (Eicar-Test-Signature)" in client.get(f"/bijlagen/{stored.pk}/", follow=True).content.decode()
    )


def test_an_answer_waits_with_its_file_and_never_takes_a_virus_along(clamd: Clamd, cast: Cast, settings: Any) -> None:
    settings.DEMO_MODE = False
    settings.SMTP = {**settings.SMTP, "host": "127.0.0.1", "port": 1}
    mail(b"vraag", now())
    check_files(at=now())
    question = Question.objects.get()
    client = Client()
    client.force_login(cast.fatima)
    asked = {
        "text": "Zie de bijlage.", "channel": "email", "to_address": "j@voorbeeld.nl", "subject_line": "Antwoord",
        "version": question.version, "end": "close", "files": SimpleUploadedFile("plan.txt", EICAR),
    }  # fmt: skip
    client.post(f"/vragen/{question.number}/antwoord/", asked)
    later = now() + timedelta(minutes=1)
    send_planned(at=later)
    message = OutboundMessage.objects.filter(purpose="reply").first()
    assert message is not None
    OutboundMessage.objects.exclude(pk=message.pk).delete()
    deliver(at=later)
    message.refresh_from_db()
    assert message.state in ("queued", "sending") and "op virussen gecontroleerd" in message.error
    check_files(at=now())
    OutboundMessage.objects.update(next_try_at=later, lease_until=None)
    deliver(at=later)
    message.refresh_from_db()
    assert message.state == "failed" and "bevat een virus" in message.error


def test_without_a_scanner_nothing_waits(settings: Any, tmp_path: Path, cast: Cast) -> None:
    settings.FILES_DIR = tmp_path
    assert mail(b"gewone bijlage", now()).check_state == "none"
