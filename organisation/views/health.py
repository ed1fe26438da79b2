"""How the installation stands, for who looks after it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisation.clock import now
from organisation.health import lines
from organisation.roles import Right, needs


@require_safe
@needs(Right.HEALTH_READ)
def health(request: HttpRequest) -> HttpResponse:
    found = lines(now())
    told = {"wrong": sum(not line.is_well for line in found), "starting": any(line.is_starting for line in found)}
    return render(request, "organisation/health.html", {"nav": "manage", "lines": found, **told})
