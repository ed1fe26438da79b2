"""Pages for customers: no account, no cookie, no script; looking changes nothing.

There is no session that another site could misuse, so their forms need no CSRF mark: one that stood open for days still works.
"""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.http import urlencode

from organisation.clock import now
from organisation.snapshot import organisation
from organisation.when_there import when_there

LANGUAGES: Final = ("nl", "en")


def speak(request: HttpRequest) -> str:
    """Dutch, or what the address asks for; nothing is kept."""
    asked = request.GET.get("taal", "")
    language = asked if asked in LANGUAGES else "nl"
    translation.activate(language)
    request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
    return language


def show(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """On `base_customer.html`. The address may hold a secret: it is told to nobody."""
    house = organisation()
    told = {
        "municipality": house.municipality,
        "when_there": when_there(house, now()),
        "language": request.LANGUAGE_CODE,  # type: ignore[attr-defined]
        **context,
    }
    response = render(request, template, told, status=status)
    response["Referrer-Policy"] = "no-referrer"
    return response


def see_other(request: HttpRequest, path: str, **query: str) -> HttpResponse:
    """After a form: the next page, in the same language."""
    language: str = request.LANGUAGE_CODE  # type: ignore[attr-defined]
    given = query if language == "nl" else {**query, "taal": language}
    response = HttpResponseRedirect(f"{path}?{urlencode(given)}" if given else path)
    response.status_code = 303
    return response


def wait(request: HttpRequest) -> HttpResponse:
    """Too often from one network address within a minute."""
    response = show(request, "customer_wait.html", {}, status=429)
    response["Retry-After"] = "60"
    return response
