"""`/cijfers/telefoon/gesprekken/inlezen/<pk>/`: choose the columns, see what the first rows become, and take the file in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from channels_app.actions.calls_files import choose_columns, take_in_calls, throw_away
from channels_app.calls_csv import COLUMNS
from channels_app.models import CallsFile
from contacts.rulebook import pickup_seconds_on
from kpi.pages.calls import report_words
from kpi.pages.calls_file import calls_file_page
from organisation.clock import now
from organisation.roles import Right, needs


@require_http_methods(["GET", "POST"])
@needs(Right.CALLS_IMPORT)
def calls_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Only for who brought it. `doe`: kijken, inlezen or weg."""
    file = CallsFile.objects.filter(pk=pk, taken_in_by=request.user).first()
    if file is None:
        if request.POST.get("doe") == "weg" and not CallsFile.objects.filter(pk=pk).exists():
            messages.info(request, _("This file is gone already."))
            return redirect("kpi:calls")
        raise Http404
    if file.raw is None:
        messages.info(request, _("This file was taken in already."))
        return redirect("kpi:calls")
    act = request.POST.get("doe", "")
    if act == "weg":
        throw_away(pk=pk, by=request.user)
        return redirect("kpi:calls")
    at = now()
    if request.method == "POST":
        choose_columns(file=file, columns={name: _place(request.POST.get(name, "")) for name in COLUMNS})
        if act == "inlezen" and "entered" in file.columns:
            report = take_in_calls(file=file, by=request.user, at=at, pickup_seconds=pickup_seconds_on)
            messages.success(request, report_words(report)[0])
            return redirect("kpi:calls")
    page = calls_file_page(file, at, pickup_seconds_on)
    return render(request, "kpi/calls_file.html", {"page": page, "nav": "figures"})


def _place(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1
