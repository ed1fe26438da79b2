"""A letter in the house style: who writes to whom, about which question, and the text; for paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts.letters.text import recipient_of
from contacts.signals import Code, letter_ends
from organisation import wording
from organisation.errors import Refused
from organisation.pdf import picture

if TYPE_CHECKING:
    from contacts.models import Contact, OutgoingLetter, Question
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
    code: Code | None = None


def answer_letter(contact: Contact, question: Question, house: Organisation) -> Letter:
    """What we wrote in this contact; raises `Refused` where the customer has no address for an envelope."""
    window = recipient_of(question.customer)
    if not window:
        raise Refused(_("Fill in street, house number and postcode of the customer first: the envelope needs them."))
    about = question.subject.name if question.subject else question.title
    made = _letter(question.number, about, window, contact.text, wording.local(contact.received_at).date(), house)
    return replace(made, code=_code(question))


def letter_on_paper(row: OutgoingLetter, at: datetime, house: Organisation) -> Letter:
    """As it was made, with the day of printing, or of posting when nobody printed it here."""
    day = wording.local(row.printed_at or at).date()
    if row.posted_on is not None and (row.printed_at is None or day > row.posted_on):
        day = row.posted_on
    made = _letter(row.question.number, row.about, row.recipient, row.text, day, house)
    return replace(made, code=_code(row.question)) if row.kind == row.Kind.ANSWER else made


def _code(question: Question) -> Code | None:
    """What an app above asks below an answer, its drawing as the source of a picture with words; nothing about something confidential."""
    if question.is_confidential:
        return None
    found = [code for _who, code in letter_ends.send(sender=Letter) if code is not None]
    if not found:
        return None
    svg = found[0].drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return replace(found[0], drawing=picture(svg))


def _letter(number: str, about: str, window: str, text: str, day: date, house: Organisation) -> Letter:
    if not text.strip():
        raise Refused(_("There is no text to put in a letter."))
    return Letter(
        title=_("Letter about %(about)s") % {"about": about},
        sender=_sender(house.municipality),
        window=tuple(window.split("\n")),
        day=wording.day_long(day, day) + f" {day.year}",
        number=number,
        about=about,
        paragraphs=tuple(tuple(paragraph.split("\n")) for paragraph in _paragraphs(text)),
        name=f"brief-{number}.pdf",
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
