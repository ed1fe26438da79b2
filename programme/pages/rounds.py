"""The round as it goes: who handed in, what changed, the story, the reports; and the update of one project."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.forms import BoundField
from django.http import Http404

from organisation import wording
from organisation.addresses import address
from organisation.roles import Right
from organisation.workdays import local_day
from programme.access import may_update
from programme.forms.rounds import IssueForm, OpenForm, StoryForm, UpdateForm
from programme.models import IssuedStatusReport, Milestone, Programme, StatusReportJob, StatusRound, StatusUpdate
from programme.models.rounds import StepDays
from programme.reports import words
from programme.reports.compare import compare
from programme.reports.facts import facts

if TYPE_CHECKING:
    from organisation.models import User


@dataclass(frozen=True)
class UpdateRow:
    """One project in the round."""

    name: str
    owner: str
    href: str
    """Empty for who may not fill it in."""
    words: str
    tone: str
    icon: str
    reason: str
    done: str
    ahead: str
    is_in: bool
    when: str
    is_late: bool


@dataclass(frozen=True)
class ReportRow:
    """One report that was given."""

    pk: int
    number: str
    title: str
    body: str
    when: str
    href: str
    state: str
    is_ready: bool


@dataclass(frozen=True)
class RoundPage:
    """One round on the screen."""

    pk: int
    title: str
    is_open: bool
    last_day: str
    is_past: bool
    rows: list[UpdateRow]
    handed_in: int
    changes: list[tuple[str, list[tuple[str, bool]]]]
    since: str
    story: list[str]
    may_write: bool
    story_form: StoryForm | None
    issue_form: IssueForm | None
    reports: list[ReportRow]


@dataclass(frozen=True)
class RoundsPage:
    """All rounds, and all reports that were given."""

    open: tuple[str, str, str, int, int] | None
    """Address, name, last day, handed in, asked."""
    is_past: bool
    mine: list[UpdateRow]
    ended: list[tuple[str, str, str]]
    reports: list[ReportRow]
    open_form: OpenForm | None
    has_programme: bool


@dataclass(frozen=True)
class UpdatePage:
    """The update of one project."""

    pk: int
    round: StatusRound
    project: str
    last_day: str
    form: UpdateForm
    steps: list[tuple[str, BoundField, BoundField, BoundField]]
    """Milestone and its fields: planned on, reached on, and as it was when the form was opened."""
    is_open: bool
    is_in: bool


def rounds_page(user: User, *, at: datetime, form: OpenForm | None = None) -> RoundsPage:
    """Six queries, however many rounds."""
    today = local_day(at)
    rounds = list(StatusRound.objects.visible_to(user)[:40])
    current = next((one for one in rounds if one.is_open), None)
    updates = _updates(current) if current else []
    opened = None
    if current is not None:
        opened = (
            address("programme:round", current.pk),
            current.title,
            wording.day_long(current.last_day, today),
            sum(1 for one in updates if one.handed_in_at),
            len(updates),
        )
    may_write = user.may(Right.PROGRAMME_WRITE)
    has_programme = Programme.objects.exists()
    return RoundsPage(
        open=opened,
        is_past=current is not None and today > current.last_day,
        mine=[
            _row(one, user, current, today)
            for one in updates
            if current is not None and one.project.owner_id == user.pk
        ],
        ended=[
            (address("programme:round", one.pk), one.title, wording.day_long(one.ended_at, today))
            for one in rounds
            if not one.is_open
        ],
        reports=newest_reports(user, at=at),
        open_form=(form or OpenForm()) if may_write and current is None and has_programme else None,
        has_programme=has_programme,
    )


def round_page(
    user: User, pk: int, *, at: datetime, story: StoryForm | None = None, issue: IssueForm | None = None
) -> RoundPage:
    one = get_round(user, pk)
    today = local_day(at)
    updates = _updates(one)
    given = list(_reports(user).filter(round=one))
    may_write = user.may(Right.PROGRAMME_WRITE)
    before = IssuedStatusReport.objects.exclude(round=one).filter(issued_at__lt=one.ended_at or at).first()
    if one.is_open:
        now_facts = facts(at=at, updates=updates)
    else:
        now_facts = given[-1].content if given else None
    found = compare(before.content, now_facts) if before is not None and now_facts else []
    left = {"mt", "college", "raad"} - {report.body for report in given}
    return RoundPage(
        pk=one.pk,
        title=one.title,
        is_open=one.is_open,
        last_day=wording.day_long(one.last_day, today),
        is_past=one.is_open and today > one.last_day,
        rows=[_row(update, user, one, today) for update in updates],
        handed_in=sum(1 for update in updates if update.handed_in_at),
        changes=words.changes(found),
        since=f"{before.number} ({words.day(before.content['day'])})" if before is not None else "",
        story=[part for part in one.narrative.split("\n\n") if part.strip()],
        may_write=may_write,
        story_form=(story or StoryForm(initial={"version": one.version, "narrative": one.narrative}))
        if may_write and left
        else None,
        issue_form=(issue or IssueForm()).offer({report.body for report in given}) if may_write and left else None,
        reports=[_report(report, today) for report in given],
    )


def update_page(user: User, pk: int, *, at: datetime, form: UpdateForm | None = None) -> UpdatePage:
    update = get_update(user, pk)
    milestones = list(Milestone.objects.filter(project=update.project))
    shown = form or update_form(update, milestones)
    return UpdatePage(
        pk=update.pk,
        round=update.round,
        project=update.project.name,
        last_day=wording.day_long(update.round.last_day, local_day(at)),
        form=shown,
        steps=[
            (step.name, shown[f"due_{step.pk}"], shown[f"done_{step.pk}"], shown[f"was_{step.pk}"])
            for step in milestones
        ],
        is_open=update.round.is_open,
        is_in=update.handed_in_at is not None,
    )


def update_form(update: StatusUpdate, milestones: list[Milestone]) -> UpdateForm:
    initial = {
        "version": update.version,
        "light": update.light,
        "reason": update.reason,
        "done": update.done,
        "ahead": update.ahead,
    }
    for step in milestones:
        kept = update.milestones.get(str(step.pk), {}) if update.handed_in_at is None else {}
        days = StepDays.kept(kept) or StepDays.of(step)
        initial[f"due_{step.pk}"], initial[f"done_{step.pk}"] = days.due_on, days.done_on
        initial[f"was_{step.pk}"] = kept.get("was") or StepDays.of(step).as_text()
    return UpdateForm(initial=initial, milestones=milestones)


def get_round(user: User, pk: int) -> StatusRound:
    found = StatusRound.objects.visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def get_update(user: User, pk: int) -> StatusUpdate:
    """404 for a project that is somebody else's."""
    found = StatusUpdate.objects.select_related("round", "project").filter(pk=pk).first()
    if found is None or not may_update(user, found.project):
        raise Http404
    return found


