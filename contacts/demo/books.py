"""All tables that a contact touches, as sheets that are copied in at the end.

The acts of `contacts.actions` write a row at a time with locks; two years of contacts would take an hour that way. Here the pure
rules (deadline, pause, which norms start) make the same rows, and they are copied in at the end.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from channels_app.models import Call, InboundMessage, InboundRaw, OutboundMessage
from contacts.demo.sheet import Row, Sheet
from contacts.models import (
    Assignment,
    CallbackAttempt,
    CallbackRequest,
    ClockEvent,
    ConfidentialAccess,
    Contact,
    ContactAddress,
    Customer,
    NormClock,
    Note,
    Notice,
    Question,
    QuestionContact,
    QuestionLink,
    ServiceNorm,
)
from contacts.norms.clock import Deadline, deadline
from organisation.models import User, WorkingCalendar
from organisation.workdays import Calendar, local_day

if TYPE_CHECKING:
    from contacts.demo.case import Case


class Books:
    """The sheets of all tables, in the order in which they are copied, and what the rules need."""

    def __init__(
        self,
        *,
        norms: dict[tuple[str, int | None], ServiceNorm],
        calendar: WorkingCalendar,
        rules: Calendar,
        until: datetime,
    ) -> None:
        self.norms = norms
        self.calendar = calendar
        self.rules = rules
        self.until = until
        """The instant at which the story stands still; nothing happens later."""
        self.customers = Sheet(Customer)
        self.addresses = Sheet(ContactAddress)
        self.calls = Sheet(Call)
        self.inbound = Sheet(InboundMessage)
        self.raw = Sheet(InboundRaw)
        self.outbound = Sheet(OutboundMessage)
        self.questions = Sheet(Question)
        self.contacts = Sheet(Contact)
        self.question_contacts = Sheet(QuestionContact)
        self.assignments = Sheet(Assignment)
        self.access = Sheet(ConfidentialAccess)
        self.callbacks = Sheet(CallbackRequest)
        self.attempts = Sheet(CallbackAttempt)
        self.clocks = Sheet(NormClock)
        self.events = Sheet(ClockEvent)
        self.notes = Sheet(Note)
        self.links = Sheet(QuestionLink)
        self.notices = Sheet(Notice)
        self.numbers: dict[int, int] = {}
        self.cases: list[Case] = []

    @property
    def sheets(self) -> list[Sheet]:
        return [value for value in vars(self).values() if isinstance(value, Sheet)]

    def number(self, at: datetime) -> str:
        """The next question number of the year."""
        year = local_day(at).year
        self.numbers[year] = self.numbers.get(year, 0) + 1
        return f"OPM-{year}-{self.numbers[year]:06d}"

    def contact(
        self, *, channel: str, at: datetime, by: User | None, customer: Row | None = None, **values: Any
    ) -> Row:
        """A moment of contact; registered at once unless `registered_at` says otherwise."""
        return self.contacts.add(
            channel=channel,
            direction=values.pop("direction", "in"),
            received_at=at,
            registered_at=values.pop("registered_at", at),
            registered_by_id=by.pk if by else None,
            customer_id=customer["id"] if customer else None,
            **values,
        )

    def message(
        self,
        *,
        purpose: str,
        key: str,
        at: datetime,
        to: str,
        name: str,
        subject: str,
        body: str,
        number: str,
        **values: Any,
    ) -> Row:
        """A message that went out a minute later, unless told otherwise."""
        row = self.outbound.add(
            purpose=purpose,
            object_key=key,
            to_address=to,
            to_name=name,
            subject=subject[:300],
            body=body,
            reference_number=number,
            created_at=at,
            next_try_at=at,
            **{"state": "sent", "tries": 1, "sent_at": at, **values},
        )
        if row["state"] == "sent":
            row["accepted_at"] = row["sent_at"]
            row["message_id"] = f"<o{row['id']}.demo@opmeer.example>"
        return row

    def norm(self, code: str, team_id: int | None) -> ServiceNorm | None:
        """The team's own agreement, else the norm of the municipality."""
        return self.norms.get((code, team_id)) or self.norms.get((code, None))

    def deadline(self, norm: ServiceNorm, start: datetime) -> Deadline:
        return deadline(unit=norm.unit, length=norm.length or 1, start=start, calendar=self.rules, escalate_days=2)
