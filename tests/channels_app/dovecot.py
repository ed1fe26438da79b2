"""A real Dovecot (faults/dovecot.py) for the tests, and messages to put into it."""

from __future__ import annotations

import pytest

from faults.dovecot import BINARY, PASSWORD, USER, Dovecot
from supervisor.ports import free as free_port
from tests.channels_app.corpus import mail

__all__ = ["PASSWORD", "USER", "Dovecot", "free_port", "needs_dovecot", "numbered"]

needs_dovecot = pytest.mark.skipif(BINARY is None, reason="dovecot is not installed on this machine")


def numbered(count: int, first: int = 1) -> list[bytes]:
    return [mail(f"Bericht {n}", mid=f"<m{n}@burger.example>") for n in range(first, first + count)]
