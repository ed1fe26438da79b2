"""What somebody registered today: a way back to it beside the form, to look again or to correct."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import F
from django.urls import reverse

from contacts.models import Contact, Question, QuestionContact
from organisation import wording
from organisation.clock import local_day
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
    newest = Contact.objects.order_by("-pk").values("pk")[:NEWEST]
    own = Contact.objects.filter(
        pk__in=newest, registered_by=user, direction=Contact.Direction.IN, registered_at__gte=day_start(local_day(at))
    )
    visible = Question.objects.visible_to(user).exclude(status=Question.Status.CANCELLED)
    rows = QuestionContact.objects.filter(contact__in=own, question__in=visible).order_by("-contact", "pk")
    found = rows.values(
        number=F("question__number"),
        title=F("question__title"),
        channel=F("contact__channel"),
        moment=F("contact__registered_at"),
        customer=F("question__customer__name"),
        team=F("question__team__name"),
    )
    return tuple(
        Registered(
            icon=wording.CHANNEL_ICONS.get(row["channel"], "message-circle"),
            title=row["title"],
            url=reverse("contacts:question", args=[row["number"]]),
            when=wording.clock(row["moment"]),
            line=" · ".join(part for part in (row["customer"], row["team"]) if part),
        )
        for row in found[:MOST]
    )
