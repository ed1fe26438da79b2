"""`/wandscherm/`: the big screen in the room, and the part of it that the screen asks for again and again."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kpi.pages.wall import Fragment, fragment, release
from organisation.clock import now
from organisation.roles import Right, needs
from organisation.snapshot import organisation


@require_safe
@needs(Right.WALLBOARD_READ)
def show_wall(request: HttpRequest) -> HttpResponse:
    """The whole page; from then on it asks for `wall_now` itself."""
    at = now()
    found = fragment(organisation(), at)
    context = {
        "fragment": found,
        "release": release(),
        "now_url": reverse("kpi:wall_now"),
        "at_ms": int(at.timestamp() * 1000),
        "theme": "light" if request.GET.get("kleur") == "licht" else "dark",
    }
    return _headers(render(request, "kpi/wall.html", context), found, at)


@require_safe
@needs(Right.WALLBOARD_READ)
def wall_now(request: HttpRequest) -> HttpResponse:
    """The figures alone; 304 without a body when they are still the same."""
    at = now()
    found = fragment(organisation(), at)
    same = found.etag in [tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")]
    return _headers(HttpResponseNotModified() if same else HttpResponse(found.html), found, at)


def _headers(response: HttpResponse, found: Fragment, at: datetime) -> HttpResponse:
    response["ETag"] = found.etag
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Wall-Release"] = release()
    response["X-Wall-Day"] = found.day
    response["X-Wall-At"] = str(int(at.timestamp() * 1000))
    return response
