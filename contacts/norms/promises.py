"""Which norms a contact sets running (pure; norms-and-kpis §1 and §3)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ACKNOWLEDGE: Final[Mapping[str, str]] = MappingProxyType(
    {"email": "email.acknowledge", "form": "form.acknowledge", "app": "form.acknowledge"}
)
ANSWER: Final[Mapping[str, str]] = MappingProxyType(
    {
        "email": "email.answer",
        "letter": "letter.respond",
        "social": "social.respond",
        "form": "form.answer",
        "app": "form.answer",
        "chat": "chat.first_response",
        "whatsapp": "chat.first_response",
        "sms": "chat.first_response",
    }
)
HANDED_ON: Final = "handover.answer"
"""A question from the phone, the counter or the street that was not answered there."""
CALLBACK: Final = "callback.done"
COMPLAINT: Final = "complaint.settle"
LETTER_ANSWER: Final = "letter.answer"
VISIT: Final = "visit.wait"
"""A visitor is helped soon after coming in (`contacts.norms.visits`); beside what becomes of the question."""

STOPPED_BY_ACKNOWLEDGEMENT: Final = frozenset({"email.acknowledge", "form.acknowledge", "letter.respond"})
STOPPED_BY_REACTION: Final = frozenset({"social.respond", "chat.first_response"})
"""Any human message stops these, also an interim one."""
KEPT_BY_A_MACHINE: Final = frozenset({"email.acknowledge", "form.acknowledge", VISIT})
"""No answer keeps these. Once missed there is nothing left to do about them, so they do not keep a question overdue."""


def is_of_kind(code: str, kind: str) -> bool:
    """Whether this promise still concerns a question of this kind: the term of the law only concerns a complaint."""
    return code != COMPLAINT or kind == "complaint"


def norms_to_start(
    *, channel: str, kind: str, end: str, acknowledge: bool, is_automatic: bool = False
) -> tuple[str, ...]:
    """The codes of the norms whose clocks start.

    `end`: direct, forward, callback, waiting, open. A complaint has the term of the Awb instead of the channel's answer norm;
    a letter keeps its 5 days for a first reaction. A message from a machine promises nothing.
    """
    if is_automatic:
        return ()
    codes: list[str] = []
    if acknowledge and channel in ACKNOWLEDGE and end != "direct":
        codes.append(ACKNOWLEDGE[channel])
    own = ANSWER.get(channel)
    if kind == "complaint":
        if channel == "letter":
            codes.append("letter.respond")
        if end != "direct" or own:
            codes.append(COMPLAINT)
    elif own:
        codes.append(own)
    elif end in ("forward", "open", "waiting"):
        codes.append(HANDED_ON)
    if end == "callback":
        codes.append(CALLBACK)
    return tuple(codes)
