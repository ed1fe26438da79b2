"""Questionnaires that are held for some time: the coordinator holds them, who reads results sees what came of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.actions.save import save_new
from organisation.clock import now, today
from organisation.errors import Refused
from organisation.numbers import whole
from organisation.roles import Right, needs
from organisation.snapshot import organisation
from organisation.views.edit import save_form
from surveys.actions.plan_round import plan_round, stop_round, take_back
from surveys.forms.rounds import INTRO_EN, INTRO_NL, RoundForm
from surveys.models import SurveyPlace, SurveyQuestion, SurveyRound, SurveyVersion
from surveys.pages.collected import outcomes_of_place, outcomes_of_round
from surveys.pages.rounds import cuts_of, days_of, round_page, round_rows
from surveys.pages.tabs import tabs_for
from surveys.spans import LATELY, span_of

State = SurveyRound.State


@require_safe
@needs(Right.SURVEYS_READ)
def rounds(request: HttpRequest) -> HttpResponse:
    context = {**_frame(request), "rows": round_rows(), "may_write": request.user.may(Right.SURVEYS_WRITE)}
    return render(request, "surveys/rounds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SURVEYS_WRITE)
def add(request: HttpRequest) -> HttpResponse:
    form = RoundForm(request.POST or None, initial={"intro_nl": INTRO_NL, "intro_en": INTRO_EN})
    if request.method == "POST" and form.is_valid():
        row = form.save(commit=False)
        save_new(row, by=request.user, action="round.added")
        messages.success(request, _("Saved."))
        return redirect("surveys:round", row.pk)
    return render(
        request, "surveys/round_new.html", {**_frame(request), "form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SURVEYS_WRITE)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything can be changed until it is planned."""
    row = _round(pk)
    form = RoundForm(request.POST or None, instance=row) if row.state == State.DRAFT else None
    if request.method == "POST":
        if form is None:
            messages.error(request, _("This questionnaire is planned or began. It cannot be changed any more."))
            return redirect("surveys:round", pk)
        if form.is_valid():
            return save_form(request, form, action="round.changed")
    page = round_page(_round(pk), now(), counts=request.GET.get("tel") == "1")
    status = 422 if form is not None and form.errors else 200
    return render(request, "surveys/round.html", {**_frame(request), "page": page, "form": form}, status=status)


@require_POST
@needs(Right.SURVEYS_WRITE)
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Plan it, take that back, or stop it."""
    row, seen = get_object_or_404(SurveyRound, pk=pk), whole(request.POST.get("version")) or 0
    try:
        if what == "klaarzetten":
            plan_round(row=row, seen_version=seen, by=request.user, at=now())
            messages.success(request, _("It begins by itself on its first day."))
        elif what == "terug":
            take_back(row=row, seen_version=seen, by=request.user)
            messages.success(request, _("It does not begin. You can change it again."))
        elif what == "stoppen":
            stop_round(row=row, seen_version=seen, by=request.user, at=now())
            messages.success(request, _("Stopped. What was answered counts."))
        else:
            raise Http404
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("surveys:round", pk)


@require_safe
@needs(Right.SURVEYS_READ)
def round_results(request: HttpRequest, pk: int) -> HttpResponse:
    row = _round(pk)
    if row.began_at is None:
        raise Http404
    whole_response, cuts = cuts_of(row)
    context = {
        **_frame(request),
        "title": row.name,
        "lead": days_of(row),
        "held": row,
        "outcomes": outcomes_of_round(row, organisation(), now()),
        "response": whole_response,
        "cuts": cuts,
        "anybody": row.way == SurveyRound.Way.LINK,
        "words_query": _words_query(row) if request.user.may(Right.SURVEYS_WORDS) else "",
        "back": ("surveys:rounds", _("Research")),
    }
    return render(request, "surveys/collected.html", context)


@require_safe
@needs(Right.SURVEYS_READ)
def place_results(request: HttpRequest, code: str) -> HttpResponse:
    """What was answered behind one code: a counter, a newsletter, a letter."""
    place = get_object_or_404(SurveyPlace.objects.select_related("survey"), code=code, round__isnull=True)
    asked = SurveyVersion.State.RUNNING
    questions = list(SurveyQuestion.objects.filter(version__survey_id=place.survey_id, version__state=asked))
    context = {
        **_frame(request),
        "tab": "results",
        "title": place.name,
        "lead": place.survey.name,
        "outcomes": outcomes_of_place(place, questions, organisation(), now()),
        "response": None,
        "cuts": [],
        "anybody": True,
        "words_query": "",
        "back": ("surveys:results", _("Results")),
    }
    return render(request, "surveys/collected.html", context)


def _words_query(row: SurveyRound) -> str:
    """What was written in this questionnaire, of its own year when that is over."""
    is_lately = row.starts_on >= span_of(LATELY, today()).first
    return f"onderzoek={row.pk}" if is_lately else f"onderzoek={row.pk}&periode={row.starts_on.year}"


def _round(pk: int) -> SurveyRound:
    return get_object_or_404(SurveyRound.objects.select_related("survey", "survey_version", "place"), pk=pk)


def _frame(request: HttpRequest) -> dict[str, object]:
    return {"nav": "surveys", "tabs": tabs_for(request.user), "tab": "rounds"}
