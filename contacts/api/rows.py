"""What the API reads: the same querysets as the screens, built once where they are the same for every call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions

from contacts.api import present
from contacts.api.fields import BadCursor, decode_cursor
from contacts.models import ApiClient, Contact, NormClock, Question
from contacts.pages.timeline_entry import moment_of
from contacts.querysets import QuestionQuerySet
from organisation.audit import WRITES_LOOK, WRITES_LOOK_AT_IT, write_look
from organisation.counts import CappedCount
from organisation.prepared import json_list, rows_prepared
from organisation.snapshot import Organisation


def reads_customers(client: ApiClient) -> bool:
    return "customers.read" in client.scopes


def columns(client: ApiClient) -> tuple[str, ...]:
    own = (*present.ROW, present.COUNT)
    return own + present.CUSTOMER if reads_customers(client) else own


_OF_CONTACT = ("id", "channel", "direction", "received_at", "text", "is_answer", "is_automatic")
_OF_CLOCK = ("code", "state", "started_at", "due_at", "stopped_at")
_MOMENTS = {"received_at", "started_at", "due_at", "stopped_at"}


def questions_of(client: ApiClient) -> QuestionQuerySet:
    """Those that it may see, with how many of their contacts."""
    count = CappedCount(_contacts_of(client).values("pk")) if client.channels else F("contact_count")
    return Question.objects.visible_to_client(client).annotate(**{present.COUNT: count})


def one_question(client: ApiClient, number: str, look: Mapping[str, Any]) -> dict[str, Any] | None:
    """The question with this number, when this client may see it; `contacts` and `clocks` are its rows. One statement, which writes that
    the client looked."""
    customer = F("customer_id") if reads_customers(client) else Cast(None, BigIntegerField())
    found = rows_prepared(
        ("question of the API", tuple(client.channels), columns(client)),
        lambda marks: (
            questions_of(client)
            .filter(number=marks["number"])
            .annotate(contacts_=_contacts(client), clocks_=_clocks(), of_question=F("pk"), of_customer=customer)
            .values(*columns(client), "contacts_", "clocks_", "of_question", "of_customer")
        ),
        {"number": number.upper()},
        WRITES_LOOK_AT_IT,
        look,
    )
    if not found:
        return None
    return {**found[0], "contacts": _read(found[0]["contacts_"]), "clocks": _read(found[0]["clocks_"])}


def _read(rows: list[Any]) -> list[dict[str, Any]]:
    """Lists that PostgreSQL made, with moments for their texts."""
    return [{name: moment_of(value) if name in _MOMENTS else value for name, value in row.items()} for row in rows]


def _contacts_of(client: ApiClient) -> QuerySet[Contact]:
    """Of the question around it: on the channels of this client, as its questions are (quality §4)."""
    rows = Contact.objects.filter(question_contacts__question_id=OuterRef("pk"))
    return rows.filter(channel__in=client.channels) if client.channels else rows


def _contacts(client: ApiClient) -> Subquery:
    rows = _contacts_of(client).order_by("received_at", "id")
    return json_list(rows[:500], **{name: name for name in _OF_CONTACT})


def _clocks() -> Subquery:
    rows = NormClock.objects.filter(question_id=OuterRef("pk"), replaced_by__isnull=True)
    return json_list(rows.order_by("started_at", "id"), **{name: name for name in _OF_CLOCK})


def subject_ids(code: str, house: Organisation) -> list[int]:
    """The subject with this code and everything below it."""
    heads = [subject.id for subject in house.subjects.values() if subject.code == code]
    if not heads:
        raise exceptions.ValidationError({"subject": [_("There is no such subject.")]})
    return [pk for head in heads for pk in house.subject_ids_below(head)]


_STEADY = {"status", "overdue", "pageSize"}
"""A list that asks for nothing else differs in few ways from others: its statement is kept."""


def rows_of_list(
    client: ApiClient, asked: dict[str, Any], at: datetime, house: Organisation, look: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """One row more than the page holds, to know whether the list goes on. That the client looked is written along."""

    def wanted(moment: datetime) -> QuerySet[Any]:
        rows: QuerySet[Any] = _filtered(client, asked, moment, house).values(*columns(client))
        return rows[: asked["pageSize"] + 1]

    if set(asked) - _STEADY:
        write_look(look)
        return list(wanted(at))
    shape = (
        "list of the API",
        tuple(client.channels),
        columns(client),
        *(asked.get(name) for name in sorted(_STEADY)),
    )
    return rows_prepared(shape, lambda marks: wanted(marks["at"]), {"at": at}, WRITES_LOOK, look)


def _filtered(client: ApiClient, asked: dict[str, Any], at: datetime, house: Organisation) -> Any:
    rows = questions_of(client).order_by("-received_at", "-id")
    status = asked.get("status")
    if status == "open":
        rows = rows.open()
    elif status:
        rows = rows.filter(status=status)
    if asked["overdue"]:
        rows = rows.overdue(at)
    if "team" in asked:
        teams = [team.id for team in house.teams.values() if team.code == asked["team"]]
        if not teams:
            raise exceptions.ValidationError({"team": [_("There is no such team.")]})
        rows = rows.filter(team_id__in=teams)
    if "channel" in asked:
        rows = rows.filter(channel=asked["channel"])
    if "subject" in asked:
        rows = rows.filter(subject_id__in=subject_ids(asked["subject"], house))
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
