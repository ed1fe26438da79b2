"""`/cijfers/<code>/`: one figure with what lies behind it, and both as a file."""

from __future__ import annotations

from urllib.parse import parse_qsl

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from contacts import normalize
from kpi.exports import csv_response, figure_lines, file_name, row_lines
from kpi.measures.base import Measure
from kpi.pages.figure import figure_page
from kpi.pages.filters import question_of
from kpi.pages.rows import chosen_part
from kpi.registry import MEASURES
from organisation import audit, wording
from organisation.clock import now
from organisation.errors import Refused
from organisation.role_reach import most_rows
from organisation.roles import Right, needs
from organisation.snapshot import organisation
from organisation.workdays import local_day


def _measure(code: str) -> Measure:
    measure = MEASURES.get(code)
    if measure is None:
        raise Http404
    return measure


@require_GET
@needs(Right.FIGURES_READ)
def show_figure(request: HttpRequest, code: str) -> HttpResponse:
    """Formula, trend, where it comes from, and the list."""
    measure = _measure(code)
    at = now()
    house = organisation()
    question = question_of(request.GET, request.user, house, local_day(at))
    page = figure_page(measure, question, request.user, house, at, request.GET)
    if page.rows is not None and page.rows.rows:
        audit.record_view(request, page=f"kpi.{code}"[:60])
    return render(request, "kpi/figure.html", {"page": page, "printed": wording.printed(at), "nav": "figures"})


@require_GET
@needs(Right.FIGURES_EXPORT)
def export_figure(request: HttpRequest, code: str) -> HttpResponse:
    """The figure per day, team and channel; no personal data."""
    measure = _measure(code)
    at = now()
    house = organisation()
    question = question_of(request.GET, request.user, house, local_day(at))
    try:
        lines = figure_lines(measure, question, request.user, house, at)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect(f"{reverse('kpi:figure', args=[code])}?{question.asked.query()}")
    audit.record(
        by=request.user, action="export.figures", figure=code, query=question.asked.query(), rows=len(lines) - 1
    )
    return csv_response(lines, file_name(measure, question.asked.period))


@require_POST
@needs(Right.LISTS_EXPORT)
def export_rows(request: HttpRequest, code: str) -> HttpResponse:
    """The list behind the figure: with a reason, within a size, and on record."""
    measure = _measure(code)
    if not measure.has_list:
        raise Http404
    at = now()
    house = organisation()
    try:
        params = dict(parse_qsl(request.POST.get("query", "")[:600], max_num_fields=20))
    except ValueError:
        params = {}
    question = question_of(params, request.user, house, local_day(at))
    part = chosen_part(measure, {"deel": request.POST.get("deel", "")})
    reason = request.POST.get("reason", "")
    try:
        lines = row_lines(
            measure, question, part, reason, by=request.user, at=at, house=house, limit=most_rows(request.user)
        )
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect(f"{reverse('kpi:figure', args=[code])}?{question.asked.query()}&deel={part}#lijst")
    audit.record_view(request, page=f"kpi.{code}.export"[:60], reason=normalize.clean_line(reason, 300))
    return csv_response(lines, file_name(measure, question.asked.period, "-lijst"))
