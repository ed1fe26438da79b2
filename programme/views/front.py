"""`/voortgang/`: how the programme stands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisation.clock import now
from organisation.roles import Right, needs
from programme.pages.front import front_page
from programme.pages.tabs import tabs


@require_safe
@needs(Right.PROGRAMME_READ)
def front(request: HttpRequest) -> HttpResponse:
    """The title says what is the case."""
    context = {"page": front_page(request.user, at=now()), "tabs": tabs(), "tab": "front", "nav": "progress"}
    return render(request, "programme/front.html", context)
