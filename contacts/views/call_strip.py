"""`/werkplek/gesprek/`: asked every two seconds by whoever sits at a phone; says nothing while nothing changed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from contacts.pages.call_strip import call_strip, live_call, mark_of, waiting_calls
from organisation.audit import record_view
from organisation.clock import now
from organisation.roles import Right, needs


@require_GET
@needs(Right.QUESTIONS_WRITE)
def strip(request: HttpRequest) -> HttpResponse:
    """The strip, empty when there is no call; 204 when it is what the page shows already (`nu`)."""
    at = now()
    row = live_call(request.user, at) if request.user.extension else None
    waiting = waiting_calls(row, at)
    if mark_of(row, waiting) == request.GET.get("nu", ""):
        return HttpResponse(status=204)
    shown = call_strip(request.user, row, waiting, at) if row is not None else None
    if shown is not None and shown.customers:
        record_view(request, page="call", customer_id=shown.customer_id)
    return render(request, "contacts/call_strip.html", {"call": shown})
