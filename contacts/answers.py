"""When a question was answered (by a reply or a conversation of ours, or in the contact that asked: only the question itself knows that), and what was said since."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max, Min, QuerySet

from channels_app.models import OutboundMessage
from contacts.models import Contact, Question

NOT_LEFT = (OutboundMessage.State.FAILED, OutboundMessage.State.HELD)
"""Held is what a person wrote to somebody who asked for no more messages: it did not arrive either."""


def last_answer(question: Question, *, besides: Contact) -> datetime | None:
    """When the question was answered last, had this contact not been an answer."""
    moment: datetime | None = _answers(question, besides).aggregate(moment=Max("received_at"))["moment"]
    return moment or (question.registered_at if question.is_direct else None)


def first_answer_since(question: Question, moment: datetime, *, besides: Contact | None = None) -> datetime | None:
    """The answer that ended the waiting of who asked at this moment."""
    later = _answers(question, besides).filter(received_at__gte=moment)
    first: datetime | None = later.aggregate(moment=Min("received_at"))["moment"]
    if first is None and question.answered_at is not None and question.answered_at >= moment:
        return question.answered_at
    return first


def answer_after(question: Question, contact: Contact) -> datetime | None:
    """The first answer after this one."""
    later = _answers(question, contact).filter(received_at__gt=contact.received_at)
    first: datetime | None = later.aggregate(moment=Min("received_at"))["moment"]
    if first is None and question.answered_at is not None and question.answered_at > contact.received_at:
        return question.answered_at
    return first


def said_since(question: Question, contact: Contact) -> QuerySet[Contact]:
    """What either side said after this, but for what did not arrive; a machine says nothing."""
    rows = Contact.objects.filter(questions=question, is_automatic=False, received_at__gt=contact.received_at)
    return rows.exclude(pk=contact.pk).exclude(outbound__state__in=NOT_LEFT)


def _answers(question: Question, besides: Contact | None) -> QuerySet[Contact]:
    """Of ours alone: one call may ask three things, of which one was answered at once, and its mark says not which. What came back or was held is none."""
    rows = Contact.objects.filter(questions=question, is_answer=True, direction=Contact.Direction.OUT)
    rows = rows.exclude(outbound__state__in=NOT_LEFT)
    return rows if besides is None else rows.exclude(pk=besides.pk)
