"""What the API reads: the same querysets as the screens, built once where they are the same for every call."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions

from contacts.api import present
from contacts.api.fields import BadCursor, decode_cursor
from contacts.models import ApiClient, Contact, NormClock, Question
from organisation.prepared import rows_prepared
from organisation.snapshot import Organisation


def reads_customers(client: ApiClient) -> bool:
    return "customers.read" in client.scopes


def columns(client: ApiClient) -> tuple[str, ...]:
    return present.ROW + present.CUSTOMER if reads_customers(client) else present.ROW


def one_row(client: ApiClient, number: str) -> dict[str, Any] | None:
    """The question with this number, when this client may see it."""
    found = rows_prepared(
        ("question of the API", tuple(client.channels), columns(client)),
        lambda marks: (
            Question.objects.visible_to_client(client).filter(number=marks["number"]).values(*columns(client))
        ),
        {"number": number.upper()},
    )
    return found[0] if found else None


def contacts_of(question_id: int) -> list[dict[str, Any]]:
    return rows_prepared("contacts of the API", _contacts, {"question": question_id})


def clocks_of(question_id: int) -> list[dict[str, Any]]:
    return rows_prepared("clocks of the API", _clocks, {"question": question_id})


def _contacts(marks: dict[str, Any]) -> QuerySet[Any]:
    rows = Contact.objects.filter(question_contacts__question_id=marks["question"]).order_by("received_at", "id")
    return rows.values("id", "channel", "direction", "received_at", "text", "is_answer", "is_automatic")[:500]


def _clocks(marks: dict[str, Any]) -> QuerySet[Any]:
    rows = NormClock.objects.filter(question_id=marks["question"], replaced_by__isnull=True)
    return rows.order_by("started_at", "id").values("code", "state", "started_at", "due_at", "stopped_at")


_STEADY = {"status", "overdue", "pageSize"}
"""A list that asks for nothing else differs in few ways from others: its statement is kept."""


def rows_of_list(client: ApiClient, asked: dict[str, Any], at: datetime, house: Organisation) -> list[dict[str, Any]]:
    """One row more than the page holds, to know whether the list goes on."""

    def wanted(moment: datetime) -> QuerySet[Any]:
        rows: QuerySet[Any] = _filtered(client, asked, moment, house).values(*columns(client))
        return rows[: asked["pageSize"] + 1]

    if set(asked) - _STEADY:
        return list(wanted(at))
    shape = (
        "list of the API",
        tuple(client.channels),
        columns(client),
        *(asked.get(name) for name in sorted(_STEADY)),
    )
    return rows_prepared(shape, lambda marks: wanted(marks["at"]), {"at": at})


def _filtered(client: ApiClient, asked: dict[str, Any], at: datetime, house: Organisation) -> Any:
    rows = Question.objects.visible_to_client(client).order_by("-received_at", "-id")
    status = asked.get("status")
    if status == "open":
        rows = rows.open()
    elif status:
        rows = rows.filter(status=status)
    if asked["overdue"]:
        rows = rows.overdue(at)
    if "team" in asked:
        rows = rows.filter(team_id__in=[team.id for team in house.teams.values() if team.code == asked["team"]])
    if "channel" in asked:
        rows = rows.filter(channel=asked["channel"])
    if "subject" in asked:
        heads = [subject.id for subject in house.subjects.values() if subject.code == asked["subject"]]
        rows = rows.filter(subject_id__in=[pk for head in heads for pk in house.subject_ids_below(head)])
    if "receivedFrom" in asked:
        rows = rows.filter(received_at__gte=asked["receivedFrom"])
    if "receivedUntil" in asked:
        rows = rows.filter(received_at__lt=asked["receivedUntil"])
    if "cursor" in asked:
        try:
            moment, pk = decode_cursor(asked["cursor"])
        except BadCursor as error:
            raise exceptions.ValidationError({"cursor": [_("This cursor is not ours.")]}) from error
        rows = rows.filter(received_at__lte=moment).filter(Q(received_at__lt=moment) | Q(pk__lt=pk))
    return rows
