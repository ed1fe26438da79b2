"""`/cijfers/indeling/`: one's own layout of the dashboard, and the views one keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qsl

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from contacts.rulebook import rulebook
from kpi.actions.keep_view import drop_view, keep_view, start_with
from kpi.forms.views import ViewForm
from kpi.models import FiguresView
from kpi.pages.arrange import arrange, kept_query, views_of
from kpi.pages.filters import Question, question_of
from kpi.reach import teams_in_reach
from organisation.clock import now
from organisation.errors import Refused, Stale
from organisation.roles import Right, needs
from organisation.snapshot import organisation
from organisation.views.conflict import conflict
from organisation.workdays import local_day

if TYPE_CHECKING:
    from organisation.models import User
    from organisation.snapshot import Organisation


@require_GET
@needs(Right.FIGURES_READ)
def arrange_dashboard(request: HttpRequest) -> HttpResponse:
    """Choose and order; nothing is kept until it has a name."""
    question = question_of(request.GET, request.user, organisation(), local_day(now()))
    return _page(request, question, ViewForm())


@require_POST
@needs(Right.FIGURES_READ)
def save_view(request: HttpRequest) -> HttpResponse:
    """Keeps filters and layout under a name."""
    try:
        params = dict(parse_qsl(request.POST.get("query", "")[:1200], max_num_fields=20))
    except ValueError:
        params = {}
    question = question_of(params, request.user, organisation(), local_day(now()))
    form = ViewForm(request.POST)
    if form.is_valid():
        data = dict(form.cleaned_data)
        data["version"] = data["version"] or 0
        try:
            view = keep_view(by=request.user, at=now(), query=kept_query(question.asked), **data)
        except Stale as stale:
            theirs = cast("FiguresView", stale.theirs)
            before = {"name": theirs.name, "is_default": theirs.is_default}
            back = f"{reverse('kpi:arrange')}?{question.asked.query()}"
            return conflict(request, form=form, before=before, now_version=theirs.version, back_url=back, nav="figures")
        except Refused as refused:
            refused.tell(form)
        else:
            messages.success(request, _("The view %(name)s is saved.") % {"name": view.name})
            return redirect(f"{reverse('kpi:dashboard')}?{question.asked.query()}")
    return _page(request, question, form, status=422)


@require_POST
@needs(Right.FIGURES_READ)
def begin_with_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Begins with this view, or no longer does."""
    try:
        view = start_with(by=request.user, at=now(), pk=pk, is_default=request.POST.get("begin") == "1")
    except Refused as refused:
        messages.info(request, refused.message)
        return redirect("kpi:arrange")
    if view.is_default:
        messages.success(request, _("The figures begin with %(name)s.") % {"name": view.name})
    else:
        messages.success(request, _("The figures begin with the usual layout."))
    return redirect("kpi:arrange")


@require_POST
@needs(Right.FIGURES_READ)
def remove_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Throws one of one's own views away; a second click finds it gone."""
    try:
        name = drop_view(by=request.user, at=now(), pk=pk)
    except Refused as refused:
        messages.info(request, refused.message)
    else:
        messages.success(request, _("The view %(name)s is gone.") % {"name": name})
    return redirect("kpi:arrange")


def _shared(question: Question, user: User, house: Organisation) -> str:
    """The address to give to somebody else. "My teams" is another team for everybody, so one's only team is named in it."""
    reach = teams_in_reach(user)
    if question.asked.team or reach is None or len(reach) != 1:
        return question.asked.query()
    return question.asked.query(team=house.teams[next(iter(reach))].code)


def _page(request: HttpRequest, question: Question, form: ViewForm, status: int = 200) -> HttpResponse:
    house = organisation()
    views = views_of(request.user)
    page = arrange(question, request.user, house, rulebook(house), views, local_day(now()))
    link = request.build_absolute_uri(f"{reverse('kpi:dashboard')}?{_shared(question, request.user, house)}")
    context = {"page": page, "form": form, "link": link, "nav": "figures"}
    return render(request, "kpi/arrange.html", context, status=status)
