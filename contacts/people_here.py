"""Who is at work today, per team: whom a visitor can be brought to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db.models import F

from organisation.models import Membership, Presence
from organisation.workdays import day_start, local_day

if TYPE_CHECKING:
    from collections.abc import Iterable

AT_WORK: Final = (
    Presence.Status.AVAILABLE,
    Presence.Status.IN_CALL,
    Presence.Status.WRAP_UP,
    Presence.Status.HOME,
)
HELPS_VISITORS: Final = ("front_office", "team_member", "team_lead", "coordinator")


@dataclass(frozen=True)
class Here:
    """Somebody in one of their teams."""

    user_id: int
    team_id: int
    name: str
    status: str
    room: str
    phone: str


def people_here(at: datetime, team_ids: Iterable[int] | None = None) -> list[Here]:
    """Everybody who works today, by name; once for each team. What somebody said on another day does not count. One query."""
    rows = Membership.objects.valid_on(local_day(at)).filter(
        user__is_active=True,
        user__presence__status__in=AT_WORK,
        user__presence__changed_at__gte=day_start(local_day(at)),
        role__in=HELPS_VISITORS,
        team_id__isnull=False,
    )
    if team_ids is not None:
        rows = rows.filter(team_id__in=team_ids)
    found = (
        rows.order_by("user__name", "user_id", "team_id")
        .distinct()
        .values(
            "user_id",
            "team_id",
            name=F("user__name"),
            status=F("user__presence__status"),
            room=F("user__room"),
            phone=F("user__phone"),
        )
    )
    return [Here(**row) for row in found]
