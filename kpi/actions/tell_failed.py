"""Tells who asked for a report that it could not be made, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy

from channels_app.actions.tell_employees import tell_employees
from kpi.models import ReportJob, ReportSchedule
from kpi.scope import WORD_OF

if TYPE_CHECKING:
    from organisation.models import User


def tell_failed(
    people: Iterable[User], *, report: str, reason: str, path: str, has_report: bool, key: str, at: datetime
) -> None:
    """`has_report`: it was frozen and can be read; what failed is a file of it. `path`: where it can be asked for again."""
    context = {"report": report, "reason": reason, "address": settings.SITE_URL + path, "has_report": has_report}
    subject = lazy("A file of a report could not be made") if has_report else lazy("A report could not be made")
    tell_employees(people, subject=subject, template="mail/report_failed.txt", context=context, key=key, at=at)


def askers(job: ReportJob) -> list[User]:
    """Who asked for this work; of a schedule who made it."""
    if job.asked_by is not None:
        return [job.asked_by] if job.asked_by.is_active else []
    rows = ReportSchedule.objects.filter(kind=job.kind, team_id=job.team_id, is_active=True).select_related("made_by")
    return list({row.made_by_id: row.made_by for row in rows if row.made_by and row.made_by.is_active}.values())


def again_path(job: ReportJob) -> str:
    """Where this work can be asked for again."""
    if job.report_id is not None:
        return reverse("kpi:report", args=[job.report_id])
    team = f"&team={job.team.code}" if job.team is not None else ""
    return f"{reverse('kpi:report_view')}?periode={WORD_OF[job.kind]}&dag={job.first.isoformat()}{team}"
