"""The acknowledgement of receipt: what happens next, until when, under which number; automatic, once per contact."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from channels_app.actions.send import compose_message
from channels_app.models import Mailbox, OutboundMessage
from channels_app.tongue import DUTCH, ENGLISH, language_of
from contacts import reply_text
from contacts.actions.clocks import promises_to_keep
from contacts.follow_link import follow_url
from contacts.norms.clock import last_day_of
from contacts.norms.promises import KEPT_BY_A_MACHINE
from organisation import wording
from organisation.nudge import nudge
from organisation.origin import NO_ORIGIN, Origin
from organisation.snapshot import Organisation, organisation

if TYPE_CHECKING:
    from contacts.models import Contact, NormClock, Question


def compose_acknowledgement(
    *,
    contact: Contact,
    question: Question,
    at: datetime,
    answer_by: datetime | None,
    house: Organisation,
    mailbox: Mailbox | None = None,
    origin: Origin = NO_ORIGIN,
) -> OutboundMessage:
    """The outbox row, not saved; in Dutch, B1, and shortly in English below it for who wrote in another language.

    A day that is past is no promise any more, and is not named.
    """
    answer_by = answer_by if answer_by is not None and answer_by > at else None
    follow = "" if question.is_confidential else follow_url(question.number, contact.address)
    with translation.override("nl"):
        last_day = wording.day_long(last_day_of(answer_by)) if answer_by else ""
        if mailbox is not None and mailbox.acknowledgement_text.strip():
            text = own_text(mailbox.acknowledgement_text, contact.address_name, question.number, last_day, follow)
        else:
            context = {
                "name": contact.address_name,
                "number": question.number,
                "title": question.title,
                "last_day": last_day,
                "municipality": house.municipality,
                "follow": follow,
            }
            text = render_to_string("mail/acknowledgement.txt", context)
            if language_of(f"{contact.subject_line} {contact.text}") not in ("", DUTCH):
                with translation.override(ENGLISH):
                    context["last_day"] = wording.day_long(last_day_of(answer_by)) if answer_by else ""
                text += "\n" + render_to_string("mail/acknowledgement_en.txt", context)
        subject = _("We have received your message") + f" [{question.number}]"
    message_id = contact.inbound.message_id if contact.inbound else ""
    return compose_message(
        purpose="acknowledgement",
        object_key=f"contact:{contact.pk}",
        to_address=contact.address,
        to_name=contact.address_name,
        subject=subject,
        body=text.strip() + "\n",
        at=at,
        mailbox=mailbox,
        is_automatic=True,
        in_reply_to=message_id,
        references=message_id,
        reference_number=question.number,
        cause=contact.channel,
        origin=origin,
    )


def own_text(body: str, name: str, number: str, last_day: str, follow: str) -> str:
    """The mailbox's own text with its fields; a line with a field that is not known is left out."""
    fields = {
        "aanhef": reply_text.salutation("person", "", name),
        "nummer": number,
        "uiterlijk": last_day,
        "link": follow,
    }
    unknown = [f"{{{field}}}" for field, words in fields.items() if not words]
    lines = [line for line in body.splitlines() if not any(field in line for field in unknown)]
    return reply_text.fill("\n".join(lines), fields)


def acknowledge(
    *, contact: Contact, question: Question, at: datetime, mailbox: Mailbox | None = None
) -> OutboundMessage | None:
    """Queues the acknowledgement of this contact; None when there is one already."""
    message = compose_acknowledgement(
        contact=contact,
        question=question,
        at=at,
        answer_by=promised_by(question),
        house=organisation(),
        mailbox=mailbox,
    )
    OutboundMessage.objects.bulk_create([message], ignore_conflicts=True)
    nudge("channels_app.tasks.deliver")
    return OutboundMessage.objects.filter(purpose=message.purpose, object_key=message.object_key).first()


def promised_by(question: Question) -> datetime | None:
    """Until when the customer waits for a person at most: the question's own deadline may be that of the acknowledgement itself."""
    first = first_promise(question)
    return first.due_at if first is not None else None


def first_promise(question: Question) -> NormClock | None:
    """What a person of ours must do first."""
    promised = (clock for clock in promises_to_keep(question) if clock.code not in KEPT_BY_A_MACHINE)
    return min(promised, key=lambda clock: clock.due_at, default=None)
