"""`/cijfers/telefoon/bezetting/`: how many people the phone needs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kpi.pages.staffing import MOST_PEOPLE, staffing_page
from organisation.clock import now
from organisation.numbers import whole
from organisation.roles import Right, needs
from organisation.snapshot import organisation


@require_GET
@needs(Right.FIGURES_READ)
def staffing(request: HttpRequest) -> HttpResponse:
    """`mensen` in the address: so many sit at the phone."""
    people = whole(request.GET.get("mensen"))
    if people is not None and not 1 <= people <= MOST_PEOPLE:
        people = None
    page = staffing_page(organisation(), now(), people)
    return render(request, "kpi/staffing.html", {"page": page, "nav": "figures", "most_people": MOST_PEOPLE})
