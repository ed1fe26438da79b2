"""Which answers a question had, and when (the answers of a conversation or a message; closing with a note leaves none)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max, Min

from contacts.models import Contact, Question


def last_answer(question: Question, *, besides: Contact) -> datetime | None:
    """When the question was answered last, had this contact not been an answer."""
    answers = Contact.objects.filter(questions=question, is_answer=True).exclude(pk=besides.pk)
    moment: datetime | None = answers.aggregate(moment=Max("received_at"))["moment"]
    return moment


def first_answer_since(question: Question, moment: datetime, *, besides: Contact | None = None) -> datetime | None:
    """The answer that ended the waiting of who asked at this moment."""
    answers = Contact.objects.filter(questions=question, is_answer=True, received_at__gte=moment)
    if besides is not None:
        answers = answers.exclude(pk=besides.pk)
    first: datetime | None = answers.aggregate(moment=Min("received_at"))["moment"]
    if first is None and question.answered_at is not None and question.answered_at >= moment:
        return question.answered_at
    return first
