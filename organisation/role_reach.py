"""How far a right reaches: as far as the role that gives it, whatever other roles somebody has (quality §4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from organisation.roles import RIGHTS, Right, Role

if TYPE_CHECKING:
    from organisation.models import User

FEW, MANY = 1_000, 10_000
"""Rows with personal data that may be taken along at once: of led teams, and of all."""


def teams_with(user: User, right: Right) -> frozenset[int] | None:
    """The teams in which a role gives this right; None: every team, by a role that reaches them all.

    Who leads a team and also works at the desk, or in another team, leads that one team.
    """
    teams = set()
    for membership in user.current_memberships if user.may(right) else ():
        rights = RIGHTS.get(Role(membership.role), frozenset())
        if right in rights and Right.QUESTIONS_ALL_TEAMS in rights:
            return None
        if right in rights and membership.team_id:
            teams.add(membership.team_id)
    return frozenset(teams)


def reads_whole(user: User, right: Right) -> bool:
    """Whether this right reaches the sums of the whole: by a role that reaches every team, or by one that belongs to no team."""
    return any(
        right in (rights := RIGHTS.get(Role(membership.role), frozenset()))
        and (Right.QUESTIONS_ALL_TEAMS in rights or membership.team_id is None)
        for membership in user.current_memberships
    )


def list_teams(user: User) -> frozenset[int] | None:
    """The teams of which this person sees the rows of colleagues, and takes them along; None: every team."""
    return teams_with(user, Right.LISTS_EXPORT)


def most_rows(user: User) -> int:
    """How many rows with personal data this person may take along at once."""
    return MANY if list_teams(user) is None else FEW
