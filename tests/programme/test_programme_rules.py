"""The rules of the programme as tables: where a trend leads, circles of waiting, and what the database refuses."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import translation

from programme.actions.dependencies import closes_circle
from programme.forecast import LIKELY, OPEN, UNLIKELY, forecast
from programme.models import Pillar, Programme, Risk
from programme.pages.front_words import lead
from programme.reports import words
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


@pytest.mark.parametrize(
    ("reached", "words_"),
    [
        ([None, None], "Nog geen doel heeft een cijfer."),
        ([True, False, None], "Eén van de twee doelen met een cijfer gehaald. Nog zonder cijfer: één."),
        ([], ""),
    ],
)
def test_the_lead_never_says_none_of_none(reached: list[bool | None], words_: str) -> None:
    programme = Programme(name="Programma", starts_on=date(2025, 1, 1), ends_on=date(2027, 12, 31))
    goals: Any = [SimpleNamespace(is_met=one) for one in reached]
    with translation.override("nl"):
        told = lead(programme, [], goals, date(2026, 11, 25))
    assert told == f"Programma 2025–2027. Stand op woensdag 25 november 2026. {words_}".strip()


def test_what_is_gone_or_is_not_ready_after_all_is_told_as_well() -> None:
    """A milestone that was promised and is no longer there, a project that was ready, a budget that went to another part."""

    def told(done: str, steps: list[tuple[int, str]], places: list[str]) -> dict[str, object]:
        return {
            "projects": [
                {
                    "id": 1,
                    "name": "Website",
                    "done": done,
                    "light": "on_track",
                    "reason": "De oude site blijft nog",
                    "milestones": [
                        {"id": pk, "name": f"Stap {pk}", "due": "2027-01-15", "done": on} for pk, on in steps
                    ],
                }
            ],
            "money": [{"key": key, "name": key, "budget": 100, "committed": 0, "spent": 40} for key in places],
        }

    old = told("2026-10-01", [(1, ""), (2, "2026-09-01"), (3, "")], ["Digitaal"])
    new = told("", [(3, "")], ["Persoonlijk"])
    with translation.override("nl"):
        sentences = {line: worse for _heading, lines in words.changes(compare(old, new)) for line, worse in lines}
    assert sentences == {
        "Website: “Stap 1” is geen mijlpaal meer.": True,
        "Website is toch niet klaar: De oude site blijft nog": True,
        "Persoonlijk: begroot van €\u00a00 naar €\u00a0100.": False,
        "Persoonlijk: besteed van €\u00a00 naar €\u00a040.": False,
        "Digitaal: begroot van €\u00a0100 naar €\u00a00.": False,
        "Digitaal: besteed van €\u00a040 naar €\u00a00.": False,
    }
    assert compare(old, old) == []


def test_a_decision_that_was_written_down_after_the_report_is_told_whenever_it_was_taken() -> None:
    def told(day: str, newest: int | None, *decisions: tuple[int, str]) -> dict[str, object]:
        rows = [{"id": pk, "on": on, "body": "mt", "text": f"Besluit {pk}"} for pk, on in decisions]
        return {"day": day, "decisions": rows} | ({} if newest is None else {"newest_decision": newest})

    now_ = [(2, "2026-01-05"), (3, "2026-09-20"), (4, "2026-10-02"), (5, "2026-09-01")]
    new = told("2026-12-31", 5, *now_)
    assert [one.about for one in compare(told("2026-09-30", 4, (3, "2026-09-20")), new)] == ["Besluit 4", "Besluit 5"]
    of_before = told("2026-09-30", None, (3, "2026-09-20"))
    assert [one.about for one in compare(of_before, new)] == ["Besluit 4"], "an older report knows days alone"


@pytest.mark.parametrize(
    ("was", "now", "unit", "said"),
    [
        ({"actual": 7.62, "told": 7.62}, {"actual": 7.58, "told": 7.58}, "mark", {}),  # both are told as 7,6
        ({"actual": 7.02, "told": 7.02}, {"actual": 6.96, "told": 6.9}, "mark", {"Cijfer: van 7,0 naar 6,9.": True}),
        ({"actual": 88.24}, {"actual": 88.21, "told": 88.21}, "percent", {}),
        (
            {"actual": None},
            {"actual": 7.5, "told": 7.5},
            "mark",
            {"Cijfer: nu 7,5; eerst was er nog geen cijfer.": False},
        ),
    ],
)
def test_a_goal_changed_when_what_is_told_of_it_did(
    was: dict[str, Any], now: dict[str, Any], unit: str, said: dict[str, bool]
) -> None:
    def report(goal: dict[str, Any]) -> dict[str, Any]:
        more = {"id": 1, "name": "Cijfer", "unit": unit, "is_up": True}
        return {"goals": [goal | more], **{name: [] for name in ("projects", "money", "decisions", "risks")}}

    with translation.override("nl"):
        found = words.changes(compare(report(was), report(now)))
    assert {line: worse for _heading, lines in found for line, worse in lines} == said
