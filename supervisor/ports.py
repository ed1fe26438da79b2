"""Ports on this machine only."""

import secrets
import socket

FOR_SERVERS = range(20_000, 32_000)
"""Below what Linux gives to connections that go out: one of those would else stand in the way when a server is started again."""


def free() -> int:
    """A port that nobody uses at this moment, and that no connection is given."""
    for _try in range(50):
        port = secrets.choice(FOR_SERVERS)
        if not is_taken(port):
            return port
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_taken(port: int) -> bool:
    """PermissionError for a port that is not ours to take (below 1024, as an ordinary user)."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise
        except OSError:
            return True
        return False
