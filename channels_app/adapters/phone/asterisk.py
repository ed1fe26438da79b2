"""What Asterisk tells of its queues, in a line of `queue_log` or an event of its manager (AMI), in the words of our events (pure).

Both name a call by the unique id of the caller's channel, so who reads both hears each call once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from channels_app.adapters.phone.cti import ANONYMOUS
from channels_app.adapters.phone.fold import (
    ANSWERED,
    ENDED,
    ENTERED,
    HELD,
    OVERFLOW,
    RESUMED,
    RINGING,
    TRANSFERRED,
)

LONGEST_LINE: Final = 2_000
LONGEST_CALL: Final = 120


@dataclass(frozen=True)
class Said:
    """One event; `at` None: it carries no time."""

    kind: str
    call: str
    at: datetime | None
    leg: str = ""
    queue: str = ""
    caller: str = ""
    agent: str = ""


def read_line(line: str) -> tuple[Said, ...]:
    """What a line of `queue_log` tells: `epoch|call|queue|agent|EVENT|data…`. Nothing for what is no event of a call, or no such line."""
    cells = [_clean(cell, LONGEST_CALL + 1) for cell in line[:LONGEST_LINE].rstrip("\r\n").split("|")]
    if len(cells) < 5 or cells[1] in ("", "NONE", "MANAGER", "REALTIME") or len(cells[1]) > LONGEST_CALL:
        return ()
    at = _moment(cells[0])
    if at is None:
        return ()
    call, queue, agent, event, data = (
        cells[1],
        cells[2][:60],
        _agent(cells[3]),
        cells[4].upper(),
        [*cells[5:], "", "", ""],
    )
    leg = agent[:48] or "?"  # the moment still fits behind it
    if event == "ENTERQUEUE":
        return (Said(ENTERED, call, at, queue=queue, caller=_caller(data[1])),)
    if event == "CONNECT":
        return (Said(ANSWERED, call, at, queue=queue, agent=agent),)
    if event in ("COMPLETEAGENT", "COMPLETECALLER", "ABANDON"):
        return (Said(ENDED, call, at, queue=queue),)
    if event in ("EXITWITHTIMEOUT", "EXITEMPTY", "EXITWITHKEY"):
        return (Said(OVERFLOW, call, at, queue=queue),)
    if event == "RINGNOANSWER":
        rang = timedelta(milliseconds=int(data[0])) if data[0].isdecimal() and len(data[0]) < 9 else timedelta()
        leg = f"{leg}@{int(at.timestamp())}"
        return (Said(RINGING, call, at - rang, leg=leg, queue=queue, agent=agent), Said(ENDED, call, at, leg=leg))
    if event in ("BLINDTRANSFER", "ATTENDEDTRANSFER", "TRANSFER"):  # it leaves the queue, and is followed no further
        return (Said(TRANSFERRED, call, at, queue=queue), Said(ENDED, call, at, queue=queue))
    return ()


def read_event(fields: Mapping[str, str]) -> tuple[Said, ...]:
    """What an event of the manager tells; its time only when the manager is told to give it (`timestampevents`)."""

    def cell(*names: str, most: int = 60) -> str:
        return next((text for name in names if (text := _clean(fields.get(name, ""), most))), "")

    event, call = cell("event"), cell("uniqueid", most=LONGEST_CALL + 1)
    at = _moment(cell("timestamp"))
    queue, agent = cell("queue"), _agent(cell("interface", "membername", "destchannel", most=120))
    leg = cell("destuniqueid") or agent[:50]
    if event in ("Hold", "Unhold"):
        call = cell("linkedid", "uniqueid", most=LONGEST_CALL + 1)
    if event == "BlindTransfer":
        call = cell("transfereelinkedid", "transfererlinkedid", most=LONGEST_CALL + 1)
    if not call or len(call) > LONGEST_CALL:
        return ()
    said = {
        "QueueCallerJoin": (Said(ENTERED, call, at, queue=queue, caller=_caller(cell("calleridnum", most=40))),),
        "AgentCalled": (Said(RINGING, call, at, leg=leg, queue=queue, agent=agent),),
        "AgentConnect": (Said(ANSWERED, call, at, leg=leg, queue=queue, agent=agent),),
        "AgentRingNoAnswer": (Said(ENDED, call, at, leg=leg),),
        "AgentComplete": (Said(ENDED, call, at, queue=queue),),
        "QueueCallerAbandon": (Said(ENDED, call, at, queue=queue),),
        "Hold": (Said(HELD, call, at),),
        "Unhold": (Said(RESUMED, call, at),),
        "BlindTransfer": (Said(TRANSFERRED, call, at, leg=f"x{cell('extension', most=59)}", agent=cell("extension")),),
    }
    if event == "AgentComplete" and cell("reason").lower() == "transfer":
        return ()  # it goes on at somebody else
    if event == "Hangup" and cell("linkedid", most=LONGEST_CALL) in ("", call):  # of the caller's own channel
        return (Said(ENDED, call, at),)
    return said.get(event, ())


def blocks(text: str) -> tuple[list[dict[str, str]], str]:
    """The messages of the manager that are whole, with small letters for their names, and the rest that is not."""
    whole, _last, rest = text.replace("\r\n", "\n").rpartition("\n\n")
    found = []
    for block in whole.split("\n\n"):
        fields: dict[str, str] = {}
        for line in block.split("\n")[:200]:
            name, colon, value = line.partition(":")
            if colon:
                fields.setdefault(name.strip().lower(), value.strip())
        if fields:
            found.append(fields)
    return found, rest


def _clean(text: str, most: int) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:most]


def _moment(text: str) -> datetime | None:
    if not re.fullmatch(r"\d{9,11}(\.\d{1,9})?", text, re.ASCII):
        return None
    return datetime.fromtimestamp(float(text), UTC)


def _agent(text: str) -> str:
    """`PJSIP/101-00000a3`, `Local/101@from-queue/n` and `Agent/101` are the extension 101."""
    name = text.split("/", 1)[1] if "/" in text else text
    name = name.split("@")[0].split("/")[0]
    name = re.sub(r"-[0-9a-f]{6,10}(;\d)?$", "", name)
    return "" if name.upper() == "NONE" else name[:60]


def _caller(text: str) -> str:
    return "" if text.lower() in (*ANONYMOUS, "<unknown>", "none") else text[:40]
