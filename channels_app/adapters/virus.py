"""Asks clamd whether a file holds a virus (INSTREAM, clamd's own protocol); every wait has an end."""

from __future__ import annotations

import socket
import struct
import time
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

CONNECT_SECONDS: Final = 5
ANSWER_SECONDS: Final = 30
CHUNK: Final = 65_536
MOST_ANSWER: Final = 4_096


class Away(Exception):
    """The scanner cannot be asked now; the words say why, for the log and the screen."""


def virus_in(path: Path, address: str) -> str:
    """The name of the virus, empty when there is none. `address`: `tcp://host:port` or `unix:///path`. Raises `Away`."""
    until = time.monotonic() + ANSWER_SECONDS
    try:
        with _connected(address) as connection, path.open("rb") as file:
            connection.sendall(b"zINSTREAM\0")
            while chunk := file.read(CHUNK):
                _until(connection, until)
                connection.sendall(struct.pack(">I", len(chunk)) + chunk)
            connection.sendall(struct.pack(">I", 0))
            answer = _answer(connection, until)
    except OSError as error:
        raise Away(error.strerror or type(error).__name__) from error
    if answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")[:100] or "?"
    if answer == "stream: OK":
        return ""
    raise Away(answer[:200] or "no answer")


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(CONNECT_SECONDS)
        try:
            connection.connect(parts.path)
        except OSError:
            connection.close()
            raise
        return connection
    return socket.create_connection((parts.hostname or "", parts.port or 3310), timeout=CONNECT_SECONDS)


def _answer(connection: socket.socket, until: float) -> str:
    found = b""
    while not found.endswith(b"\0") and len(found) < MOST_ANSWER:
        _until(connection, until)
        part = connection.recv(1_024)
        if not part:
            break
        found += part
    return found.rstrip(b"\0").decode("utf-8", "replace").strip()


def _until(connection: socket.socket, until: float) -> None:
    """No single wait goes on beyond the moment that the whole must be done."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("the scanner took too long")
    connection.settimeout(left)
