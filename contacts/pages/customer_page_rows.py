"""The rows of a customer's own page: built once, planned once a connection (ADR 14)."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db.models import F, Q, QuerySet

from contacts.models import Customer, MergeProposal, MessageConsent, Question
from organisation.models import AccessEntry
from organisation.prepared import marked_user, rows_prepared, user_shape, user_values

if TYPE_CHECKING:
    from organisation.models import User

LOOKS: Final = 20
CONSENTS: Final = 20
MERGED: Final = 10


def question_rows(user: User, customer_id: int, most: int, after: tuple[datetime, int] | None) -> list[dict[str, Any]]:
    """The newest questions that this person may see; `after`: those that follow on the last row of the page before."""

    def rows(seen: QuerySet[Question], marks: dict[str, Any]) -> QuerySet[Any, dict[str, Any]]:
        found = seen.filter(customer=marks["customer"])
        if after:
            moment, pk = marks["moment"], marks["pk"]
            found = found.filter(Q(received_at__lt=moment) | Q(received_at=moment, pk__lt=pk))
        return found.order_by("-received_at", "-pk").values(
            "pk",
            "number",
            "title",
            "channel",
            "status",
            "due_at",
            "soon_at",
            "received_at",
            "contact_count",
            "team_id",
            subject_name=F("subject__name"),
            team_name=F("team__name"),
            person=F("assignee__name"),
        )[:most]

    place = {"moment": after[0], "pk": after[1]} if after else {}
    return rows_prepared(
        ("questions of a customer", user_shape(user), most, bool(after)),
        lambda marks: rows(Question.objects.visible_to(marked_user(user, marks)), marks),
        {"customer": customer_id, **place, **user_values(user)},
    )


def consents(customer_id: int) -> list[MessageConsent]:
    """Newest first, withdrawn ones too."""
    return _of_customer(
        "consents of a customer",
        lambda customer: (
            MessageConsent.objects.filter(customer=customer).select_related("given_by").order_by("-given_at")[:CONSENTS]
        ),
        customer_id,
    )


def open_proposals(user: User, customer_id: int) -> list[MergeProposal]:
    """Where somebody thinks that this customer is another one too, whom this person may see as well."""

    def rows(seen: QuerySet[Customer], customer: int) -> QuerySet[MergeProposal]:
        of_both = MergeProposal.objects.filter(keep__in=seen.values("pk"), merge__in=seen.values("pk"))
        found = of_both.filter(Q(keep=customer) | Q(merge=customer), decided_at__isnull=True)
        return found.select_related("keep", "merge", "proposed_by")

    return rows_prepared(
        ("proposals to merge a customer", user_shape(user)),
        lambda marks: rows(Customer.objects.current().visible_to(marked_user(user, marks)), marks["customer"]),
        {"customer": customer_id, **user_values(user)},
    )


def merged_names(customer_id: int) -> tuple[str, ...]:
    """Who became this customer."""
    rows = _of_customer(
        "merged into a customer",
        lambda customer: Customer.objects.filter(merged_into=customer).order_by("name").values("name")[:MERGED],
        customer_id,
    )
    return tuple(row["name"] for row in rows)


def look_rows(customer_id: int) -> list[dict[str, Any]]:
    """Who looked at this customer, newest first."""
    return _of_customer(
        "looks at a customer",
        lambda customer: (
            AccessEntry.objects.filter(customer_id=customer)
            .order_by("-at")
            .values("client", "at", "page", "reason", person=F("user__name"))[:LOOKS]
        ),
        customer_id,
    )


def _of_customer(shape: Hashable, build: Callable[[int], QuerySet[Any, Any]], customer_id: int) -> list[Any]:
    return rows_prepared(shape, lambda marks: build(marks["customer"]), {"customer": customer_id})
