"""The screens of reports: one to read, what was issued, who gets one by mail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kpi import words
from kpi.actions.issue_report import issue_text, issues_of, may_report_on
from kpi.actions.schedule_reports import readers
from kpi.actions.tell_failed import again_path
from kpi.forms.reports import ScheduleForm
from kpi.models import IssuedReport, ReportFile, ReportJob, ReportSchedule
from kpi.pages.report_shapes import (
    FileLink,
    IssuedPage,
    IssuedRow,
    JobRow,
    ReportPage,
    ReportsPage,
    ScheduleRow,
    Wanted,
)
from kpi.periods import MONTH, QUARTER, WEEK, YEAR, NoSuchPeriod, Period, between, period_of
from kpi.reports.content import report_of
from kpi.reports.files import title_of
from kpi.reports.paper import paper_of
from kpi.scope import WORD_OF, WORDS
from organisation import wording
from organisation.choice import Choice
from organisation.numbers import whole
from organisation.roles import Right
from organisation.snapshot import Organisation
from organisation.workdays import local_day

if TYPE_CHECKING:
    from organisation.models import Team, User

PAGE = 25
STEPS = 4
MOST_JOBS = 100
"""So much work is looked at for what is not finished."""


def wanted(params: Mapping[str, str], user: User, house: Organisation, today: date) -> Wanted:
    """From the address bar; without one the last finished quarter of the widest scope that this person may read."""
    complaint = ""
    own = teams_of(user, house)
    team = None if may_report_on(user, None) else own[0] if own else None
    asked = params.get("team", "")
    if asked:
        chosen = next((one for one in own if one.code == asked), None)
        if chosen is None:
            complaint = _("There is no such team for you.")
        team = chosen or team
    period = period_of(QUARTER, today).previous()
    try:
        if params.get("periode") or params.get("dag"):
            kind = WORDS.get(params.get("periode") or "kwartaal", "")
            period = period_of(kind, date.fromisoformat(params["dag"]) if params.get("dag") else today)
            between(period.first, period.last)
            if kind not in (WEEK, MONTH, QUARTER, YEAR):
                raise NoSuchPeriod(kind)
    except (ValueError, NoSuchPeriod, OverflowError):
        complaint = _("These dates cannot be read; you see the last full quarter.")
        period = period_of(QUARTER, today).previous()
    return Wanted(period, team, complaint)


def teams_of(user: User, house: Organisation) -> list[Team]:
    """The teams of which this person may read a report."""
    teams = sorted(house.teams.values(), key=lambda one: one.name)
    return [team for team in teams if team.is_active and may_report_on(user, team.pk)]


def team_options(user: User, house: Organisation, chosen: Team | None) -> list[Choice]:
    whole = [Choice("", _("All teams"), chosen is None)] if may_report_on(user, None) else []
    return whole + [
        Choice(team.code, team.name, chosen is not None and team.pk == chosen.pk) for team in teams_of(user, house)
    ]


def report_page(asked: Wanted, user: User, house: Organisation, at: datetime) -> ReportPage:
    """The report as it is now, to read before it is frozen."""
    today = local_day(at)
    period = asked.period
    kinds = [(WEEK, _("Week")), (MONTH, _("Month")), (QUARTER, _("Quarter")), (YEAR, _("Year"))]
    issued = list(_listed(user).filter(pk__in=issues_of(period, asked.team.pk if asked.team else None))[:PAGE])
    return ReportPage(
        paper=paper_of(report_of(period, asked.team, house, at)),
        kinds=[Choice(asked.query(_switch(kind, period, today)), name, kind == period.kind) for kind, name in kinds],
        teams=team_options(user, house, asked.team),
        previous=asked.query(period.previous()),
        next=asked.query(period.next()) if period.next().first <= today else "",
        query=asked.query(),
        hidden=[("periode", WORD_OF[period.kind]), ("dag", period.first.isoformat())],
        complaint=asked.complaint,
        issued=[_row(report) for report in issued],
        may_issue=user.may(Right.REPORTS_ISSUE) and period.last < today,
        may_export=user.may(Right.FIGURES_EXPORT),
        is_again=bool(issued),
        back=f"{reverse('kpi:report_issue')}?{asked.query()}",
    )


def _switch(kind: str, period: Period, today: date) -> Period:
    """The period of another kind in which this one ends; when that still runs, the one before it."""
    whole = period_of(kind, min(period.last, today))
    return whole.previous() if whole.last >= today and period.last < today else whole


def reports_page(
    user: User, params: Mapping[str, str], house: Organisation, at: datetime, form: ScheduleForm | None = None
) -> ReportsPage:
    """What was issued, newest first; what a worker makes now; the schedules."""
    today = local_day(at)
    before = whole(params.get("voor"))
    rows = _listed(user)
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-id")[: PAGE + 1])
    shown = [_job_row(job, today) for job in _unfinished(user)]
    may = user.may(Right.REPORTS_ISSUE)
    team = None if may_report_on(user, None) else next(iter(teams_of(user, house)), None)
    starts = [Wanted(period_of(kind, today).previous(), team) for kind in (WEEK, MONTH, QUARTER, YEAR)]
    return ReportsPage(
        rows=[_row(report) for report in found[:PAGE]],
        jobs=shown,
        schedules=_schedules(user) if may else [],
        starts=[
            FileLink(words.period_name(one.period, today), f"{reverse('kpi:report_view')}?{one.query()}")
            for one in starts
        ],
        form=(form or schedule_form(user, house)) if may else None,
        next_query=f"voor={found[PAGE - 1].pk}" if len(found) > PAGE else "",
        is_running=any(not job.is_failed for job in shown),
    )


def schedule_form(user: User, house: Organisation, data: Any = None) -> ScheduleForm:
    """With the people who may read one of the reports that this person may read."""
    options = team_options(user, house, None)
    scopes = [*([None] if may_report_on(user, None) else []), *(team.pk for team in teams_of(user, house))]
    return ScheduleForm(data, initial={"kind": "month"}).offer(
        [(one.value, one.words) for one in options], [(one.pk, str(one)) for one in readers(*scopes)]
    )


def issued_page(report: IssuedReport, user: User, house: Organisation, at: datetime) -> IssuedPage:
    """An issued report, from its frozen row alone."""
    today = local_day(at)
    period = Period(report.kind, report.first, report.last)
    others = list(issues_of(period, report.team_id).order_by("number").values_list("pk", "number"))
    newest = others[-1]
    job = report.jobs.exclude(state="done").order_by("-id").first()
    if job is not None and report.jobs.filter(pk__gt=job.pk).exists():  # what failed was made since
        job = None
    files = _files(report)
    older = next((pk for pk, number in others if number == report.number - 1), None)
    kinds = set(report.files.values_list("kind", flat=True))
    return IssuedPage(
        paper=paper_of(report.snapshot),
        issue=issue_text(report),
        sha256=report.sha256,
        files=files,
        job=_job_row(job, today) if job else None,
        newer=reverse("kpi:report", args=[newest[0]]) if newest[0] != report.pk else "",
        older=reverse("kpi:report", args=[older]) if older else "",
        may_ask=user.may(Right.REPORTS_READ),
        missing=len(kinds) < len(ReportFile.Kind.choices) and (job is None or job.state == "failed"),
        sums=[(str(one.get_kind_display()), one.sha256) for one in report.files.defer("data").order_by("kind")],
    )


def _unfinished(user: User) -> list[ReportJob]:
    """What waits, runs or failed; what failed and was asked for again since stands there once."""
    newest: dict[tuple[str, date, int | None], ReportJob] = {}
    for job in ReportJob.objects.visible_to(user).select_related("team").order_by("-id")[:MOST_JOBS]:
        newest.setdefault((job.kind, job.first, job.team_id), job)
    return [job for job in newest.values() if job.state != ReportJob.State.DONE][:10]


def _listed(user: User) -> Any:
    rows = IssuedReport.objects.visible_to(user).defer("snapshot").select_related("team", "issued_by")
    return rows.prefetch_related(_without_bytes())


def _without_bytes() -> Any:
    from django.db.models import Prefetch

    return Prefetch("files", queryset=ReportFile.objects.defer("data").order_by("kind"))


def _row(report: IssuedReport) -> IssuedRow:
    period = Period(report.kind, report.first, report.last)
    return IssuedRow(
        title=title_of({"kind": report.kind, "name": words.period_name(period, date(1, 1, 1))}),
        where=report.team.name if report.team else _("all teams"),
        number=report.number,
        issued=wording.day_long(local_day(report.issued_at), date(1, 1, 1)),
        by=str(report.issued_by) if report.issued_by else _("by the schedule"),
        href=reverse("kpi:report", args=[report.pk]),
        files=_files(report),
    )


def _files(report: IssuedReport) -> list[FileLink]:
    return [
        FileLink(str(one.get_kind_display()), reverse("kpi:report_file", args=[report.pk, one.kind]))
        for one in report.files.all()
    ]


def _job_row(job: ReportJob, today: date) -> JobRow:
    period = Period(job.kind, job.first, job.last)
    steps = (
        _("waits for a worker"),
        _("counts the figures"),
        _("writes Excel and CSV"),
        _("makes the PDF"),
        _("done"),
    )
    is_failed = job.state == ReportJob.State.FAILED
    title = title_of({"kind": job.kind, "name": words.period_name(period, today)})
    where = job.team.name if job.team else _("all teams")
    text = (job.error or _("failed")) if is_failed else steps[min(job.step, STEPS)]
    return JobRow(f"{title}, {where}", text, job.step, is_failed, again_path(job) if is_failed else "")


def _schedules(user: User) -> list[ScheduleRow]:
    from organisation.models import User as People

    found = list(ReportSchedule.objects.visible_to(user).filter(is_active=True).select_related("team"))
    names = dict(People.objects.filter(pk__in={pk for one in found for pk in one.people}).values_list("pk", "name"))
    return [
        ScheduleRow(
            one.pk,
            _("every %(period)s, %(where)s")
            % {"period": one.get_kind_display(), "where": one.team.name if one.team else _("all teams")},
            ", ".join(sorted(names[pk] for pk in one.people if pk in names)),
        )
        for one in found
    ]
