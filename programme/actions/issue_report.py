"""Gives a report to MT, college or raad: facts, story and page are frozen under a number; the PDF is made by a worker."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from organisation import audit
from organisation.errors import Refused
from organisation.history import sign
from organisation.nudge import nudge
from organisation.roles import Right
from organisation.transact import one_transaction
from organisation.workdays import local_day
from programme.models import IssuedStatusReport, Programme, StatusReportJob, StatusRound, StatusUpdate
from programme.models.rounds import Body
from programme.reports.document import document
from programme.reports.facts import Facts, facts

if TYPE_CHECKING:
    from organisation.models import User

LANGUAGE = "nl"
"""A report to MT, college and raad is in Dutch, whoever presses the button."""


@one_transaction
def issue_report(*, round_: StatusRound, body: str, by: User, at: datetime) -> IssuedStatusReport:
    """One report for each body and round; the first one ends the round. Numbers have no gap: the programme's row is the lock."""
    if not by.may(Right.PROGRAMME_WRITE):
        raise PermissionDenied
    if body not in Body.values:
        raise Refused(_("Choose for whom the report is."), "body")
    if Programme.objects.select_for_update().first() is None:
        raise Refused(_("There is no programme yet."))
    fresh = StatusRound.objects.select_for_update().get(pk=round_.pk)
    if not fresh.narrative:
        raise Refused(_("Write the story first: a report without it says little."), "body")
    if IssuedStatusReport.objects.filter(round=fresh, body=body).exists():
        raise Refused(_("The report of this round was given to this body already."), "body")
    found = facts(at=at, updates=StatusUpdate.objects.filter(round=fresh))
    if found is None:
        raise Refused(_("There is no programme yet."))
    report = freeze(fresh, body, found, by=by, at=at)
    if fresh.is_open:
        fresh.is_open, fresh.ended_at = False, at
        fresh.version += 1
        sign(fresh, by=by, at=at)
        fresh.save()
    audit.record(by=by, action="status_report.issued", obj=report, number=report.number, body=body)
    nudge("programme.tasks.make_status_reports")
    return report


def freeze(round_: StatusRound, body: str, found: Facts, *, by: User | None, at: datetime) -> IssuedStatusReport:
    """Inside a transaction that holds the programme's row: takes the next number of the year and writes everything once."""
    year = local_day(at).year
    last = IssuedStatusReport.objects.filter(year=year).aggregate(last=Max("sequence"))["last"] or 0
    before = _read_last(body, round_)
    content: dict[str, Any] = {
        **found,
        "round": round_.title,
        "story": round_.narrative,
        "body": body,
        "before": {"number": before.number, "facts": _light(before.content)} if before else None,
    }
    report = IssuedStatusReport(
        round=round_,
        body=body,
        year=year,
        sequence=last + 1,
        title=round_.title,
        day=local_day(at),
        issued_at=at,
        issued_by=by,
        content=content,
    )
    with translation.override(LANGUAGE):
        report.html = document(content, number=report.number, issued_at=at)
    report.html_sha256 = sha256(report.html.encode()).hexdigest()
    report.save(force_insert=True)
    StatusReportJob.objects.create(report=report, due_at=at)
    return report


def _read_last(body: str, round_: StatusRound) -> IssuedStatusReport | None:
    """What this body knows of earlier rounds: its own last report, for what only another body was told is news to it. Else the newest."""
    earlier = IssuedStatusReport.objects.exclude(round=round_).order_by("-issued_at", "-pk")
    return earlier.filter(body=body).first() or earlier.first()


def _light(content: Facts) -> Facts:
    """What is needed to tell what changed; not the report before that one again."""
    names = ("day", "projects", "goals", "money", "decisions", "newest_decision", "risks", "risk_ids")
    return {name: content[name] for name in names if name in content}
