"""Rows of the programme for the access matrix: the project is owned by nobody of the cast."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse

from organisation.clock import now
from programme.actions.load_plan import load_plan
from programme.models import (
    BudgetLine,
    Condition,
    Decision,
    Dependency,
    Goal,
    GoalTarget,
    IssuedStatusReport,
    Milestone,
    MoneyEntry,
    Pillar,
    Programme,
    Project,
    Risk,
    StatusRound,
    StatusUpdate,
)
from programme.views.kinds import KINDS
from tests.cast import Cast
from tests.programme.rounds_scene import ended_round, programme_ids

PROGRAMME_LISTS = frozenset({"front", "goals", "timeline", "money", "risks", "decisions", "rounds"})
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def project(code: str, place: Pillar | Condition, **more: Any) -> Project:
    values: dict[str, Any] = {
        "pillar" if isinstance(place, Pillar) else "condition": place,
        "code": code,
        "name": f"Project {code}",
        "want": "Bereiken",
        "plan": "Doen",
        "measure": "Meten",
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "light": "on_track",
        "light_reason": "Gaat goed",
        "light_moved_at": AT,
        **more,
    }
    return Project.objects.create(**values)


def add_programme_rows() -> dict[str, int]:
    """One row of each kind."""
    Programme.objects.get_or_create(
        pk=1, defaults={"name": "Programma", "starts_on": date(2025, 1, 1), "ends_on": date(2027, 12, 31)}
    )
    pillar = Pillar.objects.create(order=8, name="Proefpijler", short_name="Proef", aim="Proef")
    condition = Condition.objects.create(order=8, name="Proefvoorwaarde", short_name="Voorwaarde", aim="Proef")
    one, other = project("PR1", pillar), project("PR2", condition)
    goal = Goal.objects.create(pillar=pillar, name="Proefdoel", unit="mark")
    line = BudgetLine.objects.create(year=2026, condition=condition, amount=Decimal(1000))
    gone = MoneyEntry.objects.create(line=line, kind="spent", amount=5, on=date(2026, 2, 1), note="Weg")
    pk = gone.pk
    gone.delete()
    waits = Dependency.objects.create(project=other, needs=one)
    not_any_more = Dependency.objects.create(project=one, needs=other)
    waits_pk = not_any_more.pk
    not_any_more.delete()
    return {
        "project": one.pk,
        "goal": goal.pk,
        "milestone": Milestone.objects.create(
            project=one, name="Klaar", due_on=date(2026, 6, 1), first_due_on=date(2026, 6, 1)
        ).pk,
        "risk": Risk.objects.create(text="Risico", chance=2, impact=2, measure="Doen").pk,
        "target": GoalTarget.objects.create(goal=goal, year=2026, value=7, source="plan").pk,
        "decision": Decision.objects.create(on=date(2026, 1, 5), body="mt", text="Besluit").pk,
        "waits": waits.pk,
        "waits_history": Dependency.history.get(id=waits_pk, history_type="-").history_id,
        "money_history": MoneyEntry.history.get(id=pk, history_type="-").history_id,
    }


def programme_arguments(short: str, ids: dict[str, int]) -> list[dict[str, object]]:
    """What the addresses of the programme name."""
    if short in ("project", "project_state", "wait_for"):
        return [{"pk": ids["project"]}]
    if short == "goal":
        return [{"pk": ids["goal"]}]
    if short == "wait_no_more":
        return [{"pk": ids["waits"]}]
    if short == "wait_again":
        return [{"history_id": ids["waits_history"]}]
    if short == "add":
        return [{"kind": kind} for kind in ("project", "mijlpaal", "doel", "bedrag")]
    if short == "edit":
        return [
            {"kind": "programma", "pk": 1},
            {"kind": "doel", "pk": ids["goal"]},
            {"kind": "risico", "pk": ids["risk"]},
        ]
    if short == "remove":
        return [{"kind": "mijlpaal", "pk": ids["milestone"]}, {"kind": "besluit", "pk": ids["decision"]}]
    if short in ("withdraw", "bring_back"):
        return [{"kind": "project", "pk": ids["project"]}, {"kind": "doel", "pk": ids["goal"]}]
    if short == "put_back":
        return [{"kind": "bedrag", "history_id": ids["money_history"]}]
    return [{}]


def standing_programme(cast: Cast, page: str) -> str:
    """The whole plan with an open round, reports and one row of each kind, made once; gives the address of this page.

    `page`: the name of an address, and for the pages that add and change rows also the kind.
    """
    name, _, kind = page.partition(" ")
    if not Pillar.objects.exists():
        at = now()
        load_plan(by=cast.joost, at=at)
        ended_round(cast.joost, at=at - timedelta(days=90), title="Eerste ronde")
        programme_ids(cast.henk, cast.joost, at=at)
        add_programme_rows()
    last = {
        "project": Project.objects.get(code="RONDE-1"),
        "goal": Goal.objects.filter(kpi_code="email.answer").first() if kind else Goal.objects.get(name="Proefdoel"),
        "round": StatusRound.objects.get(is_open=True),
        "update": StatusUpdate.objects.get(),
        "report": IssuedStatusReport.objects.first(),
        "report_compare": IssuedStatusReport.objects.first(),
    }
    if name == "add":
        return reverse("programme:add", args=[kind])
    if name == "edit":
        return reverse("programme:edit", args=[kind, KINDS[kind].model.objects.order_by("-pk")[0].pk])
    arguments = [last[name].pk] if name in last else []  # type: ignore[union-attr]
    if name == "report_compare":
        arguments.append(IssuedStatusReport.objects.last().pk)  # type: ignore[union-attr]
    return reverse(f"programme:{name}", args=arguments)
