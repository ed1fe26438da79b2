"""`/voortgang/`: how the programme stands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisation.roles import Right, needs
from programme.models import Programme


@require_safe
@needs(Right.PROGRAMME_READ)
def front(request: HttpRequest) -> HttpResponse:
    """The title says what is the case."""
    programme = Programme.objects.visible_to(request.user).first()
    return render(request, "programme/front.html", {"programme": programme, "nav": "progress"})
