"""What the screens about teams show."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from organisation.clock import today
from organisation.models import Team
from organisation.roles import Role


@dataclass(frozen=True)
class TeamRow:
    pk: int
    name: str
    email: str
    calendar: str
    leads: str
    members: int
    is_front_office: bool
    is_active: bool


@dataclass(frozen=True)
class MemberRow:
    pk: int
    name: str
    role: str


def team_row(team: Team) -> TeamRow:
    """One line of the list; `valid_now` was fetched beforehand."""
    members = team.valid_now  # type: ignore[attr-defined]
    return TeamRow(
        pk=team.pk,
        name=team.name,
        email=team.email,
        calendar=team.calendar.name if team.calendar else _("that of the municipality"),
        leads=", ".join(sorted(m.user.name for m in members if m.role in (Role.TEAM_LEAD, Role.COORDINATOR))),
        members=len({m.user_id for m in members}),
        is_front_office=team.is_front_office,
        is_active=team.is_active,
    )


def member_rows(team: Team) -> list[MemberRow]:
    """Who is in the team today, by name."""
    members = (
        team.memberships.valid_on(today()).filter(user__is_active=True).select_related("user").order_by("user__name")
    )
    return [MemberRow(m.user_id, m.user.name, str(Role(m.role).label)) for m in members]
