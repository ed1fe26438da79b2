"""`/cijfers/telefoon/gesprekken/`: the calls of the exchange, and taking in a file of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from channels_app.actions.calls_files import bring_calls
from channels_app.actions.import_calls import Report
from channels_app.calls_csv import MOST_BYTES
from contacts.normalize import clean_line
from kpi.pages.calls import calls_page, report_words
from kpi.pages.filters import question_of
from organisation import audit
from organisation.clock import now
from organisation.forms.base import HouseForm
from organisation.roles import Right, needs
from organisation.snapshot import organisation
from organisation.workdays import local_day


class CallsForm(HouseForm):
    """A file of the exchange."""

    source = forms.CharField(label=lazy("Name of the exchange"), max_length=60, initial="telefooncentrale")
    file = forms.FileField(label=lazy("CSV file"), allow_empty_file=True)

    def clean_source(self) -> str:
        source = clean_line(self.cleaned_data["source"], 60)
        if not source:
            raise forms.ValidationError(_("Fill in a name."))
        return source

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB. Split it."))
        return file


@require_GET
@needs(Right.FIGURES_DRILL)
def list_calls(request: HttpRequest) -> HttpResponse:
    """The calls of the period that this person may see."""
    return _page(request, CallsForm())


@require_http_methods(["GET", "POST"])
@needs(Right.CALLS_IMPORT)
def import_calls_file(request: HttpRequest) -> HttpResponse:
    """Brings the file to the page where its columns are chosen. Opened again, the form is empty."""
    if request.method == "GET":
        return redirect("kpi:calls")
    form = CallsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    upload = form.cleaned_data["file"]
    file, unusable = bring_calls(
        by=request.user,
        at=now(),
        source=form.cleaned_data["source"],
        name=clean_line(upload.name or "", 120),
        raw=upload.read(MOST_BYTES + 1),
    )
    if file is None:
        return _page(request, form, status=422, report=report_words(Report(unusable=unusable))[0], failed=True)
    return redirect("kpi:calls_file", file.pk)


def _page(request: HttpRequest, form: CallsForm, status: int = 200, **more: object) -> HttpResponse:
    at = now()
    house = organisation()
    question = question_of(request.GET, request.user, house, local_day(at))
    page = calls_page(question, request.user, house, at, request.GET)
    if page.rows:
        audit.record_view(request, page="kpi.calls")
    return render(request, "kpi/calls.html", {"page": page, "form": form, "nav": "figures", **more}, status=status)
