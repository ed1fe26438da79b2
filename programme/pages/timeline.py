"""All projects on one timeline: the drawing, the list on a phone, and the table beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from organisation import wording
from organisation.addresses import address
from organisation.workdays import local_day
from programme.models import Programme
from programme.reports import charts, words
from programme.reports.facts import place_key, places, project_facts
from programme.timeline import Plan, is_tight, next_step, step_kind, timeline

if TYPE_CHECKING:
    from organisation.models import User


@dataclass(frozen=True)
class Row:
    """One project in the table and in the list."""

    name: str
    href: str
    group: str
    begins: str
    ends: str
    next_name: str
    next_day: str
    next_is_late: bool
    waits_for: list[tuple[str, bool]]
    """Project, and whether this one wants to be ready before that is."""
    words: str
    tone: str
    icon: str


@dataclass(frozen=True)
class TimelinePage:
    """The screen."""

    name: str
    svg: Any
    groups: list[tuple[str, list[Row]]]
    first: int
    last: int
    has_examples: bool


def timeline_page(user: User, *, at: datetime) -> TimelinePage | None:
    """None when there is no programme. Seven queries, however many projects."""
    programme = Programme.objects.visible_to(user).first()
    if programme is None:
        return None
    today = local_day(at)
    found = {
        "places": [{"key": place_key(one), "name": one.name} for one in places()],
        "projects": project_facts(today),
    }
    hrefs = {one["code"]: address("programme:project", one["id"]) for one in found["projects"]}
    rows = charts.plans(found, hrefs)
    drawn = timeline(rows, today=today)
    by_key = {plan.key: plan for plan in rows}
    groups: dict[str, list[Row]] = {}
    for plan in rows:
        groups.setdefault(plan.group, []).append(_row(plan, by_key, today))
    return TimelinePage(
        name=programme.name,
        svg=charts.drawing(drawn, name=str(programme.name)),
        groups=list(groups.items()),
        first=drawn.first.year,
        last=drawn.last.year,
        has_examples=any(one["is_example"] for one in found["projects"]),
    )


def _row(plan: Plan, by_key: dict[str, Plan], today: Any) -> Row:
    step = next_step(plan)
    return Row(
        name=plan.name,
        href=plan.href,
        group=plan.group,
        begins=wording.day(plan.starts_on, today),
        ends=wording.day(plan.ends_on, today),
        next_name=step.name if step else "",
        next_day=wording.day(step.planned_on, today) if step else "",
        next_is_late=step is not None and step_kind(step, today) == "late",
        waits_for=[(by_key[key].name, is_tight(by_key[key], plan)) for key in plan.waits_for if key in by_key],
        words=plan.state,
        tone=plan.tone,
        icon=words.ICONS[plan.tone],
    )
