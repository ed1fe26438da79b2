"""Withdrawing a project or goal, and bringing it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organisation.clock import now
from organisation.errors import Refused, Stale
from organisation.roles import Right, needs
from programme.access import get_goal, get_project
from programme.actions.withdraw import bring_back, withdraw
from programme.forms.rows import WithdrawForm
from programme.pages.goal import goal_page
from programme.pages.project import project_page
from programme.pages.tabs import tabs

WORDS = {"project": "project", "doel": "goal"}


@require_POST
@needs(Right.PROGRAMME_WRITE)
def withdraw_row(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """With a reason; the message offers to take it back."""
    row = _get(request, kind, pk)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            withdraw(row, reason=data["reason"], version=data["version"] or 0, by=request.user, at=now())
        except Stale as stale:
            form.add_error(None, stale.message)
        except Refused as refused:
            refused.tell(form)
        else:
            undo = reverse("programme:bring_back", args=[kind, pk])
            messages.success(request, _("Withdrawn: %(what)s.") % {"what": row}, extra_tags=f"undo:{undo}")
            return redirect(f"programme:{WORDS[kind]}", pk)
    page: Any = (
        project_page(request.user, row, at=now(), withdraw=form)
        if kind == "project"
        else goal_page(request.user, row, at=now(), withdraw=form)
    )
    context = {"page": page, "tabs": tabs(), "may_write": True, "nav": "progress"}
    return render(request, f"programme/{WORDS[kind]}.html", context, status=422)


@require_POST
@needs(Right.PROGRAMME_WRITE)
def bring_back_row(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    bring_back(_get(request, kind, pk), by=request.user, at=now())
    messages.success(request, _("It is part of the programme again."))
    return redirect(f"programme:{WORDS[kind]}", pk)


def _get(request: HttpRequest, kind: str, pk: int) -> Any:
    if kind not in WORDS:
        raise Http404
    return get_project(request.user, pk) if kind == "project" else get_goal(request.user, pk)
