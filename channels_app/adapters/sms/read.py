"""Reads a call of an SMS gateway: text messages and delivery reports (pure; runs in the child process; docs/sms.md)."""

from __future__ import annotations

import re
from typing import Any

from channels_app.adapters.events_in import moment_of, read_events
from channels_app.adapters.json_in import line, part, text
from channels_app.adapters.messages import Events, Incoming, Receipt

STATES = {
    "accepted": "sent",
    "buffered": "sent",
    "sent": "sent",
    "delivered": "delivered",
    "failed": "failed",
    "delivery_failed": "failed",
    "undelivered": "failed",
    "rejected": "failed",
    "expired": "failed",
}
"""What providers call it; everything else is not read."""
STOP, START = "stop", "start"
_STOP = re.compile(r"(?:stop(?: ?(?:sms|all|alles|alle))?|afmelden|unsubscribe|uitschrijven)[.! ]*", re.I)
_START = re.compile(r"(?:start|aanmelden|unstop)[.! ]*", re.I)
_NUMBER = re.compile(r"[0-9]{8,15}")


def read(body: bytes) -> Events:
    """What came in one call."""
    return read_events(body, message=_message, receipt=_report, told_by="report")


def _message(one: dict[str, Any]) -> Incoming | None:
    """STOP and START are no question: they say whether we may write."""
    key, sender = line(one.get("id")), number_of(line(one.get("from"), 40))
    if not key or not sender:
        return None
    words = text(one.get("text"))
    asks = STOP if _STOP.fullmatch(words.strip()) else START if _START.fullmatch(words.strip()) else ""
    return Incoming(
        key=key,
        conversation=sender,
        address=sender,
        text=words,
        at=moment_of(one.get("at")),
        is_light=bool(asks),
        details={"asks": asks} if asks else {},
    )


def _report(one: dict[str, Any]) -> Receipt | None:
    state = STATES.get(line(one.get("status"), 40).lower())
    remote_id, ours = line(one.get("id")), line(one.get("reference"))
    if state is None or not (remote_id or ours):
        return None
    error = part(one, "error")
    return Receipt(
        state=state,
        remote_id=remote_id,
        message_id=ours,
        at=moment_of(one.get("at")),
        code=line(error.get("code", one.get("code")), 20),
        detail=line(error.get("message", one.get("detail"))),
    )


def number_of(given: str) -> str:
    """Digits with the country in front, `+31 6 12345678` as `31612345678`; empty for a name or a short number of a service."""
    digits = "".join(sign for sign in given if sign.isascii() and sign.isdigit()).removeprefix("00")
    if any(sign.isalpha() for sign in given):
        return ""
    if digits.startswith("0"):
        digits = f"31{digits[1:]}"
    return digits if _NUMBER.fullmatch(digits) else ""
