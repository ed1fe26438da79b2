"""The contacts of a question as its screen reads them, whatever their number: each a text of its own (organisation/told.py)."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Case, CharField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Concat

from channels_app.models import OutboundMessage, StoredFile
from contacts.models import QuestionContact
from organisation.prepared import JsonRow, json_list
from organisation.told import Telling

MOST: Final = 500
"""Contacts on one page; a question with more is no question but a correspondence, and shows its newest."""


def _files() -> Case:
    """Of the message by which a contact came or went; most came and went by none."""
    files = StoredFile.objects.filter(
        Q(inbound=OuterRef("contact__inbound_id")) | Q(outbound=OuterRef("contact__outbound_id"))
    )
    by_message = Q(contact__inbound__isnull=False) | Q(contact__outbound__isnull=False)
    attached = json_list(
        files.order_by("id"), id="pk", name="name", size="size", type="content_type", check="check_state"
    )
    return Case(When(by_message, then=attached))


def _acknowledgement() -> Subquery:
    key = Concat(Value("contact:"), Cast(OuterRef("contact_id"), CharField()))
    sent = OutboundMessage.objects.filter(purpose="acknowledgement", object_key=key)
    return Subquery(sent.values(json=JsonRow(state="state", sent_at="sent_at", error="error"))[:1])


CONTACT: Final = Telling(
    {
        "id": "contact_id",
        "channel": "contact__channel",
        "direction": "contact__direction",
        "received_at": "contact__received_at",
        "by": "contact__registered_by__name",
        "text": "contact__text",
        "quoted": "contact__quoted_text",
        "subject_line": "contact__subject_line",
        "address": "contact__address",
        "address_name": "contact__address_name",
        "customer": "contact__customer__name",
        "is_answer": "contact__is_answer",
        "is_automatic": "contact__is_automatic",
        "remarks": "contact__remarks",
        "duration": "contact__duration_seconds",
        "purpose": "contact__outbound__purpose",
        "state": "contact__outbound__state",
        "sent_at": "contact__outbound__sent_at",
        "next_try": "contact__outbound__next_try_at",
        "error": "contact__outbound__error",
        "copies": "contact__outbound__copies",
        "delivered": "contact__outbound__delivered_at",
        "seen": "contact__outbound__read_at",
        "source": "contact__inbound__message_source_id",
        "letter": "contact__letter__id",
        "ack": _acknowledgement(),
        "files": _files(),
    }
)


def contacts(pk: Any) -> Subquery:
    """Of one question, newest first; `CONTACT.read` gives the rows."""
    rows = QuestionContact.objects.filter(question=pk).order_by("-contact__received_at", "-contact_id")
    return CONTACT.list_of(rows[:MOST])
