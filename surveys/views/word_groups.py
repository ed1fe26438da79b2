"""Themes of words in what customers write."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organisation import audit
from organisation.actions.save import save_new
from organisation.roles import Right, needs
from organisation.transact import one_transaction
from organisation.views.edit import save_form
from surveys.forms.rounds import WordGroupForm
from surveys.models import WordGroup
from surveys.pages.tabs import tabs_for

MOST = 40
"""Themes; all are counted whenever the page is opened."""


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SURVEYS_WRITE)
def groups(request: HttpRequest) -> HttpResponse:
    form = WordGroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if WordGroup.objects.count() >= MOST:
            form.add_error(None, _("There are %(most)s themes already. Take one away first.") % {"most": MOST})
        else:
            save_new(form.save(commit=False), by=request.user, action="words.added")
            messages.success(request, _("Saved."))
            return redirect("surveys:word_groups")
    return _show(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SURVEYS_WRITE)
def group(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(WordGroup, pk=pk)
    form = WordGroupForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        return save_form(request, form, action="words.changed")
    return _show(request, form, WordGroup.objects.get(pk=pk))


@require_POST
@needs(Right.SURVEYS_WRITE)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """The texts stay as they are; the history keeps the theme."""
    _remove(get_object_or_404(WordGroup, pk=pk), request)
    messages.success(request, _("The theme is gone. The texts stay."))
    return redirect("surveys:word_groups")


@one_transaction
def _remove(row: WordGroup, request: HttpRequest) -> None:
    audit.record(by=request.user, action="words.removed", obj=row, name=row.name)
    row.delete()


def _show(request: HttpRequest, form: WordGroupForm, row: WordGroup | None) -> HttpResponse:
    context = {
        "nav": "surveys",
        "tabs": tabs_for(request.user),
        "tab": "words",
        "rows": list(WordGroup.objects.all()),
        "form": form,
        "group": row,
    }
    return render(request, "surveys/word_groups.html", context, status=422 if form.errors else 200)
