"""Social media, per post."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contacts.pages.webcare import webcare
from organisation.audit import record_view
from organisation.clock import now
from organisation.roles import Right, needs
from organisation.snapshot import organisation


@require_safe
@needs(Right.QUESTIONS_READ)
def webcare_list(request: HttpRequest) -> HttpResponse:
    record_view(request, page="webcare")
    context = {
        "nav": "queue",
        "page": webcare(request.user, now(), organisation(), request.GET),
        "may_write": request.user.may(Right.QUESTIONS_WRITE),
    }
    return render(request, "contacts/webcare.html", context)
