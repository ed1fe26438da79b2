"""What somebody registered today: a way back to it beside the form, to look again or to correct."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet

from contacts.models import Contact, Question, QuestionContact
from contacts.pages.question_link import question_href
from organisation import wording
from organisation.clock import local_day
from organisation.prepared import marked_user, rows_prepared, user_shape, user_values
from organisation.workdays import day_start

if TYPE_CHECKING:
    from organisation.models import User

MOST = 6
NEWEST = 400
"""Contacts of the whole house that are looked through: a busy day of a small town."""


@dataclass(frozen=True)
class Registered:
    """One question of one contact."""

    icon: str
    title: str
    url: str
    when: str
    line: str


def registered_today(user: User, at: datetime) -> tuple[Registered, ...]:
    """The latest first, one query; cancelled ones (wrong numbers, undone ones) are not among them."""
    found = rows_prepared(
        ("registered today", user_shape(user)),
        lambda marks: _rows(marked_user(user, marks), marks["since"]),
        {"since": day_start(local_day(at)), **user_values(user)},
    )
    return tuple(
        Registered(
            icon=wording.CHANNEL_ICONS.get(row["channel"], "message-circle"),
            title=row["title"],
            url=question_href(row["number"]),
            when=wording.clock(row["moment"]),
            line=" · ".join(part for part in (row["customer"], row["team"]) if part),
        )
        for row in found
    )


def _rows(user: User, since: datetime) -> QuerySet[QuestionContact, dict[str, Any]]:
    newest = Contact.objects.order_by("-pk").values("pk")[:NEWEST]
    own = Contact.objects.filter(
        pk__in=newest, registered_by=user, direction=Contact.Direction.IN, registered_at__gte=since
    )
    visible = Question.objects.visible_to(user).exclude(status=Question.Status.CANCELLED)
    rows = QuestionContact.objects.filter(contact__in=own, question__in=visible).order_by("-contact", "pk")
    return rows.values(
        number=F("question__number"),
        title=F("question__title"),
        channel=F("contact__channel"),
        moment=F("contact__registered_at"),
        customer=F("question__customer__name"),
        team=F("question__team__name"),
    )[:MOST]
