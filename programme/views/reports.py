"""`/voortgang/rapporten/…`: a report as it was given, its PDF, and what changed between two."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from organisation.clock import now
from organisation.roles import Right, needs
from programme.actions.retry_report_pdf import retry_report_pdf
from programme.models import StatusReportFile
from programme.pages.status_report import compare_page, get_report, job_of, report_page


@require_safe
@needs(Right.PROGRAMME_READ)
def show_report(request: HttpRequest, pk: int) -> HttpResponse:
    page = report_page(request.user, pk, at=now())
    return render(request, "programme/report.html", {"page": page, "nav": "progress"})


@require_safe
@needs(Right.PROGRAMME_READ)
def show_job(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that says how far the PDF is; asks again by itself until it is there."""
    job = job_of(get_report(request.user, pk), request.user)
    return render(request, "programme/report_job.html", {"job": job})


@require_POST
@needs(Right.PROGRAMME_WRITE)
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    report = get_report(request.user, pk)
    retry_report_pdf(report=report, by=request.user, at=now())
    return redirect("programme:report", pk)


@require_safe
@needs(Right.PROGRAMME_READ)
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes as they were made; 404 as long as they are not there."""
    report = get_report(request.user, pk)
    data = StatusReportFile.objects.filter(report=report).values_list("data", flat=True).first()
    if data is None:
        raise Http404
    response = HttpResponse(bytes(data), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{report.number}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@needs(Right.PROGRAMME_READ)
def show_comparison(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    page = compare_page(request.user, pk, other)
    return render(request, "programme/report_compare.html", {"page": page, "nav": "progress"})
