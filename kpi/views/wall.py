"""The big screen in the room, for who is signed in or by its own read-only link, and the part it asks for again and again."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kpi.actions.wall_links import link_of, used
from kpi.pages.wall import Fragment, fragment, release
from kpi.reach import hides_small
from organisation.client_address import client_address
from organisation.clock import now
from organisation.rate import Rate
from organisation.roles import Right, needs
from organisation.snapshot import organisation

BY_LINK: Final = Rate(300)
"""From one address a minute: a hundred screens behind one router, and nobody who tries tokens."""


@require_safe
@needs(Right.WALLBOARD_READ)
def show_wall(request: HttpRequest) -> HttpResponse:
    """The whole page; from then on it asks for `wall_now` itself."""
    return _page(request, reverse("kpi:wall_now"), None, now(), small=hides_small(request.user))


@require_safe
@needs(Right.WALLBOARD_READ)
def wall_now(request: HttpRequest) -> HttpResponse:
    """The figures alone; 304 without a body when they are still the same."""
    return _now(request, None, now(), small=hides_small(request.user))


@require_safe
@login_not_required
def show_linked_wall(request: HttpRequest, token: str) -> HttpResponse:
    """The same page without signing in; what is not a working link is not there."""
    at = now()
    return _too_often(request) or _page(request, reverse("kpi:linked_wall_now", args=[token]), _teams(token, at), at)


@require_safe
@login_not_required
def linked_wall_now(request: HttpRequest, token: str) -> HttpResponse:
    """What that page asks for."""
    at = now()
    return _too_often(request) or _now(request, _teams(token, at), at)


def _teams(token: str, at: datetime) -> frozenset[int] | None:
    """The teams that the link is limited to; 404 for every token that opens nothing, whatever the reason."""
    link = link_of(token, at)
    if link is None:
        raise Http404
    used(link, at)
    return frozenset(link.team_ids) or None


def _too_often(request: HttpRequest) -> HttpResponse | None:
    """Asked before the token is looked at: right and wrong ones are refused alike."""
    seconds = BY_LINK.wait(client_address(request))
    if not seconds:
        return None
    response = HttpResponse(status=429)
    response["Retry-After"] = response["Refresh"] = str(seconds)
    return response


def _page(
    request: HttpRequest, now_url: str, team_ids: frozenset[int] | None, at: datetime, *, small: bool = False
) -> HttpResponse:
    found = fragment(organisation(), at, team_ids, small=small)
    context = {
        "fragment": found,
        "release": release(),
        "now_url": now_url,
        "at_ms": int(at.timestamp() * 1000),
        "theme": "light" if request.GET.get("kleur") == "licht" else "dark",
    }
    return _headers(render(request, "kpi/wall.html", context), found, at)


def _now(request: HttpRequest, team_ids: frozenset[int] | None, at: datetime, *, small: bool = False) -> HttpResponse:
    found = fragment(organisation(), at, team_ids, small=small)
    same = found.etag in [tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")]
    return _headers(HttpResponseNotModified() if same else HttpResponse(found.html), found, at)


def _headers(response: HttpResponse, found: Fragment, at: datetime) -> HttpResponse:
    response["ETag"] = found.etag
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    response["X-Wall-Release"] = release()
    response["X-Wall-At"] = str(int(at.timestamp() * 1000))
    return response
