"""One project, its state and what it waits for."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from organisation.clock import now
from organisation.errors import Refused
from organisation.roles import Right, needs
from programme.access import get_project, may_update, may_write
from programme.actions.dependencies import add_dependency
from programme.actions.give_state import give_state
from programme.actions.remove_row import remove_row, removed_before
from programme.forms.rows import DependencyForm, StateForm
from programme.models import Dependency, Project
from programme.pages.project import project_page
from programme.pages.tabs import tabs
from programme.views.saving import save


@require_safe
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """For readers of the programme, and for the owner."""
    return _page(request, get_project(request.user, pk))


@require_POST
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """How it stands, and why; by the owner or the director."""
    found = get_project(request.user, pk)
    if not may_update(request.user, found):
        raise PermissionDenied
    form = StateForm(request.POST, instance=get_project(request.user, pk))
    if form.is_valid():
        given = form.cleaned_data
        answer = save(
            request,
            form,
            lambda: give_state(
                project=found,
                by=request.user,
                at=now(),
                light=given["light"],
                reason=given["light_reason"],
                done_on=given["done_on"],
                version=form.seen_version,
            ),
            back=reverse("programme:project", args=[pk]),
        )
        if answer is not None:
            return answer
        if not form.errors:
            messages.success(request, _("The state is saved."))
            return redirect("programme:project", pk=pk)
    return _page(request, found, state=form)


@require_POST
@needs(Right.PROGRAMME_WRITE)
def wait_for(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_project(request.user, pk)
    form = DependencyForm(request.POST).offer(found)
    if form.is_valid():
        needs = form.cleaned_data["needs"]
        back = reverse("programme:project", args=[pk])
        save(request, form, lambda: add_dependency(project=found, needs=needs, by=request.user), back=back)
        if not form.errors:
            messages.success(request, _("Saved."))
            return redirect(back)
    return _page(request, found, dependency=form)


@require_POST
@needs(Right.PROGRAMME_WRITE)
def wait_no_more(request: HttpRequest, pk: int) -> HttpResponse:
    if (gone := removed_before(Dependency, pk)) is not None:
        messages.info(request, _("This project no longer waits for that one."))
        return redirect("programme:project", pk=gone.project_id)
    row = get_object_or_404(Dependency, pk=pk)
    project_id = row.project_id
    history_id = remove_row(row, by=request.user, name="dependency")
    undo = reverse("programme:wait_again", args=[history_id])
    messages.success(request, _("This project no longer waits for that one."), extra_tags=f"undo:{undo}")
    return redirect("programme:project", pk=project_id)


@require_POST
@needs(Right.PROGRAMME_WRITE)
def wait_again(request: HttpRequest, history_id: int) -> HttpResponse:
    """Takes back that it no longer waits; refused when that would close a circle by now."""
    kept = Dependency.history.filter(history_id=history_id, history_type="-").first()
    if kept is None:
        raise Http404
    row = kept.instance
    try:
        add_dependency(project=row.project, needs=row.needs, by=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Put back."))
    return redirect("programme:project", pk=row.project_id)


def _page(request: HttpRequest, found: Project, **wrong: object) -> HttpResponse:
    page = project_page(request.user, found, at=now(), **wrong)
    shown = tabs() if request.user.may(Right.PROGRAMME_READ) else ()
    context = {"page": page, "tabs": shown, "may_write": may_write(request.user), "nav": "progress"}
    return render(request, "programme/project.html", context, status=422 if wrong else 200)
