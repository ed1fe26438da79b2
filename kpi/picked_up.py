"""Calls by the team of whoever picked up; never so few people that the figure is about a person (docs/adr/0032)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from django.db.models import BooleanField, Count, ExpressionWrapper, Max, Q

from kpi.measures.base import Measure, Tally
from kpi.measures.phone import ANSWERED
from kpi.scope import Scope
from organisation.workdays import local_day

PICKUP: Final = "phone.pickup"
OTHERS, UNKNOWN, BEFORE, TODAY, NOBODY = -1, -2, -3, -4, -5
"""Instead of a team: teams with too few people, nobody that we know, from before teams were kept, not over yet, not picked up."""


def by_team(measure: Measure, scope: Scope, at: datetime) -> dict[int, Tally]:
    """Team (or one of the words above) → its part; together the figure. Nothing where no team is told apart. One query.

    Each finished day is judged by itself, so whatever period is subtracted from whatever other, enough people are left.
    """
    if measure.code != PICKUP or scope.subject_ids is not None:
        return {}
    found: dict[int, Tally] = {}
    days: dict[date, dict[int | None, tuple[int, int, Tally]]] = {}
    for day, is_answered, is_known, is_kept, team, count, hits, people, least in _counted(measure, scope, at):
        part = Tally(hits, count)
        if day >= local_day(at):
            place = TODAY
        elif not is_answered:
            place = NOBODY
        elif not is_known:
            place = UNKNOWN
        elif not is_kept:
            place = BEFORE
        else:
            days.setdefault(day, {})[team] = (people, least, part)
            continue
        found[place] = found.get(place, Tally()) + part
    for teams in days.values():
        least = max(one for _people, one, _part in teams.values())
        apart = told_apart({team: people for team, (people, _least, _part) in teams.items()}, least)
        for team, (_people, _least, part) in teams.items():
            place = team if team in apart and team is not None else OTHERS
            found[place] = found.get(place, Tally()) + part
    return found if any(place > 0 for place in found) else {}


def told_apart(people: Mapping[int | None, int], least: int) -> frozenset[int]:
    """The teams with so many people, as far as the others together have as many too: else these would follow by subtraction (pure).

    Who belongs to no team counts with the others.
    """
    apart = {team: count for team, count in people.items() if team is not None and count >= least}
    others = sum(people.values()) - sum(apart.values())
    while 0 < others < least and apart:
        smallest = min(apart, key=lambda team: (apart[team], team))
        others += apart.pop(smallest)
    return frozenset(apart)


def _counted(measure: Measure, scope: Scope, at: datetime) -> list[tuple]:
    def flag(condition: Q) -> ExpressionWrapper:
        return ExpressionWrapper(condition, output_field=BooleanField())

    return list(
        measure.population(scope, at)
        .values(
            "entered_on",
            is_answered=flag(ANSWERED),
            is_known=flag(Q(answered_by__isnull=False)),
            is_kept=flag(Q(team_least__isnull=False)),
        )
        .annotate(
            count=Count("pk"),
            hits=Count("pk", filter=measure.hit),
            people=Count("answered_by", distinct=True),
            least=Max("team_least"),
        )
        .order_by()
        .values_list(
            "entered_on", "is_answered", "is_known", "is_kept", "answered_team", "count", "hits", "people", "least"
        )
    )
