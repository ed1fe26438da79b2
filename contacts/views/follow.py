"""“Volg uw vraag”: the customer's page of one question; the secret in the address is the key."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from contacts.actions.say_more import say_more, settled_by_customer
from contacts.follow_link import Followed, follow_path, followed
from contacts.pages.follow import follow_page
from contacts.signals import form_thanked
from organisation.client_address import client_address
from organisation.clock import now
from organisation.errors import Refused
from organisation.rate import Rate
from organisation.views.for_customers import see_other, show, speak, wait

WRONG: Final = Rate(30)
"""Links that do not work; guessing one of 2^128 is hopeless, this keeps it quiet too."""
SENT: Final = Rate(60)
"""Many people share the address of a phone network; what one question takes in a day is bounded by `say_more`."""
DONE: Final = ("nieuw", "bericht", "opgelost")


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """How the question stands; a message more, or “it is settled”."""
    speak(request)
    caller = client_address(request)
    if request.method == "POST" and SENT.wait(caller):
        return wait(request)
    found = followed(number, token, now())
    if found is None:
        if WRONG.wait(caller):
            return wait(request)
        return show(request, "contacts/follow_gone.html", {"typed": _typed(request)}, status=404)
    if not found.is_shown:
        return _stands_elsewhere(request, number)
    if request.method == "POST":
        return _said(request, found)
    return _page(request, found)


def _stands_elsewhere(request: HttpRequest, number: str) -> HttpResponse:
    """Nothing can be said here any more; who wrote it while the page was open has the text back."""
    context = {"number": number, "typed": _typed(request)}
    return show(request, "contacts/follow_merged.html", context, status=422 if request.method == "POST" else 200)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    text = request.POST.get("tekst", "").strip()
    return [(_("Your message"), text)] if text else []


def _said(request: HttpRequest, found: Followed) -> HttpResponse:
    at, text = now(), request.POST.get("tekst", "")
    try:
        if "opgelost" in request.POST:
            question = settled_by_customer(followed=found, at=at, text=text)
        else:
            question = say_more(followed=found, text=text, at=at)
    except Refused as refused:
        return _page(request, found, text=text, error=refused.message)
    here = found.question if question.is_confidential else question  # which shows itself by no link
    return _back(request, here.number, found, "bericht" if question.is_open else "opgelost")


def _page(request: HttpRequest, found: Followed, *, text: str = "", error: str = "") -> HttpResponse:
    done = request.GET.get("gedaan", "")
    thanked = form_thanked.send(sender=Followed) if done == "nieuw" else []
    page = follow_page(found, now())
    is_told = done in DONE and not (done == "opgelost" and page.is_open)  # kept as a bookmark, and open again since
    context = {
        "told": [told for _who, told in thanked if told is not None],
        "page": page,
        "text": text,
        "error": error,
        "done": done if is_told else "",
    }
    return show(request, "contacts/follow.html", context, status=422 if error else 200)


def _back(request: HttpRequest, number: str, found: Followed, done: str) -> HttpResponse:
    """To the page of the question that it came to, which a late message makes anew."""
    return see_other(request, follow_path(number, found.address), gedaan=done)
