"""Hands an open line of a page over from the web worker that read its request to the process that keeps such lines.

The web server answers for who it is, as for every page; then only the line itself, a file descriptor, goes through a socket in
`DATA_DIR/run`. So it has the same address as the site, behind any proxy or none.
"""

from __future__ import annotations

import json
import os
import socket
import ssl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings

PATIENCE: Final = 0.5
LONGEST: Final = 4096


@dataclass(frozen=True)
class Seat:
    """Whose line it is: as which the exchange knows the person, and the session that it lives by."""

    user: int
    names: tuple[str, ...]
    session: str


def place() -> Path:
    """The socket; made by the process of the lines."""
    return Path(settings.DATA_DIR) / "run" / "stroom.sock"


def hand_over(line: Any, seat: Seat) -> bool:
    """True when the line is gone from here: what is written to it after that reaches nobody. False: it is still ours."""
    if not isinstance(line, socket.socket) or isinstance(line, ssl.SSLSocket):
        return False
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as door, short(place()) as address:
            door.settimeout(PATIENCE)
            door.connect(address)
            socket.send_fds(door, [json.dumps(asdict(seat)).encode()], [line.fileno()])
    except OSError:
        return False
    dead, other = socket.socketpair()
    other.close()
    os.dup2(dead.fileno(), line.fileno(), inheritable=False)  # the web server ends its copy, and not the line
    dead.close()
    return True


def take(door: socket.socket) -> tuple[socket.socket, Seat] | None:
    """The next line that was handed over; None when it is no line of ours. Raises BlockingIOError when none waits."""
    data, files, _flags, _address = socket.recv_fds(door, LONGEST, 4)
    lines = [socket.socket(fileno=number) for number in files]
    try:
        told = json.loads(data)
        seat = Seat(int(told["user"]), tuple(str(name) for name in told["names"]), str(told["session"]))
        return lines.pop(0), seat
    except (ValueError, KeyError, TypeError, IndexError):
        return None
    finally:
        for rest in lines:
            rest.close()


def open_door() -> socket.socket:
    """Listens for lines; only processes of the same user get in."""
    path = place()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    door = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    before = os.umask(0o177)
    try:
        with short(path) as address:
            door.bind(address)
    finally:
        os.umask(before)
    door.setblocking(False)
    return door


@contextmanager
def short(path: Path) -> Iterator[str]:
    """The address of a socket holds about a hundred characters, the path of a checkout may be longer."""
    if sys.platform != "linux" or len(os.fsencode(path)) < 100:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
