"""A mail server that keeps what it took and misbehaves on request, by the first word of the address (`r450.anna@…`)."""

from __future__ import annotations

import re
import select
import socketserver
import threading
import time
from collections import Counter
from dataclasses import dataclass

_ID = re.compile(rb"^Message-ID:\s*(<[^>]+>)", re.IGNORECASE | re.MULTILINE)
ONCE = ("r421", "r450", "cutdata", "cut250", "tarpit")
END = b"\r\n.\r\n"
TARPIT_SECONDS = 150.0
"""Silence until the client has had enough; longer than any wait of ours."""


@dataclass(frozen=True)
class Taken:
    """One message that the server took for good."""

    address: str
    message_id: str
    at: float


class Sink:
    """Listens on a free loopback port. `held`: while it is cleared, nobody gets an answer to RCPT."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self.held = threading.Event()
        self.held.set()
        self.waiting = 0
        """Clients that wait for an answer to RCPT while it is held."""
        self._seen: set[str] = set()
        self._lock = threading.Lock()
        sink = self

        class Talk(socketserver.StreamRequestHandler):
            timeout = 120

            def handle(self) -> None:
                try:
                    sink._talk(self)
                except (OSError, ValueError):
                    pass

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True
            request_queue_size = 50

        self._server = Server(("127.0.0.1", 0), Talk)
        self.port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, args=(0.1,), name="sink", daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def of(self, address: str) -> list[Taken]:
        with self._lock:
            return [one for one in self.taken if one.address == address]

    def counts(self) -> Counter[str]:
        """Address → messages taken."""
        with self._lock:
            return Counter(one.address for one in self.taken)

    def _first_time(self, address: str) -> str:
        """What to do wrong with this address, once."""
        kind = address.partition(".")[0]
        with self._lock:
            if kind not in ONCE or address in self._seen:
                return "r550" if kind == "r550" else ""
            self._seen.add(address)
            return kind

    def _talk(self, line: socketserver.StreamRequestHandler) -> None:
        def say(text: str) -> None:
            line.wfile.write(f"{text}\r\n".encode())

        say("220 sink.example ESMTP")
        address, wrong = "", ""
        while words := line.rfile.readline(2000):
            verb = words[:4].upper()
            if verb in (b"EHLO", b"HELO"):
                say("250 sink.example")
            elif verb == b"RCPT":
                address = words.decode("ascii", "replace").partition("<")[2].partition(">")[0].lower()
                self._hold()
                wrong = self._first_time(address)
                if wrong == "tarpit":
                    select.select([line.connection], [], [], TARPIT_SECONDS)
                    return
                if wrong in ("r421", "r450", "r550"):
                    say(f"{wrong[1:]} not now, says the sink")
                    if wrong == "r421":
                        return
                else:
                    say("250 OK")
            elif verb == b"DATA":
                say("354 go on")
                data = b"\r\n"
                while not data.endswith(END):  # nobody says more before he heard that it is taken
                    one = line.rfile.read1(70_000)
                    if not one:
                        return
                    data += one
                if wrong == "cutdata":  # taken, but the client never hears of it
                    self._keep(address, data)
                    return
                self._keep(address, data)
                say("250 taken")
                if wrong == "cut250":
                    return
            elif verb == b"QUIT":
                say("221 bye")
                return
            else:
                say("250 OK")

    def _hold(self) -> None:
        if self.held.is_set():
            return
        with self._lock:
            self.waiting += 1
        self.held.wait(60)
        with self._lock:
            self.waiting -= 1

    def _keep(self, address: str, data: bytes) -> None:
        found = _ID.search(data)
        with self._lock:
            self.taken.append(Taken(address, found.group(1).decode() if found else "", time.monotonic()))
