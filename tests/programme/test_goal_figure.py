"""The figure of a live goal is the figure of its page."""

from __future__ import annotations

import pytest

from kpi.measures.base import Tally
from kpi.periods import YEAR, period_of
from kpi.registry import MEASURES
from kpi.scope import Scope
from kpi.target import value_of
from organisation.clock import now
from organisation.workdays import local_day
from programme.actions.load_example import load_example
from programme.goal_values import measure
from programme.models import Goal, Pillar
from programme.pages.standing import shown, standings
from programme.reports.goal_facts import goal_facts
from tests.access_scene import set_the_scene
from tests.cast import Cast


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
        assert shown(page.goal.unit, fact["actual"]) == page.now
