"""`/cijfers/`: the dashboard, and the same figures as a file."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from kpi.exports import csv_response, dashboard_lines
from kpi.pages.arrange import view_rows, views_of
from kpi.pages.dashboard import dashboard
from kpi.pages.filters import question_of
from kpi.pages.signals import strip
from organisation import audit
from organisation.clock import now
from organisation.errors import Refused
from organisation.roles import Right, needs
from organisation.snapshot import organisation
from organisation.workdays import local_day


@require_GET
@needs(Right.FIGURES_READ)
def show_dashboard(request: HttpRequest) -> HttpResponse:
    """What is the case, over the period and the filters in the address bar."""
    at = now()
    house = organisation()
    views = views_of(request.user)
    own = next((view.query for view in views if view.is_default), "") if not request.GET else ""
    params = QueryDict(own) if own else request.GET
    asked = question_of(params, request.user, house, local_day(at))
    page = dashboard(asked, request.user, house, at, audit.looking(request, "kpi.dashboard"))
    context = {"page": page, "views": view_rows(views), "signals": strip(request.user, at), "nav": "figures"}
    return render(request, "kpi/dashboard.html", context)


@require_GET
@needs(Right.FIGURES_EXPORT)
def export_dashboard(request: HttpRequest) -> HttpResponse:
    """All figures of the period as a file for a spreadsheet; no personal data."""
    at = now()
    house = organisation()
    question = question_of(request.GET, request.user, house, local_day(at))
    try:
        lines = dashboard_lines(question, request.user, house, at)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect(f"{reverse('kpi:dashboard')}?{question.asked.query()}")
    audit.record(by=request.user, action="export.figures", query=question.asked.query(), rows=len(lines) - 1)
    return csv_response(lines, f"cijfers-{question.asked.period.first}-{question.asked.period.last}.csv")
