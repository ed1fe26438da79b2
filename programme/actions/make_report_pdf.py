"""Makes the PDFs that wait: claims a row with a lease, renders outside any transaction, keeps the file once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kpi.actions.tell_failed import tell_failed
from organisation.clock import now
from organisation.pdf import WALL_SECONDS, NoPdf, pdf_of
from programme.models import IssuedStatusReport, StatusReportFile, StatusReportJob

State = StatusReportJob.State
LEASE: Final = timedelta(seconds=WALL_SECONDS + 15)
"""Longer than a PDF may take: who still holds a row after this is dead."""
TRIES: Final = 5
REST: Final = timedelta(seconds=30)


def make_report_pdfs(*, at: Callable[[], datetime] = now, render: Callable[[str], bytes] = pdf_of) -> int:
    """One after the other until nothing waits; gives how many were made."""
    made = 0
    while (job := _claim(at())) is not None:
        made += _make(job, at, render)
    return made


def _claim(at: datetime) -> StatusReportJob | None:
    with transaction.atomic():
        job = (
            StatusReportJob.objects.select_for_update(skip_locked=True)
            .filter(state__in=[State.WAITING, State.MAKING], due_at__lte=at)
            .order_by("due_at", "pk")
            .first()
        )
        if job is None:
            return None
        if job.tries >= TRIES:  # whoever took it five times died of it
            job.state = State.FAILED
            job.save()
            _tell(job, at)
            return _claim(at)
        job.state, job.tries, job.due_at = State.MAKING, job.tries + 1, at + LEASE
        job.save()
        return job


def _make(job: StatusReportJob, at: Callable[[], datetime], render: Callable[[str], bytes]) -> int:
    html = IssuedStatusReport.objects.values_list("html", flat=True).get(pk=job.report_id)
    try:
        data = render(html)
    except NoPdf as error:
        is_over = error.is_final or job.tries >= TRIES
        with transaction.atomic():
            changed = StatusReportJob.objects.filter(pk=job.pk, tries=job.tries).update(
                state=State.FAILED if is_over else State.WAITING, due_at=at() + REST, error=error.message[:300]
            )
            if is_over and changed:
                job.error = error.message[:300]
                _tell(job, at())
        return 0
    with transaction.atomic():
        StatusReportFile.objects.bulk_create(
            [StatusReportFile(report_id=job.report_id, data=data, sha256=sha256(data).hexdigest(), made_at=at())],
            ignore_conflicts=True,
        )
        StatusReportJob.objects.filter(pk=job.pk).update(state=State.READY, error="")
    return 1


def _tell(job: StatusReportJob, at: datetime) -> None:
    """Who issued the report hears that there is no PDF, and where it is made again; each time it fails once."""
    report = IssuedStatusReport.objects.select_related("issued_by").defer("html").get(pk=job.report_id)
    if report.issued_by is None or not report.issued_by.is_active:
        return
    tell_failed(
        [report.issued_by],
        report=f"{report.number}, {report.title}",
        reason=job.error or _("Something went wrong while it was made."),
        path=reverse("programme:report", args=[report.pk]),
        has_report=True,
        key=f"status_report:{report.pk}:{at:%Y%m%d%H%M%S}",
        at=at,
    )