def open_round_of(user: User) -> StatusRound | None:
    found: StatusRound | None = StatusRound.objects.visible_to(user).filter(is_open=True).first()
    return found


def newest_reports(user: User, *, at: datetime, most: int = 60) -> list[ReportRow]:
    """Without the page and the content of the reports: those weigh a lot."""
    today = local_day(at)
    return [_report(one, today) for one in _reports(user).defer("html", "content")[:most]]


def _reports(user: User):
    return IssuedStatusReport.objects.visible_to(user).defer("html").select_related("job")


def _report(one: IssuedStatusReport, today: date) -> ReportRow:
    job = one.job
    return ReportRow(
        one.pk,
        one.number,
        one.title,
        words.body(one.body),
        wording.day_long(one.issued_at, today),
        address("programme:report", one.pk),
        job.get_state_display(),
        job.state == StatusReportJob.State.READY,
    )


def _updates(one: StatusRound) -> list[StatusUpdate]:
    """Of a round that is open without projects that were withdrawn meanwhile; of one that ended as it was."""
    found = StatusUpdate.objects.standing() if one.is_open else StatusUpdate.objects.all()
    rows = found.filter(round=one).select_related("project__pillar", "project__condition", "project__owner", "round")
    return sorted(
        rows,
        key=lambda row: (row.project.pillar is None, row.project.place.order, row.project.order, row.project_id),
    )


def _row(update: StatusUpdate, user: User, one: StatusRound, today: date) -> UpdateRow:
    is_in = update.handed_in_at is not None
    light = update.light if is_in else update.project.light
    tone = words.tone(light)
    return UpdateRow(
        name=update.project.name,
        owner=str(update.project.owner) if update.project.owner else "",
        href=address("programme:update", update.pk) if one.is_open and may_update(user, update.project) else "",
        words=words.light(light),
        tone=tone,
        icon=words.ICONS[tone],
        reason=update.reason if is_in else update.project.light_reason,
        done=update.done if is_in else "",
        ahead=update.ahead if is_in else "",
        is_in=is_in,
        when=wording.moment(update.handed_in_at, today),
        is_late=one.is_open and not is_in and today > one.last_day,
    )
