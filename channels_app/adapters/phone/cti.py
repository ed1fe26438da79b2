"""The form that many exchanges send when a call comes in, is picked up or ends (newCall, answer, hangup; pure).

The common fields: `event`, `callId`, `from`, `to`, `direction`, `user` or `user[]`, `answeringNumber`, `cause`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from channels_app.adapters.phone.fold import ANSWERED, ENDED, ENTERED, RINGING, VOICEMAIL

MAX_CALL: Final = 120
ANONYMOUS: Final = frozenset({"anonymous", "anoniem", "unknown", "unavailable", "private", "withheld", "restricted"})


class NotCti(ValueError):
    """It is no such form; the text says which field is wrong."""


@dataclass(frozen=True)
class CtiEvent:
    kind: str
    call: str
    queue: str = ""
    caller: str = ""
    agent: str = ""


def read_cti(fields: Mapping[str, Sequence[str]]) -> tuple[CtiEvent, ...]:
    """The events that one request tells; none for a call that goes out."""

    def one(name: str, most: int) -> str:
        return _line((fields.get(name) or [""])[-1], most)

    call = one("callId", MAX_CALL + 1)
    if not call or len(call) > MAX_CALL:
        raise NotCti("callId")
    if one("direction", 10).lower() in ("out", "outbound", "outgoing"):
        return ()
    event, users = one("event", 20), _users(fields)
    if event == "newCall":
        caller = one("from", 40)
        entered = CtiEvent(ENTERED, call, one("to", 60), "" if caller.lower() in ANONYMOUS else caller)
        return (entered, CtiEvent(RINGING, call, agent=users[0] if len(users) == 1 else ""))
    if event == "answer":
        return (CtiEvent(ANSWERED, call, agent=one("answeringNumber", 60) or (users or [""])[0]),)
    if event == "hangup":
        return (CtiEvent(VOICEMAIL if one("cause", 40).lower() == "voicemail" else ENDED, call),)
    raise NotCti("event")


def _line(text: str, most: int) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:most]


def _users(fields: Mapping[str, Sequence[str]]) -> list[str]:
    """At whom it rings; more than one is a group, and everybody who sits at a phone sees the call."""
    given = [*fields.get("user[]", ()), *fields.get("user", ())]
    return list(dict.fromkeys(user for user in (_line(one, 60) for one in given) if user))
