"""Asks for a report, counts and freezes it, makes its files. The row is the queue: a worker that dies costs its lease, no more."""

from __future__ import annotations

import hashlib
import json
import logging
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from contacts import normalize
from kpi import words
from kpi.actions.tell_failed import again_path, askers, tell_failed
from kpi.models import IssuedReport, ReportFile, ReportJob
from kpi.periods import Period, period_of
from kpi.reports.content import report_of
from kpi.reports.files import as_csv, as_xlsx, title_of
from kpi.reports.paper import issue_words, report_pdf
from organisation import audit, wording
from organisation.clock import now
from organisation.errors import Refused
from organisation.nudge import nudge
from organisation.pdf import NoPdf
from organisation.role_reach import reads_whole, teams_with
from organisation.roles import Right
from organisation.snapshot import organisation
from organisation.transact import one_transaction
from organisation.workdays import local_day

if TYPE_CHECKING:
    from organisation.models import Team, User

log = logging.getLogger(__name__)
TASK: Final = "kpi.tasks.make_reports"
LEASE: Final = timedelta(seconds=150)
MOST_TRIES: Final = 5
JOB_DAYS: Final = 30
PAUSE: Final = timedelta(seconds=20)
LANGUAGE: Final = "nl"
"""What is frozen is in the language of the municipality."""


def may_report_on(user: User, team_id: int | None) -> bool:
    """Whether this person may read reports of this scope: a lead own teams, the director the whole; who is both, both."""
    if not user.may(Right.REPORTS_READ):
        return False
    if team_id is None:
        return reads_whole(user, Right.REPORTS_READ)
    reach = teams_with(user, Right.REPORTS_READ)
    return reach is None or team_id in reach


@one_transaction
def ask_report(*, period: Period, team: Team | None, by: User, at: datetime, reason: str = "") -> ReportJob:
    """Puts the work in the queue; asked twice at once is one piece of work."""
    team_id = team.pk if team is not None else None
    if not by.may(Right.REPORTS_ISSUE) or not may_report_on(by, team_id):
        raise PermissionDenied
    if period.last >= local_day(at):
        raise Refused(_("This period is not over yet. A report is frozen when nothing can be added any more."))
    reason = normalize.clean_line(reason, 300)
    if issues_of(period, team_id).exists() and not reason:
        raise Refused(_("This report was issued before. Say why it is issued again."), "reason")
    job, is_new = _job(period, team_id, by=by, at=at, reason=reason)
    if is_new:
        audit.record(by=by, action="report.asked", obj=job, kind=period.kind, first=period.first.isoformat())
    return job


@one_transaction
def ask_files(*, report: IssuedReport, by: User | None, at: datetime) -> ReportJob:
    """Has the files of a frozen report made that are not there yet; what it says stays as it is."""
    period = Period(report.kind, report.first, report.last)
    return _job(period, report.team_id, by=by, at=at, report=report)[0]


def queue_for_schedule(period: Period, team_id: int | None, at: datetime) -> ReportJob:
    """The same work for a schedule, without anybody who asks."""
    return _job(period, team_id, by=None, at=at)[0]


def issues_of(period: Period, team_id: int | None) -> Any:
    """What was issued of this period and scope."""
    return IssuedReport.objects.filter(kind=period.kind, first=period.first, team_id=team_id)


def _job(
    period: Period,
    team_id: int | None,
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
    report: IssuedReport | None = None,
) -> tuple[ReportJob, bool]:
    same = ReportJob.objects.filter(kind=period.kind, first=period.first, team_id=team_id, state="waiting")
    job = same.first()
    if job is not None:
        return job, False
    try:
        with transaction.atomic():
            job = ReportJob.objects.create(
                kind=period.kind,
                first=period.first,
                last=period.last,
                team_id=team_id,
                reason=reason,
                asked_by=by,
                asked_at=at,
                next_try_at=at,
                report=report,
            )
    except IntegrityError:  # somebody asked in the same moment
        return same.get(), False
    nudge(TASK)
    return job, True


def forget_jobs(*, at: datetime) -> int:
    """Throws away finished and failed work after a while; what was issued stays, with its files."""
    old = ReportJob.objects.exclude(state="waiting").filter(asked_at__lt=at - timedelta(days=JOB_DAYS))
    return old.delete()[0]


def make_reports(*, at: datetime, most: int = 20) -> int:
    """Does what waits, oldest first; gives how many pieces of work were taken."""
    for taken in range(most):
        job = _claim(at if taken == 0 else now())
        if job is None:
            return taken
        _work(job)
    return most


def _claim(at: datetime) -> ReportJob | None:
    with transaction.atomic():
        free = Q(lease_until=None) | Q(lease_until__lte=at)
        rows = ReportJob.objects.filter(free, state="waiting", next_try_at__lte=at)
        job = rows.select_for_update(skip_locked=True, of=("self",)).order_by("next_try_at", "id").first()
        if job is None:
            return None
        if job.tries >= MOST_TRIES:  # whoever took it five times died of it
            _fail(job, job.error or _went_wrong(), at)
            return _claim(at)
        job.tries += 1
        job.lease_until = at + LEASE
        job.save(update_fields=["tries", "lease_until"])
    return job


