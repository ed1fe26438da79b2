"""A small programme with an open round, an ended one and its report: for the tests of rounds and the access matrix."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from organisation.workdays import local_day
from programme.actions.issue_report import freeze
from programme.models import (
    BudgetLine,
    IssuedStatusReport,
    Milestone,
    MoneyEntry,
    Pillar,
    Programme,
    Project,
    StatusRound,
    StatusUpdate,
)
from programme.reports.facts import facts

if TYPE_CHECKING:
    from organisation.models import User


def small_programme(owner: User, *, at: datetime) -> Project:
    """One pillar, one running project of this owner with a milestone, and a budget."""
    Programme.objects.get_or_create(
        pk=1, defaults={"name": "Programma", "starts_on": date(2025, 1, 1), "ends_on": date(2027, 12, 31)}
    )
    pillar, _made = Pillar.objects.get_or_create(
        name="Digitale dienstverlening", defaults={"order": 1, "short_name": "Digitaal", "aim": "Makkelijk"}
    )
    project = Project.objects.create(
        pillar=pillar,
        code="RONDE-1",
        name="Website",
        want="Vindbaar",
        plan="Bouwen",
        measure="Cijfer",
        owner=owner,
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 6, 30),
        light="on_track",
        light_reason="Het loopt",
        light_moved_at=at,
    )
    Milestone.objects.create(project=project, name="Live", due_on=date(2027, 1, 15), first_due_on=date(2027, 1, 15))
    line, _made = BudgetLine.objects.get_or_create(year=2026, pillar=pillar, defaults={"amount": 100_000})
    MoneyEntry.objects.create(line=line, project=project, kind="spent", amount=41_337, on=date(2026, 3, 1), note="Bouw")
    return project


def ended_round(by: User, *, at: datetime, title: str = "Vorige ronde") -> IssuedStatusReport:
    done = StatusRound.objects.create(
        title=title, last_day=local_day(at), opened_at=at, opened_by=by, is_open=False, ended_at=at, narrative="Goed."
    )
    found = facts(at=at)
    assert found is not None
    return freeze(done, "mt", found, by=by, at=at)


def programme_ids(owner: User, director: User, *, at: datetime) -> dict[str, int]:
    project = small_programme(owner, at=at)
    report = ended_round(director, at=at)
    current = StatusRound.objects.create(
        title="Deze ronde", last_day=local_day(at) + timedelta(days=9), opened_at=at, opened_by=director
    )
    update = StatusUpdate.objects.create(round=current, project=project, light="on_track", reason="Het loopt")
    return {"round": current.pk, "update": update.pk, "status_report": report.pk}
