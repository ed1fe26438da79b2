"""Has a PDF made again that did not succeed: the row goes back into the queue."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from organisation.nudge import nudge
from organisation.roles import Right
from organisation.transact import one_transaction
from programme.models import IssuedStatusReport, StatusReportJob

if TYPE_CHECKING:
    from organisation.models import User


@one_transaction
def retry_report_pdf(*, report: IssuedStatusReport, by: User, at: datetime) -> bool:
    """Whether it had failed; what is ready or under way stays as it is."""
    if not by.may(Right.PROGRAMME_WRITE):
        raise PermissionDenied
    again = StatusReportJob.objects.filter(report=report, state=StatusReportJob.State.FAILED).update(
        state=StatusReportJob.State.WAITING, tries=0, due_at=at, error=""
    )
    nudge("programme.tasks.make_status_reports")
    return bool(again)
