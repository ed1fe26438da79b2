"""Calls by the team of who picked up: together they are the figure, and none of them is about a person."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from channels_app.actions.log_events import Told, log_events
from channels_app.models import Call
from kpi.measures.base import Tally
from kpi.pages.queues import team_cells
from kpi.periods import between
from kpi.picked_up import BEFORE, NOBODY, OTHERS, TODAY, UNKNOWN, by_team, told_apart
from kpi.registry import MEASURES
from kpi.scope import Scope
from organisation.models import Membership, Municipality, Team, User
from organisation.own_team import Place, own_team
from organisation.roles import Role
from organisation.snapshot import organisation
from tests.cast import Cast, person
from tests.kpi.history import call, local

PICKUP = MEASURES["phone.pickup"]
NOW = local("2026-11-25 12:00")
MONDAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("people", "apart"),
    [
        ({}, set()),
        ({1: 2}, set()),
        ({1: 3}, {1}),
        ({1: 5, 2: 3}, {1, 2}),
        ({1: 5, 2: 4, 3: 1}, {1}),
        ({1: 5, 2: 4, 3: 2, 4: 1}, {1, 2}),
        ({1: 3, 2: 2}, set()),
        ({1: 4, 2: 4, 3: 2}, {2}),
        ({1: 4, None: 1}, set()),
        ({None: 5}, set()),
    ],
)
def test_the_teams_that_are_told_apart_leave_enough_people_among_the_others(
    people: dict[int | None, int], apart: set[int]
) -> None:
    assert told_apart(people, 3) == apart


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([], None),
        ([(9, True, None)], 9),
        ([(9, True, None), (4, False, date(2026, 5, 1))], 4),
        ([(4, False, date(2026, 5, 1)), (5, False, date(2026, 3, 1)), (9, True, None)], 5),
        ([(6, False, None), (5, False, None)], 6),
    ],
)
def test_the_own_team_is_one_team_and_not_the_one_that_people_help_out_in(
    places: list[tuple[int, bool, date | None]], expected: int | None
) -> None:
    assert own_team([Place(team, is_front, since, None) for team, is_front, since in places]) == expected


@pytest.fixture
def desks(cast: Cast) -> dict[Team, list[User]]:
    """Four of the Servicecentrum, three of Burgerzaken and one of Openbare Ruimte who pick up the phone."""
    sizes = ((cast.servicecentrum, 4), (cast.burgerzaken, 3), (cast.openbare_ruimte, 1))
    return {team: [person(f"{team.code}-{n}", Role.FRONT_OFFICE, team) for n in range(size)] for team, size in sizes}


def picked(day: str, who: User, team: Team | None, *, wait: int = 10, least: int | None = 3) -> Call:
    return call(local(f"{day} 10:00"), wait=wait, answered_by=who, answered_team=team, team_least=least)


@pytest.mark.django_db
def test_the_parts_are_the_figure_and_each_day_is_judged_by_itself(
    cast: Cast, desks: dict[Team, list[User]], settings
) -> None:
    settings.CLOCK_OFFSET_SECONDS = int((NOW - datetime.now(UTC)).total_seconds())
    service, burger, ruimte = desks
    for team in (service, burger):
        for who in desks[team]:
            picked("2026-11-16", who, team)
    picked("2026-11-16", desks[ruimte][0], ruimte, wait=90)
    for who in desks[service]:
        picked("2026-11-17", who, service)
    picked("2026-11-18", desks[service][0], None, least=None)
    picked("2026-11-18", desks[service][0], service)
    call(local("2026-11-18 11:00"), team_least=3)
    call(local("2026-11-18 11:10"), outcome="abandoned", wait=60, team_least=3)
    picked("2026-11-25", desks[service][0], service)
    scope = Scope(between(MONDAY, date(2026, 11, 25)))
    found = by_team(PICKUP, scope, NOW)
    assert found == {
        service.pk: Tally(8, 8),
        OTHERS: Tally(4, 5),  # three of Burgerzaken go with one of Openbare Ruimte; and the one on a day alone
        UNKNOWN: Tally(1, 1),
        BEFORE: Tally(1, 1),
        TODAY: Tally(1, 1),
        NOBODY: Tally(0, 1),
    }
    assert sum(found.values(), Tally()) == PICKUP.count(scope, NOW)
    names = [name for name, _one in team_cells(PICKUP, scope, organisation(), NOW)]
    assert names[0] == "Servicecentrum" and len(names) == 6
    assert by_team(PICKUP, Scope(scope.period, subject_ids=frozenset({cast.paspoort.pk})), NOW) == {}
    assert by_team(MEASURES["phone.given_up"], scope, NOW) == {}
    assert team_cells(PICKUP, Scope(between(date(2026, 8, 1), MONDAY)), organisation(), NOW) == []
    client = Client()
    client.force_login(cast.sanne)
    query = "van=2026-11-16&tot=2026-11-25"
    assert 'id="per-team-opgenomen"' in client.get(f"/cijfers/phone.pickup/?{query}").content.decode()
    lines = client.get(f"/cijfers/phone.pickup/export.csv?{query}").content.decode().splitlines()
    assert sum("team dat opnam" in line for line in lines) == 6
    assert any("kwartier" in line and "10:00–10:15" in line for line in lines)


@pytest.mark.django_db
def test_whatever_period_is_subtracted_from_whatever_other_enough_people_are_left(
    cast: Cast, desks: dict[Team, list[User]]
) -> None:
    chance = random.Random(9)
    days = [MONDAY + timedelta(days=step) for step in range(5)]
    who: dict[tuple[int, date], set[int]] = {}
    teams = [(team, one) for team, people in desks.items() for one in people]
    for day in days:
        for team, one in chance.sample(teams, chance.randint(1, len(teams))):
            picked(f"{day}", one, team)
            who.setdefault((team.pk, day), set()).add(one.pk)
    told = {day: by_team(PICKUP, Scope(between(day, day)), NOW) for day in days}
    for first in range(5):
        for last in range(first, 5):
            parts = [told[day] for day in days[first : last + 1]]
            together = by_team(PICKUP, Scope(between(days[first], days[last])), NOW)
            for team in (one.pk for one in desks):
                assert together.get(team, Tally()) == sum((part.get(team, Tally()) for part in parts), Tally())
    assert any(told.values())
    for day, parts in told.items():
        shown = {place for place in parts if place > 0}
        assert all(len(who[team, day]) >= 3 for team in shown)
        rest = sum(len(people) for (team, on), people in who.items() if on == day and team not in shown)
        assert not shown or rest == 0 or rest >= 3


@pytest.mark.django_db
def test_the_team_of_the_day_stays_with_the_call_when_people_move(cast: Cast) -> None:
    Membership.objects.create(user=cast.fatima, team=cast.burgerzaken, role=Role.TEAM_MEMBER)
    begin = local("2026-11-24 09:00")

    def tell(kind: str, seconds: int, when) -> Call:
        told = Told("c1", kind, begin + timedelta(seconds=seconds), agent="" if kind == "ended" else "fatima")
        log_events(source="pbx", events=[told], at=when, pickup_seconds=lambda day: 30)
        return Call.objects.get()

    row = tell("answered", 5, begin)
    assert (row.answered_team, row.team_least) == (cast.burgerzaken, 3)
    Membership.objects.filter(team=cast.burgerzaken).delete()
    Municipality.objects.update(phone_team_least=5)
    row = tell("ended", 60, NOW)
    assert (row.ended_at, row.answered_team, row.team_least) == (begin + timedelta(seconds=60), cast.burgerzaken, 3)
