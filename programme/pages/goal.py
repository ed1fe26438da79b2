"""One goal: its figure, targets, the line through the measurements and the source of every number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kpi.registry import MEASURES
from organisation import charts, wording
from organisation.models import User
from programme.access import may_write
from programme.forms.rows import WithdrawForm
from programme.models import Goal
from programme.pages.standing import Standing, shown, standings


@dataclass(frozen=True)
class GoalPage:
    title: str
    lead: str
    standing: Standing
    chart: SafeString | str
    formula: str
    scope: str
    may_write: bool
    withdraw: forms.Form | None


def goal_page(user: User, goal: Goal, *, at: datetime, withdraw: forms.Form | None = None) -> GoalPage:
    (standing,) = standings([goal], at=at)
    drawn = standing.points
    target = float(standing.target.value) if standing.target else None
    label = _("%(goal)s: %(count)s measurements, the last %(value)s") % {
        "goal": goal.name,
        "count": len(drawn),
        "value": drawn[-1].text if drawn else "–",
    }
    measure = MEASURES.get(goal.kpi_code)
    return GoalPage(
        title=_title(standing),
        lead=goal.explanation,
        standing=standing,
        chart=charts.line(
            [(_short(point.name), point.value, f"{point.name}\n{point.text}") for point in drawn],
            target,
            label,
            _("target"),
            wording.percent_sign() if goal.unit == Goal.Unit.PERCENT else "",
        )
        if sum(1 for point in drawn if point.value is not None) > 1
        else "",
        formula=str(measure.formula) if measure else "",
        scope=", ".join(
            part
            for part in (str(goal.get_channel_display()) if goal.channel else "", goal.team.name if goal.team else "")
            if part
        ),
        may_write=may_write(user),
        withdraw=(withdraw or WithdrawForm(initial={"version": goal.version}))
        if may_write(user) and goal.withdrawn_on is None
        else None,
    )


def _title(standing: Standing) -> str:
    """What is the case: `Waardering digitaal: 7,1, doel gehaald`."""
    if standing.goal.withdrawn_on is not None:
        return _("%(goal)s: withdrawn") % {"goal": standing.goal.name}
    if standing.is_met is None:
        return f"{standing.goal.name}: {standing.badge.word}"
    wanted = shown(standing.goal.unit, standing.target.value) if standing.target else ""
    words = (
        _("%(goal)s: %(now)s, target %(target)s reached")
        if standing.is_met
        else _("%(goal)s: %(now)s, target %(target)s not reached yet")
    )
    return words % {"goal": standing.goal.name, "now": standing.now, "target": wanted}


def _short(name: str) -> str:
    """`Kwartaal 4 van 2026` → `K4 ’26`: room under a chart."""
    words = name.split()
    if len(words) == 4 and words[1].isdigit() and words[3].isdigit():
        return f"{words[0][0]}{words[1]} ’{words[3][2:]}"
    return name
