"""What a citizen sees when something goes wrong: the frame of the pages for customers, a way on, and the phone number. Asks nothing of the database."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

from organisation.clock import now
from organisation.framing import framed
from organisation.snapshot import ORGANISATION
from organisation.views.for_customers import speak
from organisation.when_there import when_there

PLACES: Final = ("/formulier/", "/volg/", "/mening/", "/chat/", "/antwoorden/")
WITHIN_WEBSITES: Final = ("/formulier/", "/chat/")
"""Also a page that says what went wrong is seen only where the page before it was."""
WORDS: Final[dict[int, Promise]] = {
    400: lazy("The address or the form holds characters that we cannot read. Go back and try it again."),
    404: lazy("Perhaps a part of the address is missing. Look at the link in our message once more."),
    405: lazy("It belongs to a button. Nothing was changed. Go back, and press the button there."),
    500: lazy("The fault is ours. Try it again in a minute."),
    503: lazy("Wait ten seconds and load this page again. What you sent to us before is not lost."),
}


def is_for_citizens(request: HttpRequest) -> bool:
    return request.path.startswith(PLACES)


def citizens_page(
    request: HttpRequest, status: int, title: str | Promise, *, text: str | Promise = "", **told: object
) -> HttpResponse:
    """`told`: `typed` and `number`, as the pages for employees show them."""
    language, held = speak(request), ORGANISATION.last()
    context = {
        "title": title,
        "text": text or WORDS.get(status, ""),
        "language": language,
        "municipality": held.municipality if held is not None else None,
        "when_there": when_there(held, now()) if held is not None else "",
        **told,
    }
    response = render(request, "error_customer.html", context, status=status)
    response["Referrer-Policy"] = "no-referrer"
    return framed(response, held) if held is not None and request.path.startswith(WITHIN_WEBSITES) else response
