"""The rules of the programme as tables: where a trend leads, circles of waiting, and what the database refuses."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError

from programme.actions.dependencies import closes_circle
from programme.forecast import LIKELY, OPEN, UNLIKELY, forecast
from programme.models import Pillar, Programme, Risk
from programme.reports.compare import compare
from programme.reports.facts import facts
from tests.programme.scene import AT, project


def test_under_three_moments_there_is_no_forecast() -> None:
    assert forecast([], 2026) is None
    assert forecast([(2024, 7.0), (2025, 7.1)], 2026) is None
    assert forecast([(2024, 7.0), (2024, 7.1), (2024, 7.2)], 2026) is None


def test_points_on_a_line_lead_along_that_line_without_doubt() -> None:
    found = forecast([(2023, 6.0), (2024, 6.5), (2025, 7.0)], 2026)
    assert found is not None
    assert (round(found.value, 6), round(found.low, 6), round(found.high, 6)) == (7.5, 7.5, 7.5)
    assert (found.reaches(7.5), found.reaches(8.0)) == (LIKELY, UNLIKELY)


def test_scattered_points_leave_the_outcome_open() -> None:
    found = forecast([(2022, 6.0), (2023, 7.5), (2024, 6.2), (2025, 7.4)], 2026, lowest=0, highest=10)
    assert found is not None
    assert 0 <= found.low < found.value < found.high <= 10
    assert found.reaches(found.value) == OPEN


@pytest.mark.parametrize(
    ("pairs", "project_id", "needs", "expected"),
    [([], 1, 2, False), ([(2, 1)], 1, 2, True), ([(2, 3), (3, 1)], 1, 2, True), ([(1, 3)], 1, 2, False)],
)
def test_a_circle_of_waiting_is_seen(pairs: list[tuple[int, int]], project_id: int, needs: int, expected: bool) -> None:
    assert closes_circle(pairs, project_id, needs) is expected


@pytest.mark.django_db(transaction=False)
@pytest.mark.parametrize("more", [{"light_reason": ""}, {"light": "green"}, {"pillar": None}])
def test_the_database_refuses_a_project_without_reason_light_or_place(more: dict[str, object]) -> None:
    pillar = Pillar.objects.create(order=1, name="Pijler", short_name="Pijler", aim="Doel")
    with pytest.raises(IntegrityError):
        project("X1", pillar, **more)


@pytest.mark.django_db
def test_a_risk_that_moves_up_because_a_heavier_one_is_over_is_no_new_risk() -> None:
    """A report tells the heaviest eight; what is new since the one before is looked up among all that were there."""
    Programme.objects.create(pk=1, name="Programma", starts_on=date(2025, 1, 1), ends_on=date(2027, 12, 31))
    risks = [
        Risk.objects.create(text=f"Risico {n}", chance=3 if n < 8 else 1, impact=3, measure="Doen") for n in range(9)
    ]
    old = facts(at=AT)
    risks[0].state = "closed"
    risks[0].save()
    Risk.objects.create(text="Echt nieuw", chance=2, impact=2, measure="Doen")
    new = facts(at=AT)
    assert old is not None and new is not None
    assert [len(one["risks"]) for one in (old, new)] == [8, 8] and len(new["risk_ids"]) == 9
    assert [one["text"] for one in new["risks"]][-1] == "Echt nieuw"
    told = {**new, "risks": [*new["risks"], {"id": risks[8].pk, "text": "Risico 8"}]}
    assert [one.about for one in compare(old, told)] == ["Echt nieuw"]
    of_before = {key: value for key, value in old.items() if key != "risk_ids"}
    assert len(compare(of_before, told)) == 2, "a report of before knows no more than it told"
