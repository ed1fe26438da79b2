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
from programme.models import Goal, Pillar
from programme.pages.standing import standings
from tests.cast import Cast
from tests.test_access_matrix import set_the_scene


@pytest.mark.django_db
def test_a_goal_shows_what_its_measure_counts_over_the_year(cast: Cast) -> None:
    set_the_scene(cast)
    pillar = Pillar.objects.create(order=1, name="Pijler", short_name="Pijler", aim="Doel")
    at = now()
    for code in ("email.acknowledge", "email.answer"):
        goal = Goal.objects.create(pillar=pillar, name=code, kpi_code=code, unit="percent")
        (found,) = standings([goal], at=at)
        counted = MEASURES[code].count(Scope(period_of(YEAR, local_day(at))), at)
        shown = counted if counted.denominator >= 10 else Tally()
        assert found.points[-1].value == value_of(MEASURES[code], shown)
