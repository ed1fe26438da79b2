"""What became of a message that was taken in, as commands and the proof-mail screen show it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from channels_app.models import InboundMessage
from contacts.models import Contact


@dataclass(frozen=True)
class Result:
    """`outcome`: registered, attached, parked, refused, ignored, or known for a message that was taken in before."""

    outcome: str
    question: str | None
    contact: int | None
    reason: str | None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def result_of(row: InboundMessage, *, is_known: bool = False) -> Result:
    """The outcome of this row now; the question is the one the contact stands on."""
    first = row
    duplicate_of = (row.parsed or {}).get("duplicate_of")
    if duplicate_of:
        is_known = True
        first = InboundMessage.objects.filter(pk=duplicate_of).first() or row
    contact = Contact.objects.filter(inbound=first).first()
    question = contact.questions.order_by("-id").first() if contact is not None else None
    return Result(
        outcome="known" if is_known else row.outcome or InboundMessage.Outcome.PARKED,
        question=question.number if question is not None else None,
        contact=contact.pk if contact is not None else None,
        reason=row.reason or None,
    )
