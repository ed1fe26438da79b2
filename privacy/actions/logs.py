"""The doors to the logs that never change: two functions of the owner (docs/adr/0024)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection


def without_reasons(*, questions: Iterable[int], people: Iterable[int]) -> None:
    """Empties what was typed in the logs about questions and customers that were wiped. Inside that transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_reasons_from_logs(%s::bigint[], %s::bigint[])", [list(questions), list(people)])


def drop_old(log: str, *, before: datetime, most: int) -> int:
    """Removes the oldest lines of the read log (`access`) or the audit trail (`audit`), at most this many; never of the last year."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_old_from_logs(%s, %s, %s)", [log, before, most])
        return int(cursor.fetchone()[0])
