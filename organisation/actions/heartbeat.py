"""A process tells that it does its work (quality.md rule 8)."""

import json
import os

from django.db import DEFAULT_DB_ALIAS, connections

from organisation.bare_cursor import bare_cursor
from organisation.clock import now

_BEAT = """
INSERT INTO organisation_heartbeat (name, beat_at, detail) VALUES (%s, %s, %s)
ON CONFLICT (name) DO UPDATE SET beat_at = excluded.beat_at, detail = excluded.detail
"""


def beat(name: str, **detail: object) -> None:
    """Renews the row of this process. Not by its model, nor by Django's cursor, which wants all of them: beat, which only ticks, loads none."""
    with bare_cursor(connections[DEFAULT_DB_ALIAS]) as cursor:
        cursor.execute(_BEAT, [name, now(), json.dumps({"pid": os.getpid(), **detail})])
