"""Tells who listens that a call changed: PostgreSQL says it when the transaction is committed, and to nobody when nobody listens."""

from __future__ import annotations

from typing import Final

from django.db import connection

CHANGED: Final = "gesprekken"


def tell_listeners() -> None:
    """Once for a transaction, however often it is called."""
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANGED}")
