"""The plan of one project as a small drawing in a row of a table; the same facts stand beside it in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from organisation import wording
from organisation.kept import Kept
from programme.models import Milestone, Project
from programme.pages.lights import project_badge

WIDTH = 540.0
FILL = {"ok": "ok", "warn": "let", "late": "late", "done": "klaar"}


class Scale:
    """Whole years, from the first with a project that still counts to the last."""

    def __init__(self, projects: Iterable[Project], today: date, most_years: int = 4) -> None:
        rows = list(projects)
        last = max([today.year, *(project.ends_on.year for project in rows)])
        last = min(last, today.year + 2)
        first = min([today.year, *(project.starts_on.year for project in rows)])
        self.years = range(max(first, last - most_years + 1), last + 1)
        self.first, self.after = date(self.years[0], 1, 1), date(last + 1, 1, 1)

    def x(self, day: date) -> float:
        share = (day - self.first).days / (self.after - self.first).days
        return max(0.0, min(WIDTH, WIDTH * share))


def head(scale: Scale, today: date) -> SafeString:
    """Years and quarters above the rows."""
    slot = WIDTH / len(scale.years)
    years = [(f"{4 + slot * index:.1f}", year) for index, year in enumerate(scale.years)]
    quarters = [
        (f"{slot * index + slot * (quarter + 0.5) / 4:.1f}", quarter + 1)
        for index in range(len(scale.years))
        for quarter in range(4)
    ]
    x = scale.x(today)
    return format_html(
        '<svg class="gantt" viewBox="0 0 540 34" aria-hidden="true" focusable="false">{}{}<path class="gantt__nowmark" d="M{} 4h12l-6 8z"/></svg>',
        format_html_join("", '<text class="chart__label" x="{}" y="12">{}</text>', years),
        format_html_join("", '<text class="chart__axis" x="{}" y="29" text-anchor="middle">{}</text>', quarters),
        f"{x - 6:.1f}",
    )


_ROWS: Final[Kept[SafeString]] = Kept(128)
"""Drawings under all that they show (ADR 15)."""


def row(project: Project, milestones: Iterable[Milestone], scale: Scale, today: date) -> SafeString:
    """The bar from begin to end, filled until today, with its milestones."""
    steps = list(milestones)
    told = (project.name, project.starts_on, project.ends_on, project.done_on, project.withdrawn_on, project.light)
    marks = tuple((step.name, step.due_on, step.done_on) for step in steps)
    key = (wording.language(), today, scale.first, scale.after, told, marks)
    return _ROWS.get(key, lambda: _drawn(project, steps, scale, today))


def _drawn(project: Project, steps: list[Milestone], scale: Scale, today: date) -> SafeString:
    begin, end = scale.x(project.starts_on), max(scale.x(project.ends_on), scale.x(project.starts_on) + 4)
    until = end if project.done_on else max(begin, min(end, scale.x(today)))
    lines = [(f"{WIDTH * index / len(scale.years):.1f}",) for index in range(len(scale.years) + 1)]
    marks = [
        (
            " gantt__ms--done" if step.done_on else "",
            f"{max(8.0, min(WIDTH - 8, scale.x(step.done_on or step.due_on))):.1f}",
            f"{step.name}\n{wording.day(step.done_on or step.due_on)}",
        )
        for step in steps
        if scale.first <= (step.done_on or step.due_on) < scale.after
    ]
    label = _("%(project)s: %(first)s to %(last)s, %(done)s of %(all)s milestones reached") % {
        "project": project.name,
        "first": wording.day(project.starts_on),
        "last": wording.day(project.ends_on),
        "done": sum(1 for step in steps if step.done_on),
        "all": len(steps),
    }
    return format_html(
        '<svg class="gantt" viewBox="0 0 540 28" role="img" aria-label="{}" data-chart="row">{}'
        '<rect class="gantt__bar" x="{}" y="9" width="{}" height="10" rx="3"/>'
        '<rect class="gantt__done gantt__done--{}" x="{}" y="9" width="{}" height="10" rx="3"/>{}'
        '<line class="gantt__now" x1="{}" x2="{}" y1="0" y2="28"/></svg>',
        label,
        format_html_join("", '<line class="chart__grid" x1="{0}" x2="{0}" y1="0" y2="28"/>', lines),
        f"{begin:.1f}",
        f"{end - begin:.1f}",
        FILL.get(project_badge(project).tone, "ok"),
        f"{begin:.1f}",
        f"{until - begin:.1f}",
        format_html_join("", '<path class="gantt__ms{}" d="M{} 6l8 8-8 8-8-8z"><title>{}</title></path>', marks),
        f"{scale.x(today):.1f}",
        f"{scale.x(today):.1f}",
    )
