"""A letter in the house style: who writes to whom, about which question, and the text; for paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts.actions.clocks import promises_to_keep
from contacts.actions.promises import applicable_norm, norm_deadline
from contacts.models import Contact, Question
from contacts.norms.promises import COMPLAINT, LETTER_ANSWER
from contacts.reply_text import salutation
from contacts.rulebook import rulebook
from organisation import wording
from organisation.errors import Refused
from organisation.models import QuestionKind
from organisation.workdays import local_day

if TYPE_CHECKING:
    from contacts.models import Customer
    from organisation.models import Municipality
    from organisation.snapshot import Organisation


@dataclass(frozen=True)
class Letter:
    """`paragraphs`: lists of lines. `window`: what shows through the envelope."""

    title: str
    sender: tuple[str, ...]
    window: tuple[str, ...]
    day: str
    number: str
    about: str
    paragraphs: tuple[tuple[str, ...], ...]
    name: str
    """Of the file."""


def answer_letter(contact: Contact, question: Question, house: Organisation) -> Letter:
    """What we wrote in this contact; raises `Refused` where the customer has no address for an envelope."""
    return _letter(question, contact.text, wording.local(contact.received_at), house)


def acknowledgement_letter(question: Question, at: datetime, house: Organisation) -> Letter:
    """That the letter arrived, under which number, and until when the answer comes."""
    municipality = house.municipality
    customer = question.customer
    due = _answer_by(question, house)
    received = wording.day_long(wording.local(question.received_at), local_day(at))
    lines = [
        salutation(customer.kind, customer.salutation, customer.name) if customer else "",
        "",
        _("We received your letter on %(day)s. The number of your question is %(number)s.")
        % {"day": received, "number": question.number},
        "",
        _("A colleague of %(team)s reads it.") % {"team": question.team.name},
    ]
    if due is not None and due > at:  # what is past is no promise any more
        day = wording.day_long(wording.last_day(due), local_day(at))
        lines[-1] += " " + _("You get an answer on %(day)s at the latest.") % {"day": day}
    lines += [
        "",
        _("Do you have a question? Call %(phone)s and give this number.") % {"phone": municipality.phone},
        "",
        _("Kind regards,"),
        "",
        municipality.name,
    ]
    return _letter(question, "\n".join(lines), wording.local(at), house)


def _answer_by(question: Question, house: Organisation) -> datetime | None:
    """As the clock says when it runs, extended or not; else as the norm will, once the acknowledgement is posted."""
    code = COMPLAINT if question.kind == QuestionKind.COMPLAINT else LETTER_ANSWER
    running = [clock.due_at for clock in promises_to_keep(question) if clock.code == code and clock.due_at]
    if running:
        return min(running)
    norm = applicable_norm(
        house, rulebook(house), code, "letter", question.team_id, question.subject_id, question.received_at
    )
    if norm is None:
        return None
    return norm_deadline(norm, question.received_at, house.calendar_of(question.team_id), house).due_at


def _letter(question: Question, text: str, moment: datetime, house: Organisation) -> Letter:
    if not text.strip():
        raise Refused(_("There is no text to put in a letter."))
    about = question.subject.name if question.subject else question.title
    return Letter(
        title=_("Letter about %(about)s") % {"about": about},
        sender=_sender(house.municipality),
        window=_window(question.customer),
        day=wording.day_long(moment.date(), moment.date()) + f" {moment.year}",
        number=question.number,
        about=about,
        paragraphs=tuple(tuple(paragraph.split("\n")) for paragraph in _paragraphs(text)),
        name=f"brief-{question.number}.pdf",
    )


def _paragraphs(text: str) -> list[str]:
    return [part.strip("\n") for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def _sender(municipality: Municipality) -> tuple[str, ...]:
    lines = (
        municipality.name,
        municipality.visiting_address,
        municipality.phone,
        municipality.email,
        municipality.website,
    )
    return tuple(line for line in lines if line)


def _window(customer: Customer | None) -> tuple[str, ...]:
    if customer is None or not (customer.postcode and customer.house_number):
        raise Refused(_("Fill in street, house number and postcode of the customer first: the envelope needs them."))
    street = f"{customer.street} {customer.house_number}".strip()
    place = f"{customer.postcode[:4]} {customer.postcode[4:]}  {customer.place.upper()}".strip()
    return (customer.full_name, street, place)
