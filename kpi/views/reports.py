"""`/cijfers/rapporten/`: reports to read, to freeze and to take along."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kpi.actions.issue_report import ask_files, ask_report, may_report_on
from kpi.actions.schedule_reports import add_schedule, stop_schedule
from kpi.models import IssuedReport, ReportFile
from kpi.pages.reports import Wanted, issued_page, report_page, reports_page, schedule_form, wanted
from kpi.reports.content import report_of
from kpi.reports.files import as_csv, as_xlsx, title_of
from organisation import audit
from organisation.clock import now
from organisation.errors import Refused
from organisation.roles import Right, needs
from organisation.snapshot import organisation
from organisation.workdays import local_day

TYPES = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@needs(Right.REPORTS_READ)
def list_reports(request: HttpRequest) -> HttpResponse:
    """What was issued and what is being made."""
    page = reports_page(request.user, request.GET, organisation(), now())
    return render(request, "kpi/reports.html", {"page": page, "nav": "figures"})


@require_safe
@needs(Right.REPORTS_READ)
def view_report(request: HttpRequest) -> HttpResponse:
    """A report as the figures are now."""
    return _view(request)


def _view(request: HttpRequest, wrong: str = "") -> HttpResponse:
    at, house = now(), organisation()
    page = report_page(_asked(request, at), request.user, house, at)
    context = {"page": page, "wrong": wrong, "nav": "figures"}
    return render(request, "kpi/report_view.html", context, status=422 if wrong else 200)


def _asked(request: HttpRequest, at: datetime) -> Wanted:
    """What the address asks for; 404 for who may read none of it."""
    asked = wanted(request.GET, request.user, organisation(), local_day(at))
    if not may_report_on(request.user, asked.team.pk if asked.team else None):
        raise Http404
    return asked


@require_safe
@needs(Right.FIGURES_EXPORT)
def live_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The report of now as Excel or CSV; no personal data."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    at, house = now(), organisation()
    asked = _asked(request, at)
    report = report_of(asked.period, asked.team, house, at)
    audit.record(by=request.user, action="export.figures", query=asked.query(), rows=len(report["figures"]))
    return _download(as_csv(report) if kind == "csv" else as_xlsx(report), kind, report)


@require_POST
@needs(Right.REPORTS_ISSUE)
def issue(request: HttpRequest) -> HttpResponse:
    """Asks a worker to count and freeze it."""
    at = now()
    asked = _asked(request, at)
    try:
        ask_report(period=asked.period, team=asked.team, by=request.user, at=at, reason=request.POST.get("reason", ""))
    except Refused as refused:
        return _view(request, refused.message)
    messages.success(request, _("The report is being made. You see it here when it is ready."))
    return redirect("kpi:reports")


@require_safe
@needs(Right.REPORTS_READ)
def show_report(request: HttpRequest, pk: int) -> HttpResponse:
    """An issued report, exactly as it was given."""
    report = _issued(request, pk)
    page = issued_page(report, request.user, organisation(), now())
    return render(request, "kpi/report_issued.html", {"page": page, "report_pk": pk, "nav": "figures"})


@require_POST
@needs(Right.REPORTS_READ)
def make_files(request: HttpRequest, pk: int) -> HttpResponse:
    """Has the files that are missing made from the frozen row."""
    ask_files(report=_issued(request, pk), by=request.user, at=now())
    return redirect("kpi:report", pk)


@require_safe
@needs(Right.REPORTS_READ)
def download_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A file of an issued report, byte for byte as it was made."""
    report = _issued(request, pk)
    file = ReportFile.objects.filter(report=report, kind=kind).first()
    if file is None:
        raise Http404
    audit.record(by=request.user, action="report.taken", obj=report, kind=kind)
    return _download(bytes(file.data), kind, report.snapshot, report.number)


@require_POST
@needs(Right.REPORTS_ISSUE)
def schedule(request: HttpRequest) -> HttpResponse:
    """A report to these people after every period."""
    house, at = organisation(), now()
    form = schedule_form(request.user, house, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        team = next((one for one in house.teams.values() if one.code == data["team"]), None)
        try:
            add_schedule(kind=data["kind"], team=team, people=data["people"], by=request.user, at=at)
        except Refused as refused:
            form.add_error("people", refused.message)
        else:
            messages.success(request, _("From now on this report goes out by mail."))
            return redirect("kpi:reports")
    page = reports_page(request.user, request.GET, house, at, form)
    return render(request, "kpi/reports.html", {"page": page, "nav": "figures"}, status=422)


@require_POST
@needs(Right.REPORTS_ISSUE)
def unschedule(request: HttpRequest, pk: int) -> HttpResponse:
    stop_schedule(pk=pk, by=request.user, at=now())
    messages.success(request, _("This report no longer goes out by mail."))
    return redirect("kpi:reports")


def _issued(request: HttpRequest, pk: int) -> IssuedReport:
    report: IssuedReport | None = (
        IssuedReport.objects.visible_to(request.user).select_related("team").filter(pk=pk).first()
    )
    if report is None:
        raise Http404
    return report


def _download(data: bytes, kind: str, report: dict[str, object], number: int | None = None) -> HttpResponse:
    name = slugify(f"{title_of(report)} {report['where']}") + (f"-uitgave-{number}" if number else "")
    response = HttpResponse(data, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
