"""What people add, change and remove: a table of kinds, so that one view serves them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programme.forms import rows
from programme.models import (
    BudgetLine,
    Condition,
    Decision,
    Goal,
    GoalTarget,
    Milestone,
    MoneyEntry,
    Pillar,
    Programme,
    Project,
    Risk,
)


@dataclass(frozen=True)
class Kind:
    """`name` is its word in the log; `back` gives the page where it stands."""

    model: Any
    form: type[rows.RowForm]
    name: str
    title: Promise
    new: Promise | None
    back: Callable[[Any], str]
    is_removable: bool = False
    parent: str = ""
    """The field that comes from the address, so that one does not choose it twice."""


def _front(row: Any) -> str:
    return reverse("programme:front")


def _project(row: Any) -> str:
    return reverse("programme:project", args=[row.project_id])


def _goal(row: Any) -> str:
    return reverse("programme:goal", args=[row.goal_id])


def _money(row: Any) -> str:
    return reverse("programme:money")


def _risk(row: Any) -> str:
    return _project(row) if row.project_id else reverse("programme:risks")


KINDS: dict[str, Kind] = {
    "programma": Kind(Programme, rows.ProgrammeForm, "programme", _("The programme"), None, _front),
    "pijler": Kind(Pillar, rows.PillarForm, "pillar", _("Pillar"), None, _front),
    "voorwaarde": Kind(Condition, rows.ConditionForm, "condition", _("Condition"), None, _front),
    "project": Kind(
        Project,
        rows.ProjectForm,
        "project",
        _("Project"),
        _("New project"),
        lambda row: reverse("programme:project", args=[row.pk]),
    ),
    "mijlpaal": Kind(
        Milestone, rows.MilestoneForm, "milestone", _("Milestone"), _("New milestone"), _project, True, "project"
    ),
    "risico": Kind(Risk, rows.RiskForm, "risk", _("Risk"), _("New risk"), _risk, True, "project"),
    "doel": Kind(
        Goal,
        rows.GoalForm,
        "goal",
        _("Goal"),
        _("New goal"),
        lambda row: reverse("programme:goal", args=[row.pk]),
    ),
    "streefcijfer": Kind(GoalTarget, rows.TargetForm, "target", _("Target"), _("New target"), _goal, True, "goal"),
    "budget": Kind(BudgetLine, rows.BudgetForm, "budget", _("Budget"), _("New budget"), _money),
    "bedrag": Kind(MoneyEntry, rows.MoneyForm, "money", _("Amount"), _("New amount"), _money, True, "line"),
    "besluit": Kind(
        Decision,
        rows.DecisionForm,
        "decision",
        _("Decision"),
        _("New decision"),
        lambda row: reverse("programme:decisions"),
        True,
    ),
}


def kind_of(word: str, *, is_new: bool = False, is_removable: bool = False) -> Kind:
    """404 for what is not in the table, or not for this."""
    kind = KINDS.get(word)
    if kind is None or (is_new and kind.new is None) or (is_removable and not kind.is_removable):
        raise Http404
    return kind
