"""The sender: writes down every item it offers and every answer it got. What it wrote is the oracle."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from typing import Any

TIMEOUT = 60.0


@dataclass
class Entry:
    """One item: its key, how often it was offered, what was answered and how long the first answer took."""

    key: str
    way: str
    address: str
    statuses: list[int] = field(default_factory=list)
    """0: no answer."""
    seconds: list[float] = field(default_factory=list)
    contact: int | None = None
    numbers: tuple[str, ...] = ()
    accepted_at: float = 0.0
    is_acknowledged: bool = True
    """Whether an acknowledgement is due."""
    may_repeat: bool = False
    """The line broke after DATA: one repeat under the same Message-ID is allowed (quality.md P3), nowhere else."""
    is_told: bool = False
    """What went wrong with it was charged to an earlier fault."""

    @property
    def is_accepted(self) -> bool:
        return self.contact is not None or self.way == "mail"


@dataclass(frozen=True)
class Answer:
    """What came back; status 0: nothing."""

    status: int
    body: bytes
    headers: dict[str, str]
    seconds: float


def ask(port: int, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Answer:
    """One request on a connection of its own."""
    begun = time.monotonic()
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    try:
        line.request(method, path, body or None, {"Connection": "close", **(headers or {})})
        answer = line.getresponse()
        data = answer.read()
        return Answer(answer.status, data, {k.lower(): v for k, v in answer.getheaders()}, time.monotonic() - begun)
    except (OSError, http.client.HTTPException):
        return Answer(0, b"", {}, time.monotonic() - begun)
    finally:
        line.close()


class Ledger:
    """All that was sent in this run."""

    def __init__(self, ports: list[int], token: str) -> None:
        self.ports = ports
        self.token = token
        self.entries: list[Entry] = []
        self._numbers = count(1)
        self._lock = threading.Lock()

    def fresh(self, way: str, prefix: str = "", *, is_acknowledged: bool = True) -> Entry:
        """A new line in the ledger, written before anything is sent."""
        number = next(self._numbers)
        entry = Entry(f"k{number:06}k", way, f"{prefix}klant{number}@burger.example", is_acknowledged=is_acknowledged)
        with self._lock:
            self.entries.append(entry)
        return entry

    def offer(self, entry: Entry, **more: Any) -> Answer:
        """Offers the item once by the API, under its key."""
        body = {
            "channel": "email",
            "text": f"De lantaarnpaal brandt niet meer. {entry.key}",
            "customer": {"name": f"Klant {entry.key}", "email": entry.address},
            "questions": [{"title": f"Lantaarnpaal {entry.key}", "subject": "grofvuil", "end": "open"}],
            **more,
        }
        headers = {"Idempotency-Key": entry.key, **self.api_headers}
        port = self.ports[(len(entry.statuses) + int(entry.key[1:-1])) % len(self.ports)]
        answer = ask(port, "POST", "/api/v1/contacts", json.dumps(body).encode(), headers)
        entry.statuses.append(answer.status)
        entry.seconds.append(answer.seconds)
        if answer.status in (200, 201):
            told = json.loads(answer.body)
            numbers = tuple(one["number"] for one in told["questions"])
            if entry.contact is not None and (entry.contact, entry.numbers) != (told["contact"], numbers):
                entry.statuses.append(-1)  # another answer under the same key
            entry.contact, entry.numbers, entry.accepted_at = told["contact"], numbers, time.monotonic()
        return answer

    @property
    def api_headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}

    def send(self, entry: Entry, patience: float = 240.0, **more: Any) -> Entry:
        """Offers it until it is accepted, as a careful client does."""
        end = time.monotonic() + patience
        while self.offer(entry, **more).status not in (200, 201) and time.monotonic() < end:
            time.sleep(0.2)
        return entry

    def send_some(self, number: int, prefix: str = "", **more: Any) -> list[Entry]:
        return [self.send(self.fresh("api", prefix), **more) for _one in range(number)]


class Load:
    """Senders that go on until they are told to stop; `rate`: at most so many items a second."""

    def __init__(self, ledger: Ledger, *, senders: int, rate: float, may_repeat: bool = False) -> None:
        self.ledger = ledger
        self.may_repeat = may_repeat
        self.entries: list[Entry] = []
        self._senders = senders
        self._pause = senders / rate
        self._ends = threading.Event()
        self._pool = ThreadPoolExecutor(senders)

    def __enter__(self) -> Load:
        for number in range(self._senders):
            self._pool.submit(self._go, number)
        return self

    def __exit__(self, *error: object) -> None:
        self._ends.set()
        self._pool.shutdown()

    def _go(self, number: int) -> None:
        self._ends.wait(self._pause * number / self._senders)
        while not self._ends.is_set():
            begun = time.monotonic()
            entry = self.ledger.fresh("api")
            entry.may_repeat = self.may_repeat
            self.entries.append(entry)
            self.ledger.send(entry)
            self._ends.wait(max(0.0, self._pause - (time.monotonic() - begun)))


def mail_bytes(entry: Entry, body: str = "") -> bytes:
    """The item as an e-mail of a citizen."""
    return (
        f"From: Klant {entry.key} <{entry.address}>\r\nTo: servicecentrum@opmeer.example\r\n"
        f"Subject: Lantaarnpaal {entry.key}\r\nMessage-ID: <{entry.key}@burger.example>\r\n"
        "Date: Mon, 23 Nov 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\n"
        f"De lantaarnpaal voor ons huis brandt niet meer. {entry.key}\r\n{body}\r\n"
    ).encode()


def with_file(raw: bytes, data: bytes) -> bytes:
    """The same e-mail with a PDF that holds these bytes."""
    head, _, body = raw.partition(b"\r\n\r\n")
    head = head.replace(b"Content-Type: text/plain; charset=utf-8", b'Content-Type: multipart/mixed; boundary="grens"')
    return (
        head
        + b"\r\n\r\n--grens\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        + body
        + b"\r\n--grens\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=brief.pdf\r\n\r\n"
        + b"%PDF-1.4\r\n"
        + data
        + b"\r\n--grens--\r\n"
    )


def percentile(values: Iterable[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0
