"""Who works here, who is there now, and what they know."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisation.forms.people import PresenceForm
from organisation.pages.directory import directory_page
from organisation.roles import Right, needs


@require_safe
@needs(Right.DIRECTORY_READ)
def directory(request: HttpRequest) -> HttpResponse:
    """Colleagues who are there first; a word searches name, team and what they know. Also as a fragment for htmx."""
    word = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    team = request.GET.get("team", "")
    only_here = request.GET.get("here") == "1"
    page = directory_page(word, team, only_here=only_here)
    context = {
        "nav": "directory",
        "page": page,
        "word": word,
        "team": team,
        "only_here": only_here,
        "form": PresenceForm(),
    }
    template = "organisation/directory_rows.html" if request.htmx else "organisation/directory.html"
    return render(request, template, context)
