"""Clients that are slow on purpose."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

from faults.fault import PATIENCE, Fault, Notes, NotHere, World, fault
from faults.ledger import ask, percentile
from faults.nginx import BINARY, Nginx
from faults.stack import until

CLIENTS = 200
FORM = "/formulier/grofvuil/"
MODES = {
    "slow_head": (b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"X-Slow: a\r\n"),
    "slow_body": (
        b"POST " + FORM.encode() + b" HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\ntext=",
        b"a",
    ),
    "slow_read": (b"GET " + FORM.encode() + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", b""),
}
"""What each client sends at once, and what it sends again and again."""


@contextlib.contextmanager
def _slow(port: int, first: bytes, again: bytes) -> Iterator[list[socket.socket]]:
    lines: list[socket.socket] = []
    ends = threading.Event()

    def drip() -> None:
        while not ends.wait(1.0):
            for line in lines:
                with contextlib.suppress(OSError):
                    line.send(again) if again else line.recv(1)

    for _one in range(CLIENTS):
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        line.settimeout(PATIENCE)
        line.connect(("127.0.0.1", port))
        line.sendall(first)
        line.setblocking(False)
        lines.append(line)
    dripping = threading.Thread(target=drip, name="drip", daemon=True)
    dripping.start()
    try:
        yield lines
    finally:
        ends.set()
        dripping.join(10)
        for line in lines:
            line.close()


@fault("F27")
class SlowClients(Fault):
    """200 clients that send their head, send their body, or read their answer a byte a second, through nginx."""

    is_short = False
    expected = "everybody else is served: no failed request, p95 at most twice the usual"

    def run(self, world: World, notes: Notes) -> None:
        if BINARY is None:
            raise NotHere("nginx is not here")
        nginx = Nginx(world.stack.scratch / "nginx", world.stack.web_ports)
        nginx.start()
        try:
            if until(lambda: ask(nginx.port, "GET", "/health/live").status == 200, PATIENCE) is None:
                raise RuntimeError((nginx.folder / "error.log").read_text()[-1000:])
            seconds = world.times(8, 30)
            usual = self._others(nginx.port, seconds, notes, "usual")
            for mode, (first, again) in MODES.items():
                with _slow(nginx.port, first, again):
                    slow = self._others(nginx.port, seconds, notes, mode)
                notes.within(f"{mode}_p95_times_usual", slow / max(usual, 0.001), 2)
        finally:
            nginx.stop()

    @staticmethod
    def _others(port: int, seconds: float, notes: Notes, name: str) -> float:
        """An ordinary visitor meanwhile, one page after the other; the p95."""
        answers = []
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            answers.append(ask(port, "GET", FORM))
        notes.figure(f"{name}_pages", len(answers))
        notes.exactly(f"{name}_failed", sum(one.status != 200 for one in answers), 0)
        p95 = percentile([one.seconds for one in answers], 0.95)
        notes.figure(f"{name}_p95_ms", p95 * 1000)
        return p95
