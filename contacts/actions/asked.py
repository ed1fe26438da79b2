"""What is asked in a contact: the values that `register` takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from contacts.where import Where

if TYPE_CHECKING:
    from contacts.models import Contact, Question

ENDS = frozenset({"direct", "forward", "callback", "waiting", "open"})
CANCELLED_REASONS = frozenset({"spam", "wrong_number", "duplicate"})
CLOSED_WITHOUT_ANSWER = frozenset({"internal", "connected", "no_reaction_needed", "passed_on"})


@dataclass(frozen=True)
class CallbackAsked:
    """Who must be called back, on which number, and when (in the customer's words)."""

    phone: str
    name: str = ""
    moment: str = ""


@dataclass(frozen=True)
class NewCustomer:
    """A customer who is not known yet; written together with the contact."""

    name: str
    kind: str = "person"
    salutation: str = "none"
    phone: str = ""
    email: str = ""
    whatsapp: str = ""
    social: str = ""
    street: str = ""
    house_number: str = ""
    postcode: str = ""
    place: str = ""


@dataclass(frozen=True)
class Asked:
    """One question in the contact.

    `end`: direct (answered at once) | forward | callback | waiting | open (the machine's word for forward). `close_reason` closes
    it without an answer (wrong number, spam, only connected …). `add_to` is the id of the question it belongs to:
    then `end` is direct (answered in this contact) or open.
    """

    title: str = ""
    text: str = ""
    subject_id: int | None = None
    kind: str = ""
    end: str = "open"
    team_id: int | None = None
    team_reason: str = ""
    assignee_id: int | None = None
    close_reason: str = ""
    callback: CallbackAsked | None = None
    is_confidential: bool = False
    add_to: int | None = None
    where: Where | None = field(default=None, repr=False)
    """It also stands in the text, so what tells two questions apart (`claim_key`) is not changed by it."""


@dataclass(frozen=True)
class Registered:
    """What came of it; `is_repeat` when the same key had been registered before."""

    contact: Contact
    questions: list[Question] = field(default_factory=list)
    is_repeat: bool = False
    is_other: bool = False
    """A repeat of something else than what was registered under the key."""
