"""Calls in the plain shape that our bought chat and text messages share: one event, or several in `events` (pure)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from channels_app.adapters.json_in import items, line, moment, read_json
from channels_app.adapters.messages import Events, Incoming, Receipt

Event = dict[str, Any]


def read_events(
    body: bytes,
    *,
    message: Callable[[Event], Incoming | None],
    receipt: Callable[[Event], Receipt | None],
    told_by: str,
) -> Events:
    """`told_by`: what the service calls a receipt. What is not understood is named in `unknown`."""
    found = read_json(body)
    messages: list[Incoming] = []
    receipts: list[Receipt] = []
    unknown: list[str] = []
    for one in items(found["events"]) if "events" in found else [found]:
        kind = line(one.get("type"), 40)
        said = message(one) if kind == "message" else None
        told = receipt(one) if kind == told_by else None
        if said is not None:
            messages.append(said)
        elif told is not None:
            receipts.append(told)
        else:
            unknown.append(kind or "type")
    return Events(tuple(messages), tuple(receipts), tuple(unknown[:20]))


def moment_of(value: object) -> float | None:
    """ISO 8601 with a zone, or seconds since 1970."""
    if isinstance(value, str) and "T" in value[:40]:
        try:
            found = datetime.fromisoformat(value[:40])
        except ValueError:
            return None
        return moment(found.timestamp()) if found.tzinfo is not None else None
    return moment(value)
