"""`/voortgang/rondes/`: opening a round, handing in an update, the story, and issuing the report."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.clock import now
from organisation.errors import Refused, Stale
from organisation.roles import Right, needs
from organisation.views.conflict import conflict
from programme.actions.issue_report import issue_report
from programme.actions.open_round import open_round
from programme.actions.save_story import save_story
from programme.actions.save_update import save_update
from programme.forms.rounds import IssueForm, OpenForm, StoryForm, UpdateForm
from programme.models import IssuedStatusReport, Milestone, StatusUpdate
from programme.pages.rounds import get_round, get_update, round_page, rounds_page, update_form, update_page
from programme.pages.tabs import tabs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PROGRAMME_READ)
def list_rounds(request: HttpRequest) -> HttpResponse:
    """GET: rounds and reports. POST: the director opens a round."""
    form = None
    if request.method == "POST":
        if not request.user.may(Right.PROGRAMME_WRITE):
            raise PermissionDenied
        form = OpenForm(request.POST)
        if form.is_valid():
            try:
                opened = open_round(by=request.user, at=now(), **form.cleaned_data)
            except Refused as refused:
                refused.tell(form)
            else:
                messages.success(request, _("The round is open. The owners were asked for their update."))
                return redirect("programme:round", opened.pk)
    page = rounds_page(request.user, at=now(), form=form)
    status = 200 if form is None else 422
    context = {"page": page, "tabs": tabs(), "tab": "rounds", "nav": "progress"}
    return render(request, "programme/rounds.html", context, status=status)


@require_safe
@needs(Right.PROGRAMME_READ)
def show_round(request: HttpRequest, pk: int) -> HttpResponse:
    return _round(request, pk)


@require_POST
@needs(Right.PROGRAMME_WRITE)
def write_story(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_round(request.user, pk)
    form = StoryForm(request.POST)
    if form.is_valid():
        try:
            save_story(
                round_=one,
                text=form.cleaned_data["narrative"],
                version=form.cleaned_data["version"] or 0,
                by=request.user,
                at=now(),
            )
        except Stale as stale:
            back = reverse("programme:round", args=[pk])
            return _conflict(request, form, {"narrative": stale.theirs.narrative}, stale, back)
        messages.success(request, _("The story is saved."))
        return redirect("programme:round", pk)
    return _round(request, pk, story=form)


@require_POST
@needs(Right.PROGRAMME_WRITE)
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_round(request.user, pk)
    given = {report.body: report for report in IssuedStatusReport.objects.filter(round=one).defer("html", "content")}
    if there := given.get(request.POST.get("body", "")):
        messages.info(request, _("This report was issued already, as %(number)s.") % {"number": there.number})
        return redirect("programme:report", there.pk)
    form = IssueForm(request.POST).offer(given)
    if form.is_valid():
        try:
            report = issue_report(round_=one, body=form.cleaned_data["body"], by=request.user, at=now())
        except Refused as refused:
            refused.tell(form)
        else:
            messages.success(request, _("%(number)s is issued.") % {"number": report.number})
            return redirect("programme:report", report.pk)
    return _round(request, pk, issue=form)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_update(request: HttpRequest, pk: int) -> HttpResponse:
    """For the owner of the project and the director; nobody else knows that it is there."""
    update = get_update(request.user, pk)
    if request.method != "POST":
        page = update_page(request.user, pk, at=now())
        return render(request, "programme/round_update.html", {"page": page, "nav": "progress"})
    is_draft = "draft" in request.POST
    milestones = list(Milestone.objects.filter(project=update.project))
    form = UpdateForm(request.POST, milestones=milestones, is_draft=is_draft)
    if form.is_valid():
        data = form.cleaned_data
        try:
            save_update(
                update=update,
                light=data["light"],
                reason=data["reason"],
                done=data["done"],
                ahead=data["ahead"],
                days=form.days(),
                hand_in=not is_draft,
                version=data["version"] or 0,
                by=request.user,
                at=now(),
            )
        except Stale as stale:
            before = update_form(stale.theirs, milestones).initial
            return _conflict(request, form, before, stale, request.path)
        except Refused as refused:
            refused.tell(form)
            if refused.field.startswith("due_"):
                form.see(Milestone.objects.filter(project=update.project))
        else:
            done = _("Your draft is saved.") if is_draft else _("Your update is handed in.")
            messages.success(request, done)
            return redirect("programme:update", pk) if is_draft else _after_handing_in(request, update)
    page = update_page(request.user, pk, at=now(), form=form)
    return render(request, "programme/round_update.html", {"page": page, "nav": "progress"}, status=422)


def _round(
    request: HttpRequest, pk: int, *, story: StoryForm | None = None, issue: IssueForm | None = None
) -> HttpResponse:
    page = round_page(request.user, pk, at=now(), story=story, issue=issue)
    status = 200 if story is None and issue is None else 422
    return render(request, "programme/round.html", {"page": page, "nav": "progress"}, status=status)


def _after_handing_in(request: HttpRequest, update: StatusUpdate) -> HttpResponse:
    """An owner need not be a reader of the programme."""
    if request.user.may(Right.PROGRAMME_READ):
        return redirect("programme:rounds")
    return redirect("programme:project", update.project_id)


def _conflict(
    request: HttpRequest, form: StoryForm | UpdateForm, before: dict[str, Any], stale: Stale, back_url: str
) -> HttpResponse:
    version = stale.theirs.version
    return conflict(request, form=form, before=before, now_version=version, back_url=back_url, nav="progress")
