"""Reports on a schedule: every finished period once, a mail with the way to it to who may still read it, exactly once each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from channels_app.actions.send import compose_message, queue_message
from kpi.actions.issue_report import issues_of, may_report_on, queue_for_schedule
from kpi.models import IssuedReport, ReportJob, ReportSchedule, ScheduleRun
from kpi.periods import Period, period_of
from kpi.reports.files import title_of
from organisation import audit
from organisation.errors import Refused
from organisation.history import sign
from organisation.models import User, with_memberships
from organisation.roles import Right
from organisation.transact import one_transaction
from organisation.workdays import local_day

if TYPE_CHECKING:
    from organisation.models import Team

MOST_PERIODS: Final = 6
"""After a long outage the older periods are left: they can be asked for by hand."""


@one_transaction
def add_schedule(*, kind: str, team: Team | None, people: Iterable[int], by: User, at: datetime) -> ReportSchedule:
    """From the period that runs now on."""
    team_id = team.pk if team is not None else None
    if not by.may(Right.REPORTS_ISSUE) or not may_report_on(by, team_id):
        raise PermissionDenied
    chosen = sorted(set(people))
    if not chosen or set(chosen) - {user.pk for user in readers(team_id)}:
        raise Refused(_("Choose only people who may read this report; who leads another team may not."), "people")
    made = ReportSchedule(kind=kind, team=team, people=chosen, starts_on=local_day(at), made_by=by)
    sign(made, by=by, at=at)
    made.save()
    audit.record(by=by, action="report.scheduled", obj=made, kind=kind, people=len(chosen))
    return made


@one_transaction
def stop_schedule(*, pk: int, by: User, at: datetime) -> ReportSchedule:
    """No more mails from now on; what was issued stays. Stopped twice is stopped."""
    if not by.may(Right.REPORTS_ISSUE):
        raise PermissionDenied
    row: ReportSchedule | None = (
        ReportSchedule.objects.visible_to(by).filter(pk=pk).select_for_update(of=("self",)).first()
    )
    if row is None:
        raise Http404
    if row.is_active:
        row.is_active = False
        row.version += 1
        sign(row, by=by, at=at)
        row.save()
        audit.record(by=by, action="report.unscheduled", obj=row)
    return row


def readers(*scopes: int | None) -> list[User]:
    """Who may read reports of one of these scopes now; two queries."""
    people = with_memberships(User.objects.filter(is_active=True).order_by("name", "pk"))
    return [user for user in people if any(may_report_on(user, scope) for scope in scopes)]


def sweep_schedules(*, at: datetime) -> int:
    """Takes every finished period that had no turn yet, and mails what is ready; gives how many mails were queued."""
    for schedule in ReportSchedule.objects.filter(is_active=True).order_by("pk"):
        _take_turns(schedule, at)
    sent = 0
    for pk in ScheduleRun.objects.filter(mailed_at=None).order_by("pk").values_list("pk", flat=True):
        sent += _mail(pk, at)
    return sent


def _take_turns(schedule: ReportSchedule, at: datetime) -> None:
    period = period_of(schedule.kind, local_day(at)).previous()
    for _step in range(MOST_PERIODS):
        if period.last < schedule.starts_on:
            return
        with transaction.atomic():
            run, is_new = ScheduleRun.objects.get_or_create(
                schedule=schedule, first=period.first, defaults={"last": period.last, "at": at}
            )
            if not is_new:
                return
            if not _issued(run) and _people(schedule):
                queue_for_schedule(period, schedule.team_id, at)
        period = period.previous()


@transaction.atomic
def _mail(pk: int, at: datetime) -> int:
    """Once the report is frozen and its files are made, or could not be."""
    runs = ScheduleRun.objects.select_for_update(skip_locked=True, of=("self",)).select_related("schedule")
    run = runs.filter(pk=pk, mailed_at=None).first()
    if run is None:
        return 0
    report = _issued(run)
    people = _people(run.schedule) if run.schedule.is_active else []
    if report is None and people:
        return 0
    if report is not None and ReportJob.objects.filter(report=report, state="waiting").exists():
        return 0
    run.report, run.mailed_at = report, at
    run.save(update_fields=["report", "mailed_at"])
    return sum(_tell(run, report, user, at) for user in people) if report is not None else 0


def _issued(run: ScheduleRun) -> IssuedReport | None:
    period = Period(run.schedule.kind, run.first, run.last)
    found: IssuedReport | None = issues_of(period, run.schedule.team_id).order_by("-number").first()
    return found


def _people(schedule: ReportSchedule) -> list[User]:
    """Of who was chosen only those who may still read it, and have an address."""
    return [user for user in readers(schedule.team_id) if user.pk in schedule.people and user.email]


def _tell(run: ScheduleRun, report: IssuedReport, user: User, at: datetime) -> int:
    with translation.override(user.language):
        snapshot = report.snapshot
        lines = [
            _("Hello %(name)s,") % {"name": user.get_short_name()},
            "",
            _("This report is ready: %(title)s, %(where)s.")
            % {"title": title_of(snapshot), "where": snapshot["where"]},
            f"{settings.SITE_URL}{reverse('kpi:report', args=[report.pk])}",
            "",
            _(
                "You get this mail because you are on the list of this report. Do you not want it any more? Tell your coordinator."
            ),
        ]
        message = queue_message(
            compose_message(
                purpose="notice",
                object_key=f"report:{run.schedule_id}:{run.first}:{user.pk}",
                to_address=user.email,
                to_name=str(user),
                subject=title_of(snapshot),
                body="\n".join(lines),
                at=at,
                is_automatic=True,
            )
        )
    return 1 if message is not None else 0
