"""Reads a call of a bought chat in our own plain shape: messages and receipts (pure; runs in the child process; docs/chat.md)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from channels_app.adapters.json_in import items, line, moment, part, read_json, text
from channels_app.adapters.messages import Events, Incoming, Media, Receipt

STATES = ("sent", "delivered", "read", "failed")
MOST_FILES = 5


def read(body: bytes) -> Events:
    """One event, or several in `events`; what is not understood is named in `unknown`."""
    found = read_json(body)
    messages: list[Incoming] = []
    receipts: list[Receipt] = []
    unknown: list[str] = []
    for one in items(found["events"]) if "events" in found else [found]:
        kind = line(one.get("type"), 40)
        said = _message(one) if kind == "message" else None
        told = _receipt(one) if kind == "receipt" else None
        if said is not None:
            messages.append(said)
        elif told is not None:
            receipts.append(told)
        else:
            unknown.append(kind or "type")
    return Events(tuple(messages), tuple(receipts), tuple(unknown[:20]))


def _message(one: dict[str, Any]) -> Incoming | None:
    key, conversation = line(one.get("id")), line(one.get("conversation"))
    if not key or not conversation:
        return None
    visitor = part(one, "from")
    files = [
        Media(
            url=line(file.get("url"), 1000),
            name=line(file.get("name"), 150) or "bijlage",
            content_type=line(file.get("type"), 100).partition(";")[0],
        )
        for file in items(one.get("files"), MOST_FILES)
    ]
    words = text(one.get("text"))
    return Incoming(
        key=key,
        conversation=conversation,
        address=conversation,
        name=line(visitor.get("name"), 100),
        text=words,
        at=_at(one.get("at")),
        reply_to=line(one.get("replyTo")),
        media=tuple(file for file in files if file.url),
        remarks=() if words or files else ("unsupported_message",),
    )


def _receipt(one: dict[str, Any]) -> Receipt | None:
    state, ours = line(one.get("state"), 20), line(one.get("message"))
    if state not in STATES or not ours:
        return None
    return Receipt(
        state=state,
        message_id=ours,
        at=_at(one.get("at")),
        code=line(one.get("code"), 20),
        detail=line(one.get("detail")),
    )


def _at(value: object) -> float | None:
    """ISO 8601 with a zone, or seconds since 1970."""
    if isinstance(value, str) and "T" in value[:40]:
        try:
            found = datetime.fromisoformat(value[:40])
        except ValueError:
            return None
        return moment(found.timestamp()) if found.tzinfo is not None else None
    return moment(value)
