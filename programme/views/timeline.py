"""`/voortgang/tijdlijn/`: all projects, when they begin and end and what they wait for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisation.clock import now
from organisation.roles import Right, needs
from programme.pages.tabs import tabs
from programme.pages.timeline import timeline_page


@require_safe
@needs(Right.PROGRAMME_READ)
def show_timeline(request: HttpRequest) -> HttpResponse:
    page = timeline_page(request.user, at=now())
    return render(
        request, "programme/timeline.html", {"page": page, "tabs": tabs(), "tab": "timeline", "nav": "progress"}
    )
