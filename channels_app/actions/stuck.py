"""A message at which the line to the mail server breaks at every visit: too large for a slow line, or one that the server dies of.

The cursor never passes what is not kept, so everything behind it would stay away. After some visits it is parked as what the server cannot hand
over, and asked for again after new mail was read (`unseen.py`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from channels_app.models import Mailbox
from organisation.models import Heartbeat

VISITS: Final = 3


def is_stuck(mailbox: Mailbox, key: str, at: datetime) -> bool:
    """Counts one more visit that got no further than asking for this message; whether that is enough now."""
    name = f"stuck mailbox {mailbox.pk}"
    row = Heartbeat.objects.filter(name=name).first()
    count = row.detail["count"] + 1 if row is not None and row.detail["key"] == key else 1
    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": at, "detail": {"key": key, "count": count}})
    return count >= VISITS
