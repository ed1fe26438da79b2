"""One reader of a mailbox at a time, and the name under which its messages are known."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from channels_app.models import Mailbox

PLACE = ("host", "username", "folder")
"""Another folder, or that of another server, may number its messages alike."""


def source_of(mailbox: Mailbox) -> str:
    """Its place is part of the source."""
    place = hashlib.sha256("\n".join(getattr(mailbox, name) for name in PLACE).encode()).hexdigest()[:12]
    return f"mailbox:{mailbox.pk}:{place}"


@contextmanager
def alone(mailbox: Mailbox) -> Iterator[bool]:
    """One fetcher per mailbox: a lock that ends with the connection, so a killed fetcher holds nobody up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(2511, %s)", [mailbox.pk])
        is_ours = bool(cursor.fetchone()[0])
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(2511, %s)", [mailbox.pk])
