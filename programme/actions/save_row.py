"""Adds or changes a row of the programme: by who may, never over somebody else's change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.utils.translation import gettext as _

from kpi.measures.base import AVERAGE, COUNT, SHARE
from kpi.registry import MEASURES
from organisation import audit
from organisation.actions.save import save_edited, save_new
from organisation.errors import Refused
from organisation.models import User
from organisation.transact import one_transaction
from programme.access import may_change
from programme.actions.ask_update import ask_update
from programme.models import Goal, Milestone, Project
from surveys.models import OutsideIndicator

UNITS = {SHARE: Goal.Unit.PERCENT, AVERAGE: Goal.Unit.SECONDS, COUNT: Goal.Unit.COUNT}
OUTSIDE_UNITS = {
    OutsideIndicator.Unit.MARK: (Goal.Unit.MARK,),
    OutsideIndicator.Unit.PERCENT: (Goal.Unit.PERCENT,),
    OutsideIndicator.Unit.NUMBER: (Goal.Unit.SECONDS, Goal.Unit.COUNT),
}
IN_SECONDS = frozenset({"phone.wait", "phone.length"})


@one_transaction
def save_row(row: Any, *, by: User, at: datetime, fields: Iterable[str], version: int, name: str) -> None:
    """`name` is the word of the row in the log: `goal.added`, `goal.changed`."""
    if not may_change(by, row):
        raise PermissionDenied
    fields = list(fields)
    _check(row)
    was = Project.objects.filter(pk=row.pk).first() if isinstance(row, Project) else None
    if isinstance(row, Project):
        fields += _light(row, was, by, at)
    if row.pk is None:
        if isinstance(row, Milestone):
            row.first_due_on = row.due_on
        save_new(row, by=by, action=f"{name}.added")
    elif hasattr(row, "version"):
        save_edited(row, version=version, fields=fields, by=by, action=f"{name}.changed")
    else:
        row.save()
        audit.record(by=by, action=f"{name}.changed", obj=row)
    if isinstance(row, Project):
        ask_update(row, at=at, has_new_owner=was is not None and was.owner_id != row.owner_id)


def _check(row: Model) -> None:
    """What goes over more than one row, or over the figures."""
    if (
        isinstance(row, Goal)
        and row.indicator is not None
        and row.unit not in OUTSIDE_UNITS[OutsideIndicator.Unit(row.indicator.unit)]
    ):
        raise Refused(
            _("This score is counted as: %(unit)s.") % {"unit": OutsideIndicator.Unit(row.indicator.unit).label},
            "unit",
        )
    if isinstance(row, Goal) and row.kpi_code:
        measure = MEASURES.get(row.kpi_code)
        if measure is None or not measure.is_rolled_up:
            raise Refused(_("Choose a figure from the list."), "kpi_code")
        unit = Goal.Unit.MARK if measure.is_mark else UNITS[measure.kind]
        if unit == Goal.Unit.SECONDS and measure.code not in IN_SECONDS:
            unit = Goal.Unit.COUNT
        if row.unit != unit:
            raise Refused(_("This figure is counted as: %(unit)s.") % {"unit": Goal.Unit(unit).label}, "unit")


def _light(row: Project, was: Project | None, by: User, at: datetime) -> list[str]:
    """Who gave the state, and when: only when it differs."""
    if was is not None and (was.light, was.light_reason, was.done_on) == (row.light, row.light_reason, row.done_on):
        return []
    row.light_moved_at, row.light_moved_by = at, by
    return ["light_moved_at", "light_moved_by"]
