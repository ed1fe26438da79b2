"""A line to a mail server that sends for us, on which all waits together end at a moment: many slow answers are one long one."""

from __future__ import annotations

import smtplib
import ssl
import time
from typing import Any

CHUNK = 64 * 1024
CONNECT_SECONDS = 8.0
"""For each address of the server: behind one that leads nowhere the next still gets its turn."""


class Line(smtplib.SMTP):
    """Raises `TimeoutError` at `until`, by the clock that only goes forward; move it for what comes next."""

    def __init__(self, host: str, port: int, *, until: float, **more: Any) -> None:
        self.until = until
        super().__init__(host, port, timeout=self._left(), **more)

    def _get_socket(self, host: str, port: int, timeout: float) -> Any:
        return super()._get_socket(host, port, min(timeout, CONNECT_SECONDS))  # type: ignore[misc]  # not in its types

    def getreply(self) -> tuple[int, bytes]:
        self._wait_at_most()
        return super().getreply()

    def send_text(self, text: bytes) -> None:
        """In pieces: a server that takes them slowly has no more time than one that answers slowly."""
        for start in range(0, len(text), CHUNK):
            self._wait_at_most()
            self.send(text[start : start + CHUNK])

    def _wait_at_most(self) -> None:
        left = self._left()
        if self.sock is not None:
            self.sock.settimeout(left)

    def _left(self) -> float:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class TlsLine(Line, smtplib.SMTP_SSL):
    """The same, sealed from its first letter."""


def open_line(host: str, port: int, security: str, *, until: float) -> Line:
    """Connected and greeted; sealed when it should be."""
    if security == "tls":
        return TlsLine(host, port, until=until, context=ssl.create_default_context())
    line = Line(host, port, until=until)
    if security == "starttls":
        line.starttls(context=ssl.create_default_context())
    return line
