"""What became of a message: the one outcome that every message has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
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

    def mark(self, row: InboundMessage, at: datetime) -> None:
        """The row is done, with this outcome."""
        row.state, row.outcome, row.reason, row.done_at = InboundMessage.State.DONE, self.code, self.reason[:500], at
        row.tries, row.lease_until, row.next_try_at = 0, None, None
        row.save(update_fields=["state", "outcome", "reason", "done_at", "tries", "lease_until", "next_try_at"])

    @classmethod
    def ignored(cls, reason: str) -> Outcome:
        return cls(_Code.IGNORED, None, reason)
