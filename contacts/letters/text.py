"""What stands in a letter: greeting, text and closing together, and the fields that its templates know."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts import normalize, reply_text
from contacts.letters import envelope
from organisation import wording
from organisation.errors import Refused
from organisation.workdays import local_day

if TYPE_CHECKING:
    from contacts.models import Customer, Question
    from organisation.models import User
    from organisation.snapshot import Organisation

MOST_RECIPIENT = 400


def recipient_of(customer: Customer | None) -> str:
    """The lines for the envelope; empty when we know no address."""
    if customer is None:
        return ""
    return envelope.envelope(
        name=customer.full_name,
        street=customer.street,
        house_number=customer.house_number,
        postcode=customer.postcode,
        place=customer.place,
    )


def checked_recipient(text: str) -> str:
    """As it is printed, or `Refused` with what is missing."""
    lines = envelope.lines_of(normalize.clean(text, MOST_RECIPIENT))
    if not envelope.is_complete(lines):
        raise Refused(
            _(
                "Fill in the address for the envelope: name, street with number, and postcode with place, each on a line."
            ),
            "recipient",
        )
    if not envelope.fits(lines):
        raise Refused(
            _("This does not fit in the window of the envelope: at most %(lines)s lines of %(signs)s characters.")
            % {"lines": envelope.MOST_LINES, "signs": envelope.LONGEST_LINE},
            "recipient",
        )
    return "\n".join(lines)


def greeting_of(customer: Customer | None) -> str:
    """`Beste mevrouw De Wit,`."""
    if customer is None:
        return "Beste heer, mevrouw,"
    return reply_text.salutation(customer.kind, customer.salutation, customer.name)


def fields_of(
    question: Question, house: Organisation, *, by: User | None, at: datetime, answer_by: datetime | None = None
) -> dict[str, str]:
    """What the fields of a template become for this question; in Dutch, for the citizen."""
    customer, municipality = question.customer, house.municipality
    team = house.teams.get(question.team_id)
    subject = house.subjects.get(question.subject_id or 0)
    due = answer_by or question.due_at
    today = local_day(at)
    return {
        "aanhef": greeting_of(customer),
        "nummer": question.number,
        "team": team.name if team else "",
        "medewerker": str(by) if by else "",
        "uiterlijk": wording.day_long(wording.last_day(due), today) if due else "",
        "ontvangen": wording.day_long(wording.local(question.received_at), today),
        "onderwerp": subject.name if subject else question.title,
        "naam": customer.full_name if customer else "",
        "adres": customer.address_line if customer else "",
        "telefoon": municipality.phone,
        "gemeente": municipality.name,
    }


def whole_text(text: str, *, greeting: str, closing: str) -> str:
    """Greeting, text and closing; what the text has already is not repeated."""
    greeting = normalize.clean_line(greeting, 200)
    if greeting and not reply_text.greets(text):
        text = f"{greeting}\n\n{text}"
    return reply_text.with_closing(text, closing)
