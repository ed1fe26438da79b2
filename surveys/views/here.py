"""The survey at a place: behind a code on paper, or on a screen at the exit that goes back to the beginning by itself."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from organisation import wording
from organisation.clock import now, today
from organisation.numbers import whole
from organisation.views.for_customers import show, speak, wait
from surveys.actions.answer_here import Heard, answer_here
from surveys.forms.answers import read_answers
from surveys.links import is_token, new_token
from surveys.models import SurveyPlace, SurveyRound, SurveyVersion
from surveys.pages.ask import ask_page
from surveys.throttle import HERE, is_too_often
from surveys.views.public import gone

COOKIE = "__Secure-mening" if settings.SESSION_COOKIE_SECURE else "mening"
"""Of one address only, so it cannot be `__Host-`."""
STANDS_OPEN = timedelta(days=1)
"""A form that was opened before its questions were replaced still counts so long."""
KNOWN = 90 * 86_400
"""Seconds that a browser knows that an answer was given."""
BACK_AFTER = 8
"""Seconds that a screen says thank you."""
BACK_WHEN_STUCK = 60
"""Seconds after which a screen tries again when it was too busy, or when its place was out of use."""


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_here(request: HttpRequest, code: str) -> HttpResponse:
    """The questions of the version that runs."""
    language = speak(request)
    place = SurveyPlace.objects.select_related("round").filter(code=code, is_active=True).first()
    version = _version(place, request.POST.get("versie", "")) if place is not None else None
    again = _address(request, reverse("surveys:here", args=[code]), "nl")
    if place is None or version is None:
        closed = _closed(request, place.round) if place is not None and place.round is not None else gone(request)
        return _comes_back(request, closed, again, BACK_WHEN_STUCK)
    questions = list(version.questions.all())
    filled, once = None, ""
    if request.method == "POST":
        if is_too_often(request, HERE, place.pk):
            return _comes_back(request, wait(request), again, BACK_WHEN_STUCK)
        filled = read_answers(questions, request.POST)
        once = request.POST.get("once", "")
        if not filled.errors:
            heard = answer_here(place=place, version=version, once=once, values=filled.values, at=now())
            if heard is Heard.TAKEN_IN:
                return _remember(place, _to(request, reverse("surveys:here_thanks", args=[code]), language))
            if heard is Heard.BEFORE:
                return _comes_back(request, _before(request, code, language, is_closed=True), again, BACK_AFTER)
    elif _knows(request, place):
        return _before(request, code, language)
    context = {
        "page": ask_page(version, questions, None, "", filled, held=place.round),
        "language": language,
        "once": once if is_token(once) else new_token(),
        "version": str(version.pk),
        "is_screen": is_screen(request),
        "again": again,
    }
    return show(request, "surveys/here.html", context, status=422 if filled else 200)


@login_not_required
@require_safe
def thanks_here(request: HttpRequest, code: str) -> HttpResponse:
    """On a screen the next visitor begins anew, without script too."""
    language = speak(request)
    again = _address(request, reverse("surveys:here", args=[code]), "nl")
    context = {"language": language, "is_screen": is_screen(request), "again": again}
    return _comes_back(request, show(request, "surveys/here_thanks.html", context), again, BACK_AFTER)


def _before(request: HttpRequest, code: str, language: str, *, is_closed: bool = False) -> HttpResponse:
    """The answers were sent from this device before. `is_closed`: the very same form, which can no longer be changed."""
    href = _address(request, reverse("surveys:here", args=[code]), language)
    told = {"again": f"{href}{'&' if '?' in href else '?'}opnieuw=1", "is_closed": is_closed}
    return show(request, "surveys/here_again.html", told, status=409 if is_closed else 200)


def _version(place: SurveyPlace, seen: str) -> SurveyVersion | None:
    """The questions that stood in the form (`seen`), until a day after they were replaced; else those that run.

    Of a questionnaire those with which it began, while it runs.
    """
    versions = SurveyVersion.objects.prefetch_related("questions")
    if place.round is not None:
        held = place.round
        is_on = held.way == SurveyRound.Way.LINK and held.state == SurveyRound.State.RUNNING and today() <= held.ends_on
        return versions.filter(pk=held.survey_version_id).first() if is_on else None
    published = versions.filter(survey_id=place.survey_id, published_at__isnull=False)
    after = published.filter(number__gt=OuterRef("number"), published_at__lte=now() - STANDS_OPEN)
    filled = published.filter(~Exists(after), pk=whole(seen) or 0).first() if seen else None
    return filled or published.filter(state=SurveyVersion.State.RUNNING).first()


def _closed(request: HttpRequest, held: SurveyRound) -> HttpResponse:
    """A link that was given out before its first day, or is used after the last, says so; its address is no secret."""
    is_coming = held.state == SurveyRound.State.PLANNED and today() <= held.ends_on
    if held.way != SurveyRound.Way.LINK or not (is_coming or held.began_at):
        return gone(request)
    days = {"first": wording.day_long(held.starts_on, today()), "last": wording.day_long(held.ends_on, today())}
    return show(request, "surveys/here_closed.html", {"is_coming": is_coming, **days}, status=404)


def _is_once(place: SurveyPlace) -> bool:
    """Of a questionnaire, a newsletter or a letter somebody has one opinion; at the counter one for every visit."""
    return place.round_id is not None or place.channel in ("newsletter", "letter")


def _knows(request: HttpRequest, place: SurveyPlace) -> bool:
    """This browser sent an answer here, and nobody says that it is somebody else now."""
    return _is_once(place) and not is_screen(request) and COOKIE in request.COOKIES and "opnieuw" not in request.GET


def _remember(place: SurveyPlace, response: HttpResponse) -> HttpResponse:
    """In this browser only and for this address only; who wants to can answer again, and the results say so."""
    if _is_once(place):
        path = reverse("surveys:here", args=[place.code])
        response.set_cookie(
            COOKIE, "1", max_age=KNOWN, path=path, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    return response


def is_screen(request: HttpRequest) -> bool:
    return request.GET.get("scherm") == "1"


def _comes_back(request: HttpRequest, response: HttpResponse, again: str, seconds: int) -> HttpResponse:
    """A screen goes back to the beginning by itself, without script and without an employee."""
    if is_screen(request):
        response["Refresh"] = f"{seconds}; url={again}"
    return response


def _address(request: HttpRequest, address: str, language: str) -> str:
    given = {"scherm": "1"} if is_screen(request) else {}
    if language != "nl":
        given["taal"] = language
    return address + (f"?{urlencode(given)}" if given else "")


def _to(request: HttpRequest, address: str, language: str) -> HttpResponse:
    response = HttpResponseRedirect(_address(request, address, language))
    response.status_code = 303
    return response
