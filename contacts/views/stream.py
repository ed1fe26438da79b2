"""`/werkplek/stroom/`: the open line of a page; the web server reads who it is and hands it over (contacts/stream)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from contacts.calls.live import names_of
from contacts.stream.door import Seat, hand_over
from organisation.roles import Right, needs


@require_GET
@needs(Right.QUESTIONS_WRITE)
def stream(request: HttpRequest) -> HttpResponse:
    """204: there is no line for this person now; the page asks by itself meanwhile, and for a line again later."""
    names = tuple(names_of(request.user))
    seat = Seat(request.user.pk, names, request.session.session_key or "")
    if names and hand_over(request.META.get("gunicorn.socket"), seat):
        return HttpResponse()  # reaches nobody: the line is gone from here
    return HttpResponse(status=204)
