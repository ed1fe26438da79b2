"""Teams: their address, their calendar, who is in them."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisation.actions.save import save_new
from organisation.clock import today
from organisation.forms.people import TeamForm
from organisation.models import Membership, Team
from organisation.pages.teams import member_rows, team_row
from organisation.roles import Right, needs
from organisation.views.edit import save_form


@require_safe
@needs(Right.PEOPLE_READ)
def teams(request: HttpRequest) -> HttpResponse:
    members = Membership.objects.valid_on(today()).filter(user__is_active=True).select_related("user")
    rows = Team.objects.select_related("calendar").prefetch_related(
        Prefetch("memberships", members, to_attr="valid_now")
    )
    context = {
        "nav": "manage",
        "teams": [team_row(team) for team in rows.order_by("-is_active", "name")],
        "may_write": request.user.may(Right.PEOPLE_WRITE),
    }
    return render(request, "organisation/teams.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PEOPLE_WRITE)
def new_team(request: HttpRequest) -> HttpResponse:
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        team = form.save(commit=False)
        team.code = _free_code(team.name)
        save_new(team, by=request.user, action="team.added")
        messages.success(request, _("Team %(name)s is added.") % {"name": team.name})
        return redirect("organisation:teams")
    return render(
        request, "organisation/team.html", {"nav": "manage", "form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PEOPLE_READ)
def team(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Team, pk=pk)
    may_write = request.user.may(Right.PEOPLE_WRITE)
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    form = TeamForm(request.POST or None, instance=get_object_or_404(Team, pk=pk))
    if request.method == "POST" and form.is_valid():
        return save_form(request, form, action="team.changed")
    context = {"nav": "manage", "form": form, "team": row, "members": member_rows(row), "may_write": may_write}
    return render(request, "organisation/team.html", context, status=422 if form.errors else 200)


def _free_code(name: str) -> str:
    base = slugify(name)[:34] or "team"
    taken = set(Team.objects.filter(code__startswith=base).values_list("code", flat=True))
    code, number = base, 2
    while code in taken:
        code, number = f"{base}-{number}", number + 1
    return code
