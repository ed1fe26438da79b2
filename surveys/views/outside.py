"""What others measured of us: everybody who reads figures sees it, who keeps the surveys or the programme writes it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.actions.save import save_edited, save_new
from organisation.clock import now
from organisation.errors import Stale
from organisation.numbers import whole
from organisation.roles import Right, needs
from organisation.snapshot import organisation
from organisation.views.edit import clash, save_form
from surveys.access import may_write_outside
from surveys.actions.outside import set_removed
from surveys.forms.outside import IndicatorForm, ResultForm
from surveys.models import OutsideIndicator, OutsideResult
from surveys.pages.outside import indicator_page, indicator_rows
from surveys.pages.outside_history import earlier
from surveys.pages.tabs import tabs_for


@require_safe
@needs(Right.SURVEYS_READ)
def outside(request: HttpRequest) -> HttpResponse:
    """Everything that is measured, with the last score."""
    context = {
        **_frame(request),
        "rows": indicator_rows(organisation(), now()),
        "may_write": may_write_outside(request.user),
    }
    return render(request, "surveys/outside.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SURVEYS_WRITE, Right.PROGRAMME_WRITE)
def add(request: HttpRequest) -> HttpResponse:
    """Something new that is measured."""
    form = IndicatorForm(request.POST or None, initial={"unit": "mark"})
    if request.method == "POST" and form.is_valid():
        row = form.coded()
        save_new(row, by=request.user, action="outside.indicator_added")
        messages.success(request, _("Saved."))
        return redirect("surveys:outside_indicator", row.code)
    context = {**_frame(request), "form": form, "indicator": None}
    return render(request, "surveys/outside_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SURVEYS_WRITE, Right.PROGRAMME_WRITE)
def change(request: HttpRequest, code: str) -> HttpResponse:
    row = get_object_or_404(OutsideIndicator, code=code)
    form = IndicatorForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        return save_form(request, form, action="outside.indicator_changed")
    context = {**_frame(request), "form": form, "indicator": OutsideIndicator.objects.get(pk=row.pk)}
    return render(request, "surveys/outside_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SURVEYS_READ)
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """The line of one measurement; who may write adds a score beside it."""
    row = get_object_or_404(OutsideIndicator, code=code)
    if not may_write_outside(request.user):
        return _show(request, row, None, None) if request.method != "POST" else HttpResponse(status=403)
    form = ResultForm(request.POST or None, instance=OutsideResult(indicator=row))
    if request.method == "POST" and form.is_valid():
        save_new(form.save(commit=False), by=request.user, action="outside.added")
        messages.success(request, _("Saved."))
        return redirect("surveys:outside_indicator", code)
    return _show(request, row, form, None, 422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SURVEYS_WRITE, Right.PROGRAMME_WRITE)
def result(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Corrects a score; what it was stays in its history."""
    row = _result(code, pk)
    form = ResultForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            changed = save_edited(
                form.instance,
                version=form.seen_version,
                fields=ResultForm.Meta.fields,
                by=request.user,
                action="outside.corrected",
            )
        except Stale as stale:
            return clash(request, form, stale)
        messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
        return redirect("surveys:outside_indicator", code)
    stored = _result(code, pk)
    return _show(request, stored.indicator, form, stored, 422 if form.errors else 200)


@require_POST
@needs(Right.SURVEYS_WRITE, Right.PROGRAMME_WRITE)
def remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Away, or back."""
    row, is_removed = _result(code, pk), request.POST.get("wat") != "terug"
    try:
        set_removed(
            result=row, seen_version=whole(request.POST.get("version")) or 0, is_removed=is_removed, by=request.user
        )
        messages.success(request, _("The score is taken away.") if is_removed else _("The score is back."))
    except Stale as stale:
        messages.error(request, str(stale))
    return redirect("surveys:outside_result", code, pk)


def _result(code: str, pk: int) -> OutsideResult:
    return get_object_or_404(OutsideResult.objects.select_related("indicator"), indicator__code=code, pk=pk)


def _frame(request: HttpRequest) -> dict[str, object]:
    return {"nav": "surveys", "tabs": tabs_for(request.user), "tab": "outside"}


def _show(
    request: HttpRequest,
    row: OutsideIndicator,
    form: ResultForm | None,
    opened: OutsideResult | None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **_frame(request),
        "page": indicator_page(row, organisation(), now(), opened.pk if opened else 0),
        "form": form,
        "opened": opened,
        "earlier": earlier(opened) if opened is not None else [],
    }
    return render(request, "surveys/outside_indicator.html", context, status=status)
