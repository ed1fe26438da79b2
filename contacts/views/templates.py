"""Texts to begin a reply from: read by everybody who answers, changed by team leads (their own team's) and the coordinator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from channels_app.readability import Reading, read
from contacts.actions.change_template import add_template, change_template, may_change
from contacts.forms.templates import TemplateForm
from contacts.models import ReplyTemplate
from contacts.own_words import own_words
from contacts.pages.manage_tabs import manage_tabs
from organisation.clock import now
from organisation.errors import Refused, Stale
from organisation.kept import Kept
from organisation.roles import Right, needs
from organisation.snapshot import organisation
from organisation.views.conflict import conflict


@dataclass(frozen=True)
class TemplateRow:
    name: str
    start: str
    team: str
    subject: str
    is_active: bool
    use: str
    """What it is for, when that is no reply."""
    href: str
    is_selected: bool
    level: str
    """How hard the text is, by estimate; empty when there is too little of it."""
    is_hard: bool
    """Harder than B1."""


_LEVELS: Final[Kept[Reading]] = Kept(1_000)


def _reading(row: ReplyTemplate) -> Reading:
    """Of the text itself, without greeting and closing; worked out once for each text."""
    return _LEVELS.get(row.body, lambda: read(own_words(row.body)))


@require_safe
@needs(Right.TEMPLATES_USE, Right.TEMPLATES_WRITE)
def templates(request: HttpRequest) -> HttpResponse:
    """All texts."""
    return _page(request)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.TEMPLATES_WRITE)
def template_new(request: HttpRequest) -> HttpResponse:
    form = TemplateForm(organisation(), _own_teams(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = add_template(terms=form.terms(), by=request.user, at=now())
        except Refused as refused:
            refused.tell(form)
        else:
            messages.success(request, _("The template is saved."))
            return redirect("contacts:template", row.pk)
    return _page(request, None, form, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.TEMPLATES_USE, Right.TEMPLATES_WRITE)
def template(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(ReplyTemplate, pk=pk)
    may = may_change(request.user, row)
    if request.method != "POST":
        form = TemplateForm(organisation(), _own_teams(request), row=row, initial=_initial(row)) if may else None
        return _page(request, row, form)
    if not may:
        raise PermissionDenied
    form = TemplateForm(organisation(), _own_teams(request), request.POST, row=row)
    if form.is_valid():
        try:
            change_template(
                template=row, terms=form.terms(), by=request.user, at=now(), version=form.cleaned_data["version"] or 0
            )
        except Stale as stale:
            before = _initial(stale.theirs)
            return conflict(request, form=form, before=before, now_version=stale.theirs.version, back_url=request.path)
        except Refused as refused:
            refused.tell(form)
        else:
            messages.success(request, _("The template is saved."))
            return redirect("contacts:template", row.pk)
    return _page(request, row, form, status=422)


def _own_teams(request: HttpRequest) -> frozenset[int] | None:
    """The teams somebody may write for; None is every team."""
    user = request.user
    return None if user.may(Right.NORMS_WRITE) or user.may(Right.API_CLIENTS_WRITE) else user.led_team_ids


def _initial(row: ReplyTemplate) -> dict[str, object]:
    return {
        "name": row.name,
        "body": row.body,
        "team": str(row.team_id or ""),
        "subject": str(row.subject_id or ""),
        "is_active": row.is_active,
        "use": row.use,
        "version": row.version,
    }


def _page(
    request: HttpRequest, row: ReplyTemplate | None = None, form: TemplateForm | None = None, status: int = 200
) -> HttpResponse:
    house = organisation()
    rows = [
        TemplateRow(
            name=one.name,
            start=Truncator(one.body).chars(90),
            team=house.teams[one.team_id].name if one.team_id in house.teams else _("all teams"),
            subject=house.subjects[one.subject_id].name if one.subject_id in house.subjects else _("all subjects"),
            is_active=one.is_active,
            use=str(one.get_use_display()) if one.use else "",
            href=reverse("contacts:template", args=[one.pk]),
            is_selected=row is not None and one.pk == row.pk,
            level=_reading(one).level,
            is_hard=bool(_reading(one).level) and not _reading(one).is_plain,
        )
        for one in ReplyTemplate.objects.all()[:500]
    ]
    context = {
        "rows": rows,
        "row": row,
        "form": form,
        "address": request.path,
        "may_add": may_change(request.user),
        "tab": "templates",
        "tabs": manage_tabs(request.user),
        "nav": "manage",
    }
    return render(request, "contacts/templates.html", context, status=status)
