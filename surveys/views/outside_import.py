"""Reading in a file of outside results: take it in, say which column is what, look, and only then read it in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organisation.clock import now
from organisation.errors import Refused, Stale
from organisation.numbers import whole
from organisation.roles import Right, needs
from surveys.actions.outside import choose_columns, confirm, drop, plan_of, take_in
from surveys.forms.outside import ColumnsForm, FileForm
from surveys.models import OutsideImport
from surveys.pages.outside_import import done_words, file_words, import_page
from surveys.pages.tabs import tabs_for
from surveys.table_file import MOST_BYTES

MANY = 10


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SURVEYS_WRITE, Right.PROGRAMME_WRITE)
def take(request: HttpRequest) -> HttpResponse:
    """A file is only read here; nothing counts yet."""
    is_sent = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if is_sent else FileForm()
    if is_sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            row = take_in(by=request.user, at=now(), name=file.name or "", raw=file.read(MOST_BYTES + 1))
            return redirect("surveys:outside_import", row.pk)
        except Refused as refused:
            form.add_error("file", file_words(refused.message))
    context = {
        **_frame(request),
        "form": form,
        "waiting": OutsideImport.objects.filter(state=OutsideImport.State.OPEN).select_related("by")[:MANY],
        "done": [
            (row, done_words(row))
            for row in OutsideImport.objects.filter(state=OutsideImport.State.DONE).select_related("by")[:MANY]
        ],
    }
    return render(request, "surveys/outside_file.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SURVEYS_WRITE, Right.PROGRAMME_WRITE)
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be read in; POST says which column is what."""
    row = get_object_or_404(OutsideImport.objects.select_related("by"), pk=pk)
    if row.state != OutsideImport.State.OPEN:
        return redirect("surveys:outside_file")
    plan = plan_of(row)
    form = ColumnsForm(row, plan, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            choose_columns(
                row=row, seen_version=_seen(request), columns=form.columns, fixed=form.fixed, by=request.user
            )
        except Stale as stale:
            messages.error(request, str(stale))
        return redirect("surveys:outside_import", pk)
    context = {**_frame(request), "row": row, "form": form, "page": import_page(row, plan)}
    return render(request, "surveys/outside_import.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Right.SURVEYS_WRITE, Right.PROGRAMME_WRITE)
def confirm_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Reads it in as it was seen, all of it or nothing."""
    row = get_object_or_404(OutsideImport, pk=pk)
    try:
        done = confirm(
            row=row, seen_version=_seen(request), seen=request.POST.get("seen", ""), by=request.user, at=now()
        )
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("surveys:outside_import", pk)
    messages.success(request, done_words(done))
    return redirect("surveys:outside")


@require_POST
@needs(Right.SURVEYS_WRITE, Right.PROGRAMME_WRITE)
def drop_import(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        drop(row=get_object_or_404(OutsideImport, pk=pk), by=request.user, at=now())
        messages.success(request, _("The file is thrown away. Nothing was read in."))
    except Stale as stale:
        messages.error(request, str(stale))
    return redirect("surveys:outside_file")


def _seen(request: HttpRequest) -> int:
    return whole(request.POST.get("version")) or 0


def _frame(request: HttpRequest) -> dict[str, object]:
    return {"nav": "surveys", "tabs": tabs_for(request.user), "tab": "outside"}
