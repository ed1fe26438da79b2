"""Tells by text message that a question arrived: who asked by phone or at the counter and has no e-mail address hears number and last day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.template.loader import render_to_string
from django.utils import translation

from channels_app.actions.send import compose_message
from channels_app.models import Channel, MessageSource, OutboundMessage, StoppedNumber
from contacts import normalize
from contacts.actions.acknowledge import promised_by
from contacts.actions.send_message import Way, way_to_number
from contacts.actions.undo_registration import UNDO_TIME
from contacts.models import Contact, ContactAddress, Question, QuestionContact
from contacts.norms.clock import last_day_of
from organisation import wording
from organisation.nudge import nudge
from organisation.snapshot import organisation

SPOKEN: Final = (Channel.PHONE, Channel.COUNTER, Channel.HOME_VISIT, Channel.STREET, Channel.APPOINTMENT)
LATELY: Final = timedelta(hours=2)
"""After an outage nobody hears of a question of this morning."""
BATCH: Final = 200
MOST_LOOKED_AT: Final = 5_000
"""Who has no mobile phone stays in the list for as long as it is kept: so many must not stand before one who has."""
ACKNOWLEDGEMENT: Final = OutboundMessage.Purpose.ACKNOWLEDGEMENT
KEY: Final = "contact:"
_Kind = ContactAddress.Kind


def acknowledge_by_sms(*, at: datetime) -> int:
    """How many were queued; may run twice, late or not at all: one per contact, when it cannot be undone any more."""
    source = MessageSource.objects.filter(sends_status=True, is_active=True).order_by("pk").first()
    if source is None:
        return 0
    links = list(_due(at))
    numbers = {link.pk: _number(link.contact) for link in links}
    stopped = set(StoppedNumber.objects.filter(number__in=numbers.values()).values_list("number", flat=True))
    ways = {
        link.pk: way
        for link in links
        if numbers[link.pk] not in stopped and (way := way_to_number(numbers[link.pk], source)) is not None
    }
    reached = [link for link in links if link.pk in ways][:BATCH]
    with translation.override("nl"):
        rows = [_message(ways[link.pk], link.contact, link.question, at) for link in reached]
    OutboundMessage.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        nudge("channels_app.tasks.deliver_messages")
    return len(rows)


def _due(at: datetime) -> list[QuestionContact]:
    """First contacts of open questions of customers whom no e-mail reaches."""
    key = Concat(Value(KEY), Cast(OuterRef("contact_id"), CharField()))
    told = OutboundMessage.objects.filter(purpose=ACKNOWLEDGEMENT, object_key=key)
    mail = ContactAddress.objects.filter(
        customer=OuterRef("contact__customer"), kind=_Kind.EMAIL, bounced_at__isnull=True
    )
    rows = QuestionContact.objects.filter(
        ~Exists(told),
        ~Exists(mail),
        Q(question__status__in=Question.OPEN),
        is_first=True,
        question__is_confidential=False,
        contact__channel__in=SPOKEN,
        contact__direction=Contact.Direction.IN,
        contact__is_automatic=False,
        contact__registered_by__isnull=False,
        contact__customer__restricted_at__isnull=True,
        contact__received_at__gt=at - LATELY,
        contact__registered_at__lte=at - UNDO_TIME,
    )
    return list(
        rows.select_related("question", "contact__customer")
        .defer("contact__text", "contact__quoted_text", "question__summary")
        .prefetch_related("contact__customer__addresses")
        .order_by("contact_id", "question_id")
        .distinct("contact_id")[:MOST_LOOKED_AT]
    )


def _number(contact: Contact) -> str:
    """The mobile phone that called, else one that we know; empty without one."""
    known = sorted(contact.customer.addresses.all(), key=lambda one: not one.is_preferred) if contact.customer else []
    numbers = [contact.address, *(one.value for one in known if one.kind in (_Kind.PHONE, _Kind.WHATSAPP))]
    return next((digits for digits in map(normalize.mobile, numbers) if digits), "")


def _message(way: Way, contact: Contact, question: Question, at: datetime) -> OutboundMessage:
    """Short, in Dutch, B1; says nothing of what the question was about."""
    house, due = organisation().municipality, promised_by(question)
    context = {
        "number": question.number,
        "last_day": wording.day_long(last_day_of(due)) if due is not None and due > at else "",
        "municipality": house,
    }
    return compose_message(
        purpose=ACKNOWLEDGEMENT,
        object_key=f"{KEY}{contact.pk}",
        channel=way.adapter.channel,
        to_address=way.talk.address,
        to_name=contact.customer.full_name if contact.customer else "",
        subject=question.number,
        body=render_to_string("mail/acknowledgement_sms.txt", context).strip(),
        at=at,
        is_automatic=True,
        reference_number=question.number,
        message_source=way.talk.source,
        conversation=way.conversation,
        details={},
        cause=contact.channel,
    )
