"""What runs once a night: the database says whether it is due, so a lost, late or doubled tick changes nothing (quality rule 9)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta

from django.db import connection

from organisation.models import Heartbeat
from organisation.workdays import AMSTERDAM

BEGINS = time(2, 0)
TOO_OLD = timedelta(hours=26)
_LOCKS = 2512


def is_due(name: str, at: datetime) -> bool:
    """Whether this has not run since the last two o'clock at night, on the clock of the town hall."""
    local = at.astimezone(AMSTERDAM)
    night = local.date() if local.time() >= BEGINS else local.date() - timedelta(days=1)
    begun = datetime.combine(night, BEGINS, AMSTERDAM)
    last = Heartbeat.objects.filter(name=name).values_list("beat_at", flat=True).first()
    return last is None or last < begun


def done(name: str, at: datetime, **detail: object) -> None:
    """It ran, with this result (counts and ids only, no personal data)."""
    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": at, "detail": detail})


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """One at a time over all workers: a lock that ends with the connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", [_LOCKS, name])
        is_ours = bool(cursor.fetchone()[0])
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", [_LOCKS, name])
