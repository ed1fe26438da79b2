"""Adding, changing and removing rows of the programme."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organisation.clock import now
from organisation.errors import Refused
from organisation.numbers import whole
from programme.access import may_change, may_write, owner_kinds, updatable
from programme.actions.remove_row import put_back, remove_row, removed_before
from programme.actions.save_row import save_row
from programme.pages.tabs import tabs
from programme.views.kinds import Kind, kind_of
from programme.views.saving import save


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, kind: str) -> HttpResponse:
    """A new row; the owner of a project adds milestones and risks to it."""
    what = kind_of(kind, is_new=True)
    if not may_write(request.user) and not (issubclass(what.model, owner_kinds()) and updatable(request.user).exists()):
        raise PermissionDenied
    parent = whole(request.GET.get(what.parent)) if what.parent else None
    initial = {what.parent: parent} if parent else {}
    form = what.form(request.POST or None, user=request.user, initial=initial)
    return _answer(request, what, form, title=str(what.new), kind=kind)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """An existing row, with its version."""
    what = kind_of(kind)
    row = _get(request, what, pk)
    form = what.form(request.POST or None, user=request.user, instance=row)
    return _answer(request, what, form, title=str(row), kind=kind)


@require_POST
def remove(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Gone at once; the message offers to take it back. Pressed twice it is gone once."""
    what = kind_of(kind, is_removable=True)
    if (gone := removed_before(what.model, pk)) is not None and may_change(request.user, gone):
        messages.info(request, _("This was removed already: %(what)s.") % {"what": f"{what.title} “{gone}”"})
        return redirect(what.back(gone))
    row = _get(request, what, pk)
    back = what.back(row)
    history_id = remove_row(row, by=request.user, name=what.name)
    undo = reverse("programme:put_back", args=[kind, history_id])
    messages.success(request, _("Removed: %(what)s.") % {"what": f"{what.title} “{row}”"}, extra_tags=f"undo:{undo}")
    return redirect(back)


@require_POST
def undo_remove(request: HttpRequest, kind: str, history_id: int) -> HttpResponse:
    what = kind_of(kind, is_removable=True)
    try:
        row = put_back(what.model, history_id, by=request.user, name=what.name)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("programme:front")
    messages.success(request, _("Put back."))
    return redirect(what.back(row))


def _get(request: HttpRequest, what: Kind, pk: int) -> Any:
    """404 when it is not there or not visible, 403 when it may only be read."""
    related = ["project"] if issubclass(what.model, owner_kinds()) else []
    found = what.model._default_manager.select_related(*related).filter(pk=pk).first()
    if found is None:
        raise Http404
    if not may_change(request.user, found):
        raise PermissionDenied
    return found


def _answer(request: HttpRequest, what: Kind, form: Any, *, title: str, kind: str) -> HttpResponse:
    is_new = form.instance.pk is None
    back = what.back(form.instance) if not is_new else _came_from(what, form)
    if request.method == "POST" and form.is_valid():
        seen = form.seen_version if hasattr(form.instance, "version") else 0
        fields = list(form._meta.fields)
        answer = save(
            request,
            form,
            lambda: save_row(form.instance, by=request.user, at=now(), fields=fields, version=seen, name=what.name),
            back=back,
        )
        if answer is not None:
            return answer
        if not form.errors:
            messages.success(request, _("Saved."))
            return redirect(what.back(form.instance))
    context = {
        "form": form,
        "title": title,
        "word": what.title,
        "kind": kind,
        "row": form.instance,
        "is_new": is_new,
        "is_removable": what.is_removable and not is_new,
        "back": back,
        "tabs": tabs(),
        "nav": "progress",
    }
    return render(request, "programme/edit.html", context, status=422 if form.errors else 200)


def _came_from(what: Kind, form: Any) -> str:
    """Where a new row will stand, as far as that is known."""
    parent = form.initial.get(what.parent)
    if parent and what.parent in ("project", "goal"):
        return reverse(f"programme:{what.parent}", args=[parent])
    return {
        "goal": reverse("programme:goals"),
        "risk": reverse("programme:risks"),
        "decision": reverse("programme:decisions"),
        "money": reverse("programme:money"),
        "budget": reverse("programme:money"),
    }.get(what.name, reverse("programme:front"))