def _work(job: ReportJob) -> None:
    try:
        with translation.override(LANGUAGE):
            if job.report is None:
                _step(job, 1)
                _freeze(job)
            _make_files(job)
    except NoPdf as error:
        _give_back(job, error.message, is_final=error.is_final)
    except Exception:  # one report that fails must not stop the next
        log.exception("a report could not be made", extra={"job": job.pk})
        _give_back(job, _went_wrong())


def _step(job: ReportJob, step: int) -> None:
    """Progress that the screen shows, committed at once; the lease begins anew."""
    job.step, job.lease_until = step, now() + LEASE
    ReportJob.objects.filter(pk=job.pk, state="waiting").update(step=step, lease_until=job.lease_until)


def _freeze(job: ReportJob) -> None:
    """Counts outside, then inserts the row with its number in one short transaction; a second worker finds the first one's."""
    house, at = organisation(), now()
    period = period_of(job.kind, job.first)
    snapshot = report_of(period, job.team, house, at)
    with transaction.atomic():
        with connection.cursor() as cursor:
            scope = f"report {job.kind} {job.first} {job.team_id}"
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 31))", [scope])
        fresh = ReportJob.objects.select_for_update(of=("self",)).get(pk=job.pk)
        if fresh.report_id is None:
            fresh.report = add_issue(period, job.team_id, snapshot, by=job.asked_by, at=at, reason=job.reason)
            fresh.save(update_fields=["report"])
        job.report = fresh.report


def add_issue(
    period: Period, team_id: int | None, snapshot: dict[str, Any], *, by: User | None, at: datetime, reason: str = ""
) -> IssuedReport:
    """The frozen row, with the next number of its period and scope."""
    last = issues_of(period, team_id).order_by("-number").first()
    report = IssuedReport.objects.create(
        kind=period.kind,
        first=period.first,
        last=period.last,
        team_id=team_id,
        number=last.number + 1 if last is not None else 1,
        replaces=last,
        reason=reason,
        issued_at=at,
        issued_by=by,
        snapshot=snapshot,
        sha256=sha256_of(snapshot),
    )
    audit.record(by=by, action="report.issued", obj=report, number=report.number, first=period.first.isoformat())
    return report


def sha256_of(snapshot: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(snapshot, sort_keys=True).encode()).hexdigest()


def issue_text(report: IssuedReport) -> str:
    """`Uitgave 2, vastgelegd op 3 oktober 2026`, with what it replaces."""
    day = local_day(report.issued_at)
    text = issue_words(report.number, wording.day_long(day, date(1, 1, 1)))
    if report.number > 1:
        text += " " + _("(replaces issue %(number)s: %(reason)s)") % {
            "number": report.number - 1,
            "reason": report.reason,
        }
    return text


def _make_files(job: ReportJob) -> None:
    report = job.report
    if report is None:
        return
    made = set(report.files.values_list("kind", flat=True))
    _step(job, 2)
    for kind, make in (("csv", as_csv), ("xlsx", as_xlsx)):
        if kind not in made:
            _keep(report, kind, make(report.snapshot))
    if "pdf" not in made:
        _step(job, 3)
        _keep(report, "pdf", report_pdf(report.snapshot, issue_text(report)))
    ReportJob.objects.filter(pk=job.pk, state="waiting").update(state="done", step=4, lease_until=None, error="")


def _keep(report: IssuedReport, kind: str, data: bytes) -> None:
    """Whoever was first stays: the same kind twice is one file."""
    file = ReportFile(
        report=report, kind=kind, data=data, size=len(data), sha256=hashlib.sha256(data).hexdigest(), made_at=now()
    )
    ReportFile.objects.bulk_create([file], ignore_conflicts=True)


def _went_wrong() -> str:
    with translation.override(LANGUAGE):
        return _("Something went wrong while it was made.")


def _give_back(job: ReportJob, error: str, *, is_final: bool = False) -> None:
    """Tried again later; after five times it stands as failed, with the reason. Excel and CSV may be there already."""
    if is_final or job.tries >= MOST_TRIES:
        _fail(job, error, now())
        return
    ReportJob.objects.filter(pk=job.pk, state="waiting").update(
        error=error[:300], lease_until=None, next_try_at=now() + PAUSE * job.tries
    )


@transaction.atomic
def _fail(job: ReportJob, error: str, at: datetime) -> None:
    """It stands as failed, and who asked for it is told, once."""
    failed = ReportJob.objects.filter(pk=job.pk, state="waiting").update(
        state="failed", error=error[:300], lease_until=None
    )
    if failed:
        name = words.period_name(period_of(job.kind, job.first), date(1, 1, 1))
        title = title_of({"kind": job.kind, "name": name})
        tell_failed(
            askers(job),
            report=f"{title}, {job.team.name if job.team else _('all teams')}",
            reason=error,
            path=again_path(job),
            has_report=job.report_id is not None,
            key=f"report_job:{job.pk}",
            at=at,
        )
