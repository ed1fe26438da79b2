"""Codes for the counter and letters, and screens at the exit."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisation.actions.save import save_new
from organisation.roles import Right, needs
from organisation.snapshot import organisation
from organisation.views.edit import save_form
from surveys.forms.place import PlaceForm
from surveys.models import SurveyPlace
from surveys.pages.places import heading_of, place_rows, printed
from surveys.pages.tabs import tabs_for


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SURVEYS_WRITE)
def places(request: HttpRequest) -> HttpResponse:
    """The list, and a new one."""
    form = PlaceForm(request.POST or None, initial={"channel": "counter"})
    if request.method == "POST" and form.is_valid():
        row = form.save(commit=False)
        save_new(row, by=request.user, action="survey.place_added")
        messages.success(request, _("Saved."))
        return redirect("surveys:place", row.code)
    return _show(request, form, None, 422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SURVEYS_WRITE)
def place(request: HttpRequest, code: str) -> HttpResponse:
    """The code to print, and what it counts for."""
    row = get_object_or_404(SurveyPlace, code=code, round__isnull=True)
    form = PlaceForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        return save_form(request, form, action="survey.place_changed")
    return _show(request, form, SurveyPlace.objects.get(pk=row.pk), 422 if form.errors else 200)


def _show(request: HttpRequest, form: PlaceForm, row: SurveyPlace | None, status: int) -> HttpResponse:
    context = {
        "nav": "surveys",
        "rows": place_rows(row),
        "form": form,
        "place": row,
        "printed": printed(row) if row is not None else None,
        "ask": heading_of(row) if row is not None else "",
        "municipality": organisation().municipality,
        "tabs": tabs_for(request.user),
        "tab": "places",
    }
    return render(request, "surveys/places.html", context, status=status)
