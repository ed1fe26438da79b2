"""What the workloads need to know of the rows that were loaded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from contacts.models import ApiClient, Contact, Question, QuestionContact
from kpi.registry import MEASURES
from organisation.clock import now
from organisation.models import Subject, Team
from organisation.tokens import hashed, hint, new_token
from organisation.workdays import local_day

SCOPES = ["questions.read", "questions.write", "customers.read", "customers.write", "subjects.read", "kpi.read"]


def prepare(*, keep_connection: bool = False) -> dict[str, Any]:
    """A client with a token, a question with fifty contacts, a place deep in the list, numbers to open."""
    token = new_token()
    client = ApiClient.objects.create(
        name="Bench",
        token_hash=hashed(token),
        token_hint=hint(token),
        scopes=SCOPES,
        requests_per_minute=100_000_000,
        created_at=now(),
        expires_at=now() + timedelta(days=300),
    )
    open_rows = Question.objects.filter(status__in=Question.OPEN).order_by("sort_at", "id")
    many = open_rows.last()
    _grow(many, 49)
    deep = open_rows.filter(due_at__isnull=False).values_list("sort_at", "id")
    count = deep.count()
    place = deep[count * 2 // 3] if count else None
    numbers = list(Question.objects.order_by("-received_at").values_list("number", flat=True)[:5000:25])
    subject = Subject.objects.filter(parent__isnull=False).order_by("pk").first()
    if not keep_connection:
        connection.close()
    return {
        "client": client.pk,
        "token": token,
        "question_50": many.number,
        "customer_50": many.customer_id,
        "deep": f"{place[0].timestamp():.6f}_{place[1]}" if place else "",
        "open": count,
        "numbers": numbers,
        "subject": subject.code if subject else "",
        "subject_id": subject.pk if subject else 0,
        "today": local_day(now()).isoformat(),
        "filters": {
            "team": list(Team.objects.order_by("pk").values_list("code", flat=True)),
            "kanaal": ["phone", "counter", "email", "form", "letter", "chat", "social"],
            "onderwerp": list(Subject.objects.order_by("pk").values_list("code", flat=True)),
            "figure": list(MEASURES),
        },
        "cookie": settings.SESSION_COOKIE_NAME,
        "csrf": settings.CSRF_COOKIE_NAME,
        "password": settings.DEMO_PASSWORD,
    }


def _grow(question: Question, more: int) -> None:
    """So many contacts more on this question, in and out."""
    first = question.contacts.order_by("received_at").first()
    contacts = Contact.objects.bulk_create(
        Contact(
            customer_id=question.customer_id,
            channel="email" if index % 2 else "phone",
            direction="out" if index % 3 == 0 else "in",
            received_at=question.received_at + timedelta(minutes=10 * index + 10),
            registered_at=question.received_at + timedelta(minutes=10 * index + 10),
            text=first.text,
            registered_by_id=first.registered_by_id,
        )
        for index in range(more)
    )
    QuestionContact.objects.bulk_create(QuestionContact(question=question, contact=contact) for contact in contacts)
    Question.objects.filter(pk=question.pk).update(contact_count=more + 1)
