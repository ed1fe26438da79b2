"""The survey on the customer's phone: no account, no cookie, no script. Looking changes nothing; the secret in the address is the key.

There is no session that another site could misuse, so these pages need no CSRF mark: a form that stood open for days still works.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from organisation.clock import now
from organisation.snapshot import organisation
from surveys.access import invitation_of_any_age, invitations_of, with_subject
from surveys.actions.answer import answer
from surveys.actions.opt_out import opt_out
from surveys.forms.answers import read_answers
from surveys.models import SurveyQuestion
from surveys.pages.ask import ask_page
from surveys.throttle import SENT, WRONG, is_too_often

LANGUAGES = ("nl", "en")


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, token: str) -> HttpResponse:
    """The questions, and their answers once they are sent."""
    language = speak(request)
    if request.method == "POST" and is_too_often(request, SENT):
        return wait(request)
    at = now()
    invitation = with_subject(invitations_of(token, at)).first()
    if invitation is None:
        return gone(request)
    version = invitation.survey_version
    questions = list(SurveyQuestion.objects.filter(version=version))
    filled = None
    if request.method == "POST":
        filled = read_answers(questions, request.POST)
        if not filled.errors:
            if not answer(token=token, values=filled.values, wants_contact=filled.wants_contact, at=at):
                return gone(request)
            return to(request, "surveys:thanks", language)
    page = ask_page(version, questions, invitation, token, filled)
    return show(request, "surveys/ask.html", {"page": page, "language": language}, status=422 if filled else 200)


@login_not_required
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """The same for everybody."""
    language = speak(request)
    return show(request, "surveys/thanks.html", {"language": language})


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def no_more(request: HttpRequest, token: str) -> HttpResponse:
    """Asks once more, then never again."""
    language = speak(request)
    if request.method == "POST" and is_too_often(request, SENT):
        return wait(request)
    known = opt_out(token=token, at=now()) if request.method == "POST" else invitation_of_any_age(token) is not None
    if not known:
        return gone(request)
    context = {"language": language, "is_done": request.method == "POST"}
    return show(request, "surveys/no_more.html", context)


def speak(request: HttpRequest) -> str:
    """Dutch, or what the address asks for; nothing is kept."""
    asked = request.GET.get("taal", "")
    language = asked if asked in LANGUAGES else "nl"
    translation.activate(language)
    request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
    return language


def to(request: HttpRequest, name: str, language: str) -> HttpResponse:
    """The next page in the same language."""
    response = HttpResponseRedirect(reverse(name) + ("" if language == "nl" else f"?taal={language}"))
    response.status_code = 303
    return response


def gone(request: HttpRequest) -> HttpResponse:
    """Wrong, used, expired or somebody else's: one page for all of them."""
    if is_too_often(request, WRONG):
        return wait(request)
    context = {"language": request.LANGUAGE_CODE}  # type: ignore[attr-defined]
    return show(request, "surveys/gone.html", context, status=404)


def wait(request: HttpRequest) -> HttpResponse:
    context = {"language": request.LANGUAGE_CODE}  # type: ignore[attr-defined]
    response = show(request, "surveys/wait.html", context, status=429)
    response["Retry-After"] = "60"
    return response


def show(request: HttpRequest, template: str, context: dict[str, object], status: int = 200) -> HttpResponse:
    """The address holds a secret: it is told to nobody."""
    response = render(request, template, {"municipality": organisation().municipality, **context}, status=status)
    response["Referrer-Policy"] = "no-referrer"
    return response
