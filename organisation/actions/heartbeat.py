"""A process tells that it does its work (quality.md rule 8)."""

import os

from organisation.clock import now
from organisation.models import Heartbeat


def beat(name: str, **detail: object) -> None:
    """Renews the row of this process."""
    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": now(), "detail": {"pid": os.getpid(), **detail}})
