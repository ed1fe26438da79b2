"""A report as it was given, on the screen: from its frozen content only; and the comparison of two of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404

from organisation import wording
from organisation.roles import Right
from organisation.workdays import local_day
from programme.models import IssuedStatusReport, StatusReportFile, StatusReportJob
from programme.pages.rounds import ReportRow, newest_reports
from programme.reports import charts, words
from programme.reports.compare import compare
from programme.reports.document import shown

if TYPE_CHECKING:
    from organisation.models import User

State = StatusReportJob.State


@dataclass(frozen=True)
class ReportPage:
    """One report."""

    pk: int
    number: str
    issued: str
    by: str
    content: dict[str, Any]
    job: Job
    html_sha256: str
    others: list[ReportRow]


@dataclass(frozen=True)
class Job:
    """How far the PDF is."""

    pk: int
    state: str
    words: str
    error: str
    is_ready: bool
    is_busy: bool
    has_failed: bool
    sha256: str
    may_retry: bool


@dataclass(frozen=True)
class ComparePage:
    """What changed from one report to another."""

    old: IssuedStatusReport
    new: IssuedStatusReport
    old_day: str
    new_day: str
    changes: list[tuple[str, list[tuple[str, bool]]]]


def get_report(user: User, pk: int) -> IssuedStatusReport:
    found = IssuedStatusReport.objects.visible_to(user).select_related("job", "issued_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def report_page(user: User, pk: int, *, at: datetime) -> ReportPage:
    report = get_report(user, pk)
    content = shown(report.content)
    for goal in content["goals"]:
        goal["picture"] = charts.goal_chart(goal["raw"])
        goal["rows"] = charts.goal_rows(goal["raw"])
    return ReportPage(
        pk=report.pk,
        number=report.number,
        issued=wording.moment_long(report.issued_at, local_day(at)),
        by=str(report.issued_by or ""),
        content=content,
        job=job_of(report, user),
        html_sha256=report.html_sha256,
        others=[one for one in newest_reports(user, at=at) if one.pk != report.pk],
    )


def job_of(report: IssuedStatusReport, user: User) -> Job:
    job = report.job
    sha = StatusReportFile.objects.filter(report=report).values_list("sha256", flat=True).first()
    return Job(
        pk=report.pk,
        state=job.state,
        words=job.get_state_display(),
        error=job.error,
        is_ready=sha is not None,
        is_busy=sha is None and job.state in (State.WAITING, State.MAKING),
        has_failed=sha is None and job.state == State.FAILED,
        sha256=sha or "",
        may_retry=user.may(Right.PROGRAMME_WRITE),
    )


def compare_page(user: User, pk: int, other: int) -> ComparePage:
    """From the older to the newer, whatever the order in which they are named."""
    old, new = sorted((get_report(user, pk), get_report(user, other)), key=lambda one: (one.issued_at, one.pk))
    return ComparePage(
        old,
        new,
        words.day(old.content["day"]),
        words.day(new.content["day"]),
        words.changes(compare(old.content, new.content)),
    )
