"""The editor: write a new version, look at it as on a phone, publish it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.actions.save import save_new
from organisation.clock import now
from organisation.errors import Refused, Stale
from organisation.numbers import whole
from organisation.roles import Right, needs
from organisation.snapshot import organisation
from organisation.views.for_customers import speak
from surveys.actions.write_version import begin_draft, drop_draft, publish, save_draft
from surveys.forms.draft import NewSurveyForm, forms_of
from surveys.models import Survey, SurveyVersion
from surveys.pages.ask import ask_page
from surveys.pages.surveys import survey_rows, version_words
from surveys.pages.tabs import tabs_for


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SURVEYS_WRITE)
def surveys(request: HttpRequest) -> HttpResponse:
    """The list, and a new one: it is written at once and runs when its first version is published."""
    form = NewSurveyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = form.coded()
        save_new(row, by=request.user, action="survey.added")
        begin_draft(survey=row, by=request.user, at=now())
        return redirect("surveys:survey", row.code)
    context = {"nav": "surveys", "rows": survey_rows(), "form": form, "tabs": tabs_for(request.user), "tab": "surveys"}
    return render(request, "surveys/surveys.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SURVEYS_WRITE)
def survey(request: HttpRequest, code: str) -> HttpResponse:
    """The version that runs, to read; the draft, to write."""
    row = get_object_or_404(Survey, code=code)
    draft = _version(row, SurveyVersion.State.DRAFT)
    if request.method != "POST":
        if draft is None:
            return _show(request, row, {})
        head, questions = forms_of(draft, None)
        return _show(request, row, {"draft": draft, "head": head, "questions": questions})
    if draft is None:
        return _gone(request, row)
    head, questions = forms_of(draft, request.POST)
    status = 422
    if head.is_valid() & questions.is_valid():
        try:
            save_draft(
                draft=draft,
                seen_version=_seen(request, draft),
                title_nl=head.cleaned_data["title_nl"],
                title_en=head.cleaned_data["title_en"],
                questions=questions.questions(),
                by=request.user,
            )
        except Stale:
            draft = _version(row, SurveyVersion.State.DRAFT)
            if draft is None:
                return _gone(request, row)
            head.data = {**request.POST.dict(), "version": str(draft.version), "draft": str(draft.pk)}
            head.add_error(None, _("A colleague changed this while you were writing. Save again to keep your text."))
            status = 409
        else:
            messages.success(request, _("Saved."))
            return redirect("surveys:survey", code)
    return _show(request, row, {"draft": draft, "head": head, "questions": questions}, status)


@require_POST
@needs(Right.SURVEYS_WRITE)
def begin(request: HttpRequest, code: str) -> HttpResponse:
    begin_draft(survey=get_object_or_404(Survey, code=code), by=request.user, at=now())
    return redirect("surveys:survey", code)


@require_POST
@needs(Right.SURVEYS_WRITE)
def publish_draft(request: HttpRequest, code: str) -> HttpResponse:
    draft = _draft(code)
    try:
        publish(draft=draft, seen_version=_seen(request, draft), by=request.user, at=now())
        messages.success(request, _("The new version runs from now on."))
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("surveys:survey", code)


@require_POST
@needs(Right.SURVEYS_WRITE)
def drop(request: HttpRequest, code: str) -> HttpResponse:
    draft = _draft(code)
    try:
        drop_draft(draft=draft, seen_version=_seen(request, draft), by=request.user)
        messages.success(request, _("The draft is gone. The version that runs stays as it is."))
    except Stale as stale:
        messages.error(request, str(stale))
    return redirect("surveys:survey", code)


@require_safe
@needs(Right.SURVEYS_WRITE)
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """The draft, or the version that runs, as wide as a phone; nothing can be sent."""
    row = get_object_or_404(Survey, code=code)
    version = _version(row, SurveyVersion.State.DRAFT) or _version(row, SurveyVersion.State.RUNNING)
    if version is None:
        raise Http404
    language = speak(request)
    context = {
        "page": ask_page(
            version, list(version.questions.all()), None, "", asks_contact=row.purpose == Survey.Purpose.CONTACT
        ),
        "language": language,
        "municipality": organisation().municipality,
        "back": row.code,
    }
    return render(request, "surveys/preview.html", context)


def _version(row: Survey, state: str) -> SurveyVersion | None:
    return row.versions.filter(state=state).prefetch_related("questions").first()


def _draft(code: str) -> SurveyVersion:
    return get_object_or_404(SurveyVersion, survey__code=code, state=SurveyVersion.State.DRAFT)


def _seen(request: HttpRequest, draft: SurveyVersion) -> int:
    """How far this draft was when the writer saw it; 0 when that was another draft, of which the numbers say nothing."""
    if request.POST.get("draft") != str(draft.pk):
        return 0
    return whole(request.POST.get("version")) or 0


def _gone(request: HttpRequest, row: Survey) -> HttpResponse:
    """Published or thrown away by a colleague meanwhile: what was typed stays on the screen."""
    head, questions = forms_of(SurveyVersion(survey=row), request.POST)
    head.is_valid()
    head.add_error(
        None,
        _("A colleague published this version or threw it away. Copy your text, and begin a new version with it."),
    )
    return _show(request, row, {"head": head, "questions": questions}, 409)


def _show(request: HttpRequest, row: Survey, more: dict[str, Any], status: int = 200) -> HttpResponse:
    running = _version(row, SurveyVersion.State.RUNNING)
    context = {
        "nav": "surveys",
        "survey": row,
        "running": running,
        "running_words": version_words(running),
        "tabs": tabs_for(request.user),
        "tab": "surveys",
        **more,
    }
    return render(request, "surveys/survey.html", context, status=status)
