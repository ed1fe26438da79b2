"""The front page: the house of service, the projects, and what is newest of the rest; each has a page of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.utils.safestring import SafeString

from organisation import wording
from organisation.models import User
from organisation.prepared import marked_user, rows_prepared, user_shape, user_values
from organisation.roles import Right
from organisation.workdays import local_day
from programme.access import goals_of
from programme.models import Condition, Decision, Goal, Milestone, Pillar, Programme, Project, Risk, StatusRound
from programme.pages import front_words, gantt, money
from programme.pages.lights import Badge, part_badge, project_badge, why, worst
from programme.pages.rounds import ReportRow, newest_reports, open_round_of
from programme.pages.standing import Standing, standings

NEXT_MILESTONES = 5
NEWEST_DECISIONS = 3
HEAVIEST_RISKS = 3
NEWEST_REPORTS = 3
Steps = defaultdict[int, list[Milestone]]
"""Project → its milestones, the first due first."""


@dataclass(frozen=True)
class GoalLine:
    """A goal in the card of its pillar."""

    name: str
    href: str
    now: str
    target: str
    badge: Badge


@dataclass(frozen=True)
class Part:
    """A pillar or a condition with its state: all that is shown of it as values (ADR 15)."""

    pk: int
    name: str
    short_name: str
    icon: str
    badge: Badge
    why: str
    done: int
    steps: int
    goals: tuple[GoalLine, ...]
    line: str = ""
    """A condition in one line: its first goal, else the reason of its heaviest project."""

    @property
    def percent(self) -> int:
        return 100 * self.done // self.steps if self.steps else 0

    @property
    def percent_words(self) -> str:
        """Nearly all is not all."""
        return wording.percent(self.done / self.steps if self.steps else 0, 0)


@dataclass(frozen=True)
class Coming:
    """The next milestone of a project."""

    name: str
    due_on: date
    first_due_on: date
    is_moved: bool
    is_late: bool


@dataclass(frozen=True)
class ProjectRow:
    """All that is shown of a project as values (ADR 15); `today` decides which days are told with their year."""

    pk: int
    name: str
    place: str
    drawing: SafeString
    coming: Coming | None
    done_on: date | None
    badge: Badge
    reason: str
    today: date


@dataclass(frozen=True)
class Front:
    """Everything on the page."""

    programme: Programme | None
    title: str
    lead: str
    narrative: str
    pillars: tuple[Part, ...]
    conditions: tuple[Part, ...]
    foundation: Part | None
    head: SafeString | str
    projects: tuple[ProjectRow, ...]
    withdrawn: tuple[Project, ...]
    has_example_dates: bool
    money: tuple[money.MoneyRow, ...]
    money_has_example: bool
    money_years: str
    open_round: StatusRound | None
    round_is_past: bool
    reports: list[ReportRow]
    risks: tuple[Risk, ...]
    open_risks: int
    decisions: tuple[Decision, ...]
    milestones: tuple[tuple[Milestone, bool], ...]
    may_write: bool
    printed: str


def front_page(user: User, *, at: datetime) -> Front:
    """One query a kind of row, and those of the figures."""
    today = local_day(at)
    programme = next(iter(_kept(user, "programme", Programme.objects.visible_to)), None)
    pillars = _kept(user, "pillars", Pillar.objects.visible_to)
    conditions = _kept(user, "conditions", Condition.objects.visible_to)
    projects = _kept(user, "projects", _projects)
    steps: Steps = defaultdict(list)
    for step in _kept(user, "milestones", Milestone.objects.visible_to):
        steps[step.project_id].append(step)
    withdrawn = tuple(one for one in projects if one.withdrawn_on is not None)
    projects = [one for one in projects if one.withdrawn_on is None]
    projects.sort(key=lambda one: (one.pillar is None, one.place.order, one.order, one.pk))
    wanted = _kept(user, "goals", _goals)
    prefetch_related_objects(wanted, "targets", "indicator__results")
    goals = standings(wanted, at=at)
    held = money.lines(user)
    risks = sorted(_kept(user, "risks", _risks), key=lambda one: (-one.weight, one.pk))
    parts = [_part(place, projects, goals, steps) for place in pillars]
    below = [(place, _part(place, projects, goals, steps)) for place in conditions]
    scale = gantt.Scale(projects, today)
    years = sorted({line.year for line in held})
    open_round = open_round_of(user)
    return Front(
        programme=programme,
        title=front_words.title(programme, parts),
        lead=front_words.lead(programme, projects, goals, today),
        narrative=programme.narrative if programme else "",
        pillars=tuple(parts),
        conditions=tuple(part for place, part in below if not place.is_foundation),
        foundation=next((part for place, part in below if place.is_foundation), None),
        head=gantt.head(scale, today) if projects else "",
        projects=tuple(_row(project, steps[project.pk], scale, today) for project in projects),
        withdrawn=withdrawn,
        has_example_dates=any(project.dates_are_example for project in projects),
        money=tuple(money.per_part(held, pillars, conditions)),
        money_has_example=any(line.is_example for line in held),
        money_years=f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0]) if years else "",
        open_round=open_round,
        round_is_past=open_round is not None and open_round.last_day < today,
        reports=newest_reports(user, at=at, most=NEWEST_REPORTS),
        risks=tuple(risks[:HEAVIEST_RISKS]),
        open_risks=len(risks),
        decisions=tuple(_kept(user, "decisions", _decisions)),
        milestones=_next(projects, steps, today),
        may_write=user.may(Right.PROGRAMME_WRITE),
        printed=wording.printed(at),
    )


def _kept(user: User, kind: str, rows: Callable[[User], QuerySet[Any]]) -> list[Any]:
    """What this person sees of one kind of row; the statement is built once for everybody with the same rights."""
    shape = ("front of the programme", kind, user_shape(user))
    return rows_prepared(shape, lambda marks: rows(marked_user(user, marks)), user_values(user))


def _projects(user: User) -> QuerySet[Project]:
    return Project.objects.visible_to(user).select_related("pillar", "condition", "owner")


def _goals(user: User) -> QuerySet[Goal]:
    return goals_of(user).standing()


def _risks(user: User) -> QuerySet[Risk]:
    return Risk.objects.visible_to(user).standing().exclude(state=Risk.State.CLOSED).select_related("project")


def _decisions(user: User) -> QuerySet[Decision]:
    return Decision.objects.visible_to(user).select_related("project").order_by("-on", "-pk")[:NEWEST_DECISIONS]


def _part(place: Pillar | Condition, projects: Sequence[Project], goals: Sequence[Standing], of_project: Steps) -> Part:
    kind = "pillar_id" if isinstance(place, Pillar) else "condition_id"
    mine = [project for project in projects if getattr(project, kind) == place.pk]
    own = tuple(one for one in goals if getattr(one.goal, kind) == place.pk)
    steps = [step for project in mine for step in of_project[project.pk]]
    return Part(
        pk=place.pk,
        name=place.name,
        short_name=place.short_name,
        icon=place.icon,
        badge=part_badge(mine),
        why=why(mine),
        done=sum(1 for step in steps if step.done_on),
        steps=len(steps),
        goals=tuple(GoalLine(one.goal.name, one.href, one.now, one.target_words, one.badge) for one in own),
        line=_line(mine, own),
    )


def _line(projects: Sequence[Project], own: Sequence[Standing]) -> str:
    if own:
        return f"{own[0].goal.name} {own[0].now} · {own[0].target_words}"
    heaviest = worst(projects)
    found = next((one for one in projects if one.done_on is None and one.light == heaviest), None)
    return (found or projects[0]).light_reason if projects else ""


def _row(project: Project, steps: Sequence[Milestone], scale: gantt.Scale, today: date) -> ProjectRow:
    waiting = [step for step in steps if step.done_on is None and project.done_on is None]
    coming = min(waiting, key=lambda step: step.due_on, default=None)
    return ProjectRow(
        pk=project.pk,
        name=project.name,
        place=project.place.short_name,
        drawing=gantt.row(project, steps, scale, today),
        coming=Coming(coming.name, coming.due_on, coming.first_due_on, coming.is_moved, coming.due_on < today)
        if coming is not None
        else None,
        done_on=project.done_on,
        badge=project_badge(project),
        reason=project.light_reason,
        today=today,
    )


def _next(projects: Sequence[Project], steps: Steps, today: date) -> tuple[tuple[Milestone, bool], ...]:
    """What comes first of the projects that are not ready, and whether it should have been reached."""
    coming = []
    for project in projects:
        for step in steps[project.pk]:
            if step.done_on is None and project.done_on is None:
                step.project = project
                coming.append(step)
    coming.sort(key=lambda step: (step.due_on, step.pk))
    return tuple((step, step.due_on < today) for step in coming[:NEXT_MILESTONES])
