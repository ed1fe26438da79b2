"""Reads a call of a bought chat in our own plain shape: messages and receipts (pure; runs in the child process; docs/chat.md)."""

from __future__ import annotations

from typing import Any

from channels_app.adapters.events_in import moment_of, read_events
from channels_app.adapters.json_in import items, line, part, text
from channels_app.adapters.messages import Events, Incoming, Media, Receipt

STATES = ("sent", "delivered", "read", "failed")
MOST_FILES = 5


def read(body: bytes) -> Events:
    """What came in one call."""
    return read_events(body, message=_message, receipt=_receipt, told_by="receipt")


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
        at=moment_of(one.get("at")),
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
        at=moment_of(one.get("at")),
        code=line(one.get("code"), 20),
        detail=line(one.get("detail")),
    )
