"""A goal that others measure reads what stands with the surveys: nothing is kept twice."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from organisation.clock import now
from programme.actions.load_plan import load_plan
from programme.goal_values import measure
from programme.models import Goal
from surveys.models import OutsideIndicator, OutsideResult
from tests.cast import Cast


@pytest.fixture
def goal(cast: Cast) -> Goal:
    load_plan(by=None, at=now())
    return Goal.objects.get(name="Heldere taal")


def measured(goal: Goal) -> Any:
    row = (
        Goal.objects.select_related("team", "indicator")
        .prefetch_related("targets", "indicator__results")
        .get(pk=goal.pk)
    )
    return measure([row], at=now())[0]


def test_it_begins_at_the_first_score_and_stands_at_the_last(goal: Goal) -> None:
    one = measured(goal)
    assert (one.value, one.began.value, one.began.year) == (68, 68, 2017)
    assert "Waarstaatjegemeente 2017" in one.began.source
    OutsideResult.objects.create(indicator=goal.indicator, year=2021, value=71, source="W 2021")
    gone = OutsideResult.objects.create(indicator=goal.indicator, year=2023, value=50, source="W 2023", is_removed=True)
    OutsideResult.objects.create(indicator=goal.indicator, year=2090, value=99, source="W 2090")
    one = measured(goal)
    assert (one.value, one.is_met, len(one.values)) == (71, True, 2)
    gone.is_removed = False
    gone.save()
    assert measured(goal).value == 50


def test_the_page_of_the_goal_leads_to_the_scores(goal: Goal, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.joost)
    page = client.get(f"/voortgang/doelen/{goal.pk}/").content.decode()
    assert "/enquetes/buiten/heldere-taal/" in page
    assert "Waarstaatjegemeente 2017, plan 6.3" in page


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"kpi_code": "phone.pickup"}, "indicator"), ({"unit": "mark"}, "unit"), ({"baseline": "6"}, "baseline")],
)
def test_it_is_measured_in_one_way_only(goal: Goal, cast: Cast, changed: dict[str, str], field: str) -> None:
    client = Client()
    client.force_login(cast.joost)
    form = {
        "name": goal.name, "pillar": goal.pillar_id, "unit": "percent", "direction": "up", "order": "9",
        "indicator": goal.indicator_id, "version": goal.version, **changed,
    }  # fmt: skip
    if "baseline" in changed:
        form |= {"baseline_year": "2017", "baseline_source": "bron"}
    page = client.post(f"/voortgang/wijzigen/doel/{goal.pk}/", form)
    assert page.status_code == 422, page.status_code
    assert f'id="id_{field}_error"' in page.content.decode()


def test_the_database_holds_it_too(goal: Goal) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Goal.objects.filter(pk=goal.pk).update(baseline=Decimal(6), baseline_year=2017, baseline_source="bron")
    assert OutsideIndicator.objects.filter(pk=goal.indicator_id).exists()
