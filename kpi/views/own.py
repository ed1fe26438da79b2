"""`/mijn/cijfers/`: one's own figures. There is no address, parameter, file or API for those of somebody else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kpi.pages.own import own_page
from organisation.clock import now
from organisation.roles import Right, needs


@require_GET
@needs(Right.FIGURES_OWN)
def show_own(request: HttpRequest) -> HttpResponse:
    """Only of who is signed in; nothing in the address changes it."""
    return render(request, "kpi/own.html", {"page": own_page(request.user, now()), "nav": "figures"})
