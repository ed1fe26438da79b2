"""The channels at a glance."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from channels_app.pages.overview import overview
from organisation.clock import now
from organisation.roles import Right, needs


@require_safe
@needs(Right.PARKED_COUNT, Right.PARKED_READ, Right.MAILBOXES_WRITE, Right.HEALTH_READ)
def channels(request: HttpRequest) -> HttpResponse:
    context = {
        "nav": "channels",
        "page": overview(now()),
        "may_open": request.user.may(Right.PARKED_RETRY),
        "may_write": request.user.may(Right.MAILBOXES_WRITE),
        "tab": "overview",
    }
    return render(request, "channels_app/channels.html", context)
