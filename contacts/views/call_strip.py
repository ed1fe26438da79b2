"""`/werkplek/gesprek/`: asked when something changed by whoever sits at a phone; says nothing while nothing changed."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from contacts.actions.put_away_call import put_away_call
from contacts.pages.call_strip import call_strip, live_call, mark_of, waiting_calls
from organisation.audit import record_view
from organisation.clock import now
from organisation.roles import Right, needs

PUT_AWAY: Final = "put_away_calls"
"""In the session: the newest calls that this person does not want to see."""
REMEMBERED: Final = 20


@require_GET
@needs(Right.QUESTIONS_WRITE)
def strip(request: HttpRequest) -> HttpResponse:
    """The strip, empty when there is no call; 204 when it is what the page shows already (`nu`)."""
    return _strip(request, shown=request.GET.get("nu", ""))


@require_POST
@needs(Right.QUESTIONS_WRITE)
def put_away(request: HttpRequest) -> HttpResponse:
    """The call `gesprek` is not shown any more; what rings beside it then is."""
    chosen = request.POST.get("gesprek", "")
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 19:
        put_away_call(pk=int(chosen), by=request.user, at=now())
        request.session[PUT_AWAY] = [*request.session.get(PUT_AWAY, []), int(chosen)][-REMEMBERED:]
    return _strip(request)


def _strip(request: HttpRequest, shown: str | None = None) -> HttpResponse:
    at = now()
    hidden = request.session.get(PUT_AWAY, [])
    row = live_call(request.user, at, hidden) if request.user.extension else None
    waiting = waiting_calls(row, at)
    if mark_of(row, waiting) == shown:
        return HttpResponse(status=204)
    call = call_strip(request.user, row, waiting, at) if row is not None else None
    if call is not None and call.customers:
        record_view(request, page="call", customer_id=call.customer_id)
    return render(request, "contacts/call_strip.html", {"call": call})
