"""What became of a message: the one outcome that every message has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from channels_app.models import InboundMessage

if TYPE_CHECKING:
    from contacts.models import Contact

_Code = InboundMessage.Outcome


@dataclass(frozen=True)
class Outcome:
    """`code` is one of `InboundMessage.Outcome`; `reason` in words where somebody will ask."""

    code: str
    contact: Contact | None = None
    reason: str = ""

    @classmethod
    def registered(cls, contact: Contact, reason: str = "") -> Outcome:
        return cls(_Code.REGISTERED, contact, reason)

    @classmethod
    def attached(cls, contact: Contact | None, reason: str = "") -> Outcome:
        return cls(_Code.ATTACHED, contact, reason)

    @classmethod
    def ignored(cls, reason: str) -> Outcome:
        return cls(_Code.IGNORED, None, reason)
