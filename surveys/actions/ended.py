"""Contacts that ended lately, with all that decides whether their customer is asked; in a fixed number of queries (one more for each talk by WhatsApp, two more for text messages)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef

from channels_app.adapters.email.machine import cannot_be_answered
from channels_app.models import Channel, DeadAddress, Mailbox, MessageSource, StoppedNumber
from contacts.actions.send_message import Way, way_of, way_to_number
from contacts.actions.undo_registration import UNDO_TIME
from contacts.models import Contact, ContactAddress, OutgoingLetter, Question, QuestionContact
from contacts.normalize import mobile
from organisation.clock import local_day
from surveys.access import who_refused
from surveys.links import address_hash, phone_of
from surveys.models import AskingChoices, Invitation, OptOut
from surveys.sampling import Ended

ANSWERED = frozenset({Question.CloseReason.DIRECT, Question.CloseReason.ANSWERED})
NOT_TRUSTED = frozenset({"sender_not_verified", "odd_letters_in_sender", "two_senders", "sender_unreadable"})
"""Remarks with which a mail may come from somebody else than its address says."""
SENDER_IS_CUSTOMER = frozenset({"email", "form", "app"})


@dataclass
class Found:
    """A contact with its first question, where its customer is reached, and what is known of both."""

    contact: Contact
    question: Question
    address: str
    address_hash: str
    ended: Ended
    way: Way | None = None
    """By which service the survey goes; None: by e-mail."""


def ended_ids(*, channels: Iterable[str], since: datetime, until: datetime, after: int, most: int) -> list[int]:
    """The next contacts with a question that was answered in this time, and about which nobody was asked."""
    asked = Invitation.objects.filter(contact=OuterRef("contact_id"))
    # who said that a letter was posted can still take that back, also when the day of posting is longer ago
    fresh = OutgoingLetter.objects.filter(question=OuterRef("question_id"), settled_at__gt=until - UNDO_TIME)
    rows = (
        QuestionContact.objects.filter(
            is_first=True,
            contact_id__gt=after,
            contact__channel__in=list(channels),
            contact__direction=Contact.Direction.IN,
            contact__is_automatic=False,
            question__closed_on__gte=local_day(since),
            question__closed_at__gte=since,
            question__closed_at__lte=until,
            question__status=Question.Status.CLOSED,
            question__close_reason__in=ANSWERED,
        )
        .filter(~Exists(asked), ~Exists(fresh))
        .order_by("contact_id")
        .values_list("contact_id", flat=True)
        .distinct()[:most]
    )
    return list(rows)


def ended_contacts(ids: list[int], choices: AskingChoices, at: datetime) -> list[Found]:
    """The contacts, those that ended first in front."""
    contacts = {
        one.pk: one for one in Contact.objects.filter(pk__in=ids).select_related("customer", "inbound__mailbox")
    }
    questions: dict[int, list[Question]] = defaultdict(list)
    first: dict[int, list[Question]] = defaultdict(list)
    links = QuestionContact.objects.filter(contact_id__in=ids).select_related("question").order_by("question_id")
    for link in links:
        questions[link.contact_id].append(link.question)
        if link.is_first:
            first[link.contact_id].append(link.question)
    emails = _emails({one.customer_id for one in contacts.values() if one.customer_id})
    addresses = {pk: _address(one, emails) for pk, one in contacts.items()}
    ways = {
        pk: way
        for pk, one in contacts.items()
        if one.channel == Channel.WHATSAPP and first[pk] and (way := _way(first[pk][0], at))
    }
    ways |= _text_messages({pk: one for pk, one in contacts.items() if not addresses[pk] and pk not in ways})
    addresses |= {pk: phone_of(way.talk.address) for pk, way in ways.items()}
    hashes = {pk: address_hash(choices.salt, address) if address else "" for pk, address in addresses.items()}
    known = {one for one in addresses.values() if one}
    dead = set(DeadAddress.objects.filter(address__in=known).values_list("address", flat=True)) | our_own()
    opted_out = set(OptOut.objects.filter(address_hash__in=set(hashes.values())).values_list("address_hash", flat=True))
    refused = who_refused({one.customer_id for one in contacts.values() if one.customer_id})
    last = _last_asked(contacts.values(), hashes, choices, at)
    found = []
    for pk, contact in contacts.items():
        asked_at = [last[key] for key in (contact.customer_id, hashes[pk]) if key and key in last]
        answered = [one for one in first[pk] if one.close_reason in ANSWERED and one.closed_at is not None]
        if not answered:
            continue
        ended = Ended(
            key=f"contact:{pk}",
            ended_at=max(one.closed_at for one in answered if one.closed_at),
            is_answered=all(one.status == Question.Status.CLOSED for one in questions[pk])
            and any(one.merged_into_id is None for one in answered),
            is_confidential=any(one.is_confidential for one in questions[pk]),
            is_automatic=contact.is_automatic,
            has_address=bool(addresses[pk]) and addresses[pk] not in dead,
            has_opted_out=hashes[pk] in opted_out or contact.customer_id in refused,
            last_asked_at=max(asked_at, default=None),
        )
        found.append(Found(contact, answered[0], addresses[pk], hashes[pk], ended, ways.get(pk)))
    return sorted(found, key=lambda one: (one.ended.ended_at, one.contact.pk))


def _emails(customer_ids: set[int]) -> dict[int, str]:
    """Per customer the address at which mail arrives: the preferred one first, then a checked one."""
    rows = ContactAddress.objects.filter(
        customer_id__in=customer_ids, kind=ContactAddress.Kind.EMAIL, bounced_at__isnull=True
    ).order_by("is_preferred", "is_verified", "-pk")
    return {row.customer_id: row.normalized for row in rows}


def _address(contact: Contact, emails: dict[int, str]) -> str:
    own = contact.address.strip().lower()
    if contact.channel in SENDER_IS_CUSTOMER and "@" in own and not NOT_TRUSTED.intersection(contact.remarks):
        return "" if cannot_be_answered(own) else own
    found = emails.get(contact.customer_id or 0, "")
    return "" if not found or cannot_be_answered(found) else found


def _way(question: Question, at: datetime) -> Way | None:
    """By WhatsApp only to who wrote by it, while the service lets us write freely (24 hours); else the mail is tried."""
    way = way_of(question, Channel.WHATSAPP)
    return (
        way
        if way is not None and way.talk.source.is_active and way.is_open(at) and phone_of(way.talk.address)
        else None
    )


def _text_messages(contacts: dict[int, Contact]) -> dict[int, Way]:
    """Of who has no e-mail address: by text message, when an account may invite and the number did not send STOP."""
    source = MessageSource.objects.filter(sends_surveys=True, is_active=True).order_by("pk").first()
    if source is None or not contacts:
        return {}
    kinds = (ContactAddress.Kind.PHONE, ContactAddress.Kind.WHATSAPP)
    rows = ContactAddress.objects.filter(customer__in={one.customer_id for one in contacts.values()}, kind__in=kinds)
    known = {
        row.customer_id: row.value for row in rows.order_by("is_preferred", "is_verified", "-pk") if mobile(row.value)
    }
    called = {pk: one.address if one.channel == Channel.PHONE else "" for pk, one in contacts.items()}
    numbers = {pk: mobile(called[pk]) or mobile(known.get(one.customer_id or 0, "")) for pk, one in contacts.items()}
    stopped = set(StoppedNumber.objects.filter(number__in=numbers.values()).values_list("number", flat=True))
    return {
        pk: way
        for pk, number in numbers.items()
        if number not in stopped and (way := way_to_number(number, source)) is not None
    }


def our_own() -> set[str]:
    return {one.lower() for one in Mailbox.objects.values_list("address", flat=True)} | {settings.MAIL_FROM.lower()}


def _last_asked(
    contacts: Iterable[Contact], hashes: dict[int, str], choices: AskingChoices, at: datetime
) -> dict[Any, datetime]:
    """Customer or hash of an address → when it was asked last."""
    since = at - timedelta(days=choices.days_between + choices.stale_days)
    lately = Invitation.objects.filter(invited_at__gt=since)
    customers = {one.customer_id for one in contacts if one.customer_id}
    found: dict[Any, datetime] = {}
    rows = [
        *lately.filter(customer_id__in=customers).values_list("customer_id", "invited_at"),
        # A customer who was merged with another took the contacts along: that is the same person.
        *lately.filter(contact__customer_id__in=customers).values_list("contact__customer_id", "invited_at"),
        *lately.filter(address_hash__in={one for one in hashes.values() if one}).values_list(
            "address_hash", "invited_at"
        ),
    ]
    for key, moment in rows:
        found[key] = max(moment, found.get(key, moment))
    return found
