"""What a notice of the figures is about: the talk that an agreement waits for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from contacts.models import Notice
from contacts.notice_topics import TOPICS, Topic, Topics
from kpi.models import TeamAgreement
from organisation import wording
from organisation.clock import today
from organisation.roles import Right

if TYPE_CHECKING:
    from collections.abc import Collection

    from organisation.models import User


def talk_key(pk: int, planned_on: date) -> str:
    """Of an agreement and the day that its talk was planned on."""
    return f"agreement:{pk}:{planned_on}"


def _talks(user: User, keys: Collection[str]) -> dict[str, Topic]:
    day = today()
    planned = {key: key.split(":") for key in keys}
    asked = TeamAgreement.objects.visible_to(user).filter(pk__in={pk for _what, pk, _on in planned.values()})
    rows = {str(row.pk): row for row in asked.select_related("team")}
    return {
        key: Topic(
            f"{rows[pk].team.name}, {wording.day(date.fromisoformat(on), day)}", reverse("kpi:agreement", args=[pk])
        )
        for key, (_what, pk, on) in planned.items()
        if pk in rows
    }


TOPICS[Notice.Kind.TALK_DUE] = Topics(Right.AGREEMENTS_READ, _talks)
