"""The rows of the column of a customer, asked at every caller: built once, planned once a connection (ADR 14)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet
from django.db.models.functions import Left

from contacts.models import Contact, Question, QuestionContact
from organisation.models import AccessEntry
from organisation.prepared import listed, marked_user, rows_prepared, run_prepared, user_shape, user_values

if TYPE_CHECKING:
    from organisation.models import User

Rows = QuerySet[Any, dict[str, Any]]


def open_rows(user: User, customer_id: int, most: int) -> list[dict[str, Any]]:
    """Open questions of the customer that this person may see, most urgent first."""

    def rows(seen: QuerySet[Question], customer: int) -> Rows:
        return (
            seen.filter(customer=customer, status__in=Question.OPEN)
            .order_by("sort_at", "pk")
            .values(
                "number",
                "title",
                "status",
                "due_at",
                "soon_at",
                "team_id",
                team_name=F("team__name"),
                person=F("assignee__name"),
            )[:most]
        )

    return rows_prepared(
        ("open of a customer", user_shape(user), most),
        lambda marks: rows(Question.objects.visible_to(marked_user(user, marks)), marks["customer"]),
        {"customer": customer_id, **user_values(user)},
    )


def latest_open(user: User, customer_id: int, subject_ids: Iterable[int], *, since: datetime) -> dict[str, Any] | None:
    """The newest open question of the customer with a contact since then; of these subjects, where there are any."""
    subjects = ",".join(str(pk) for pk in sorted(subject_ids))

    def rows(seen: QuerySet[Question], marks: dict[str, Any]) -> Rows:
        found = seen.filter(
            customer=marks["customer"], status__in=Question.OPEN, last_contact_at__gte=marks["since"]
        ).order_by("-received_at")
        if subjects:
            found = found.filter(subject__in=listed(marks["subjects"]))
        return found.values("number", "title", "status", "due_at", "soon_at", "team_id")[:1]

    return run_prepared(
        ("latest open of a customer", user_shape(user), bool(subjects)),
        lambda marks: rows(Question.objects.visible_to(marked_user(user, marks)), marks),
        {"customer": customer_id, "since": since, "subjects": subjects, **user_values(user)},
    )


def contact_rows(customer_id: int, most: int, letters: int) -> list[dict[str, Any]]:
    """The latest contacts, with how their text begins."""

    def rows(customer: int) -> Rows:
        latest = Contact.objects.filter(customer=customer).order_by("-received_at", "-pk")
        return latest.values(
            "pk", "channel", "direction", "received_at", "is_automatic", "is_answer", begin=Left("text", letters)
        )[:most]

    return rows_prepared(
        ("contacts of a customer", most, letters), lambda marks: rows(marks["customer"]), {"customer": customer_id}
    )


def questions_of(user: User, contact_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """For each contact the question it is about, the first of several; what is out of reach or cancelled is not among them."""

    def rows(seen: QuerySet[Question], ids: str) -> Rows:
        visible = seen.exclude(status=Question.Status.CANCELLED)
        links = QuestionContact.objects.filter(contact__in=listed(ids), question__in=visible).order_by("pk")
        return links.values(
            "contact_id",
            number=F("question__number"),
            title=F("question__title"),
            summary=F("question__summary"),
            status=F("question__status"),
            close_reason=F("question__close_reason"),
            team_id=F("question__team_id"),
            due_at=F("question__due_at"),
            soon_at=F("question__soon_at"),
            team=F("question__team__name"),
            person=F("question__assignee__name"),
        )

    fetched = rows_prepared(
        ("questions of contacts", user_shape(user)),
        lambda marks: rows(Question.objects.visible_to(marked_user(user, marks)), marks["ids"]),
        {"ids": ",".join(str(pk) for pk in contact_ids), **user_values(user)},
    )
    found: dict[int, dict[str, Any]] = {}
    for row in fetched:
        found.setdefault(row["contact_id"], row)
    return found


def last_look(customer_id: int, *, but: User, since: datetime) -> dict[str, Any] | None:
    """When somebody else looked last, and who."""

    def rows(customer: int, user: int, moment: datetime) -> Rows:
        entries = AccessEntry.objects.filter(customer_id=customer, at__gte=moment, user__isnull=False)
        return entries.exclude(user=user).order_by("-at").values("at", name=F("user__name"))[:1]

    return run_prepared(
        "last look at a customer",
        lambda marks: rows(marks["customer"], marks["user"], marks["since"]),
        {"customer": customer_id, "user": but.pk, "since": since},
    )
