"""The rows of the column of a customer, asked at every caller: built once, planned once a connection (ADR 14)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Left

from contacts.models import Contact, ContactAddress, Question, QuestionContact
from contacts.pages.timeline_entry import moment_of
from organisation.models import AccessEntry, Municipality
from organisation.prepared import JsonRow, json_list, listed, marked_user, run_prepared, user_shape, user_values

if TYPE_CHECKING:
    from organisation.models import User

Rows = QuerySet[Any, dict[str, Any]]
MOST_CONTACTS: Final = 12
MOST_OPEN: Final = 10
MOST_TEXT: Final = 140
MOMENTS: Final = frozenset({"received_at", "due_at", "soon_at", "bounced_at", "at"})
OPEN: Final = {
    "number": "number",
    "title": "title",
    "status": "status",
    "due_at": "due_at",
    "soon_at": "soon_at",
    "team_id": "team_id",
    "team_name": "team__name",
    "person": "assignee__name",
}
ABOUT: Final = {
    "number": "number",
    "title": "title",
    "summary": "summary",
    "status": "status",
    "close_reason": "close_reason",
    "team_id": "team_id",
    "due_at": "due_at",
    "soon_at": "soon_at",
    "team": "team__name",
    "person": "assignee__name",
}


@dataclass(frozen=True)
class PaneRows:
    """What stands in the column of a customer."""

    open: list[dict[str, Any]]
    """Open questions that this person may see, most urgent first."""
    contacts: list[dict[str, Any]]
    """The latest, with how their text begins and the `question` each is about, the first of several; None when it is out of reach or cancelled."""
    addresses: list[dict[str, Any]]
    """Preferred ones first."""
    look: dict[str, Any] | None
    """When somebody else looked last, and who."""


def pane_rows(user: User, customer_id: int, *, since: datetime) -> PaneRows:
    """All of the column in one statement; who else looked, since then."""
    row = run_prepared(
        ("column of a customer", user_shape(user)),
        lambda marks: _pane(marked_user(user, marks), marks["customer"], marks["since"]),
        {"customer": customer_id, "since": since, **user_values(user)},
    )
    found = {name: [_read(one) for one in told or ()] for name, told in (row or {}).items()}
    for contact in found["contacts_"]:
        contact["question"] = _read(contact["question"]) if contact["question"] else None
    return PaneRows(found["open_"], found["contacts_"], found["addresses_"], next(iter(found["look_"]), None))


def _read(row: dict[str, Any]) -> dict[str, Any]:
    """As PostgreSQL tells it in JSON, with moments for their texts."""
    return {name: moment_of(value) if name in MOMENTS else value for name, value in row.items()}


def _pane(user: User, customer: int, since: datetime) -> Rows:
    """Every value in it comes from marks or the person. Where somebody is known by their exact number a team sees their contacts on its own
    questions, so the question decides and not the customer."""
    seen = Question.objects.visible_to(user)
    about = QuestionContact.objects.filter(
        contact=OuterRef("pk"), question__in=seen.exclude(status=Question.Status.CANCELLED)
    ).order_by("pk")
    question = about.values(json=JsonRow(**{name: f"question__{path}" for name, path in ABOUT.items()}))[:1]
    contacts = Contact.objects.filter(customer=customer).order_by("-received_at", "-pk")
    return (
        Municipality.objects.filter(pk=1)
        .annotate(
            open_=json_list(
                seen.filter(customer=customer, status__in=Question.OPEN).order_by("sort_at", "pk")[:MOST_OPEN],
                **OPEN,
            ),
            contacts_=json_list(
                contacts[: MOST_CONTACTS * 2],
                pk="pk",
                channel="channel",
                direction="direction",
                received_at="received_at",
                is_automatic="is_automatic",
                is_answer="is_answer",
                begin=Left("text", MOST_TEXT),
                question=Subquery(question),
            ),
            addresses_=json_list(
                ContactAddress.objects.filter(customer=customer).order_by("-is_preferred", "kind", "pk"),
                id="pk",
                kind="kind",
                value="value",
                is_preferred="is_preferred",
                is_verified="is_verified",
                bounced_at="bounced_at",
            ),
            look_=json_list(_looks(customer, user.pk, since), at="at", name="user__name"),
        )
        .values("open_", "contacts_", "addresses_", "look_")
    )


def _looks(customer: int, but: int, since: datetime) -> QuerySet[AccessEntry]:
    entries = AccessEntry.objects.filter(customer_id=customer, at__gte=since, user__isnull=False)
    return entries.exclude(user=but).order_by("-at")[:1]


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


def last_look(customer_id: int, *, but: User, since: datetime) -> dict[str, Any] | None:
    """When somebody else looked last, and who."""

    return run_prepared(
        "last look at a customer",
        lambda marks: _looks(marks["customer"], marks["user"], marks["since"]).values("at", name=F("user__name")),
        {"customer": customer_id, "user": but.pk, "since": since},
    )
