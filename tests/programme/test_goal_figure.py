"""The figure of a live goal is the figure of its page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from kpi.measures.base import Tally
from kpi.periods import YEAR, period_of
from kpi.registry import MEASURES
from kpi.scope import Scope
from kpi.target import value_of
from organisation.clock import now
from organisation.workdays import local_day
from programme.actions.load_example import load_example
from programme.goal_values import measure
from programme.models import Goal, GoalTarget, Pillar
from programme.pages.standing import shown, standings
from programme.reports.goal_facts import goal_facts
from tests.access_scene import set_the_scene
from tests.cast import Cast
from tests.kpi.history import clock, local, question


@pytest.mark.django_db
def test_a_goal_shows_what_its_measure_counts_over_the_year(cast: Cast) -> None:
    set_the_scene(cast)
    pillar = Pillar.objects.create(order=1, name="Pijler", short_name="Pijler", aim="Doel")
    at = now()
    for code in ("email.acknowledge", "email.answer"):
        goal = Goal.objects.create(pillar=pillar, name=code, kpi_code=code, unit="percent")
        (found,) = measure([goal], at=at)
        counted = MEASURES[code].count(Scope(period_of(YEAR, local_day(at))), at)
        shown = counted if counted.denominator >= 10 else Tally()
        assert found.value == value_of(MEASURES[code], shown)


@pytest.mark.django_db
def test_the_page_and_the_report_say_the_same_of_every_goal(cast: Cast) -> None:
    load_example(day=local_day(now()))
    goals = list(Goal.objects.select_related("team", "indicator").prefetch_related("targets", "indicator__results"))
    on_page = {one.goal.pk: one for one in standings(goals, at=now())}
    in_report = {one["id"]: one for one in goal_facts(now())}
    assert on_page.keys() == in_report.keys()
    assert any(one["ahead"] is not None for one in in_report.values())
    for pk, fact in in_report.items():
        page = on_page[pk]
        assert fact["met"] == page.is_met
        assert fact["ahead"] == (round(page.line.value, 2) if page.line else None)
        assert shown(page.goal.unit, fact["told"]) == page.now


@pytest.mark.django_db
def test_in_the_first_days_of_a_year_a_goal_tells_the_year_that_is_over(cast: Cast) -> None:
    """Else a report of January would say of every goal that there are no data."""
    pillar = Pillar.objects.create(order=1, name="Pijler", short_name="Pijler", aim="Doel")
    goal = Goal.objects.create(pillar=pillar, name="E-mail", kpi_code="email.answer", unit="percent")
    for year, value in ((2026, 80), (2027, 99)):
        GoalTarget.objects.create(goal=goal, year=year, value=value, source="plan")

    def answered(day: str, count: int) -> None:
        for number in range(count):
            at = local(f"{day} 09:{number:02d}")
            row = question(cast, received=at, channel="email")
            clock(
                row,
                "email.answer",
                started=at,
                due=at + timedelta(days=3),
                stopped=at + timedelta(hours=1) if number else None,
            )

    def told(at: str) -> tuple[str, str, bool | None, str]:
        (one,) = standings([goal], at=local(at))
        (fact,) = goal_facts(local(at))
        assert (fact["actual"], fact["met"]) == (one.measured.value and round(one.measured.value, 2), one.is_met)
        assert fact["target"] == (one.target and float(one.target.value))
        return one.now, one.now_name, one.is_met, fact["actual_of"]

    with translation.override("nl"):
        answered("2026-11-16", 20)
        assert told("2027-01-05 12:00") == ("95\u00a0%", "2026", True, "2026")
        answered("2027-01-04", 9)
        assert told("2027-01-08 12:00") == ("95\u00a0%", "2026", True, "2026")
        answered("2027-01-08", 1)
        assert told("2027-01-12 12:00") == ("80\u00a0%", "2027 tot nu toe", False, "2027")
