"""The municipality's public form: choose what it is about, write it down, get a number and a page to follow it.

The websites that the municipality named may show it within their pages.
"""

from __future__ import annotations

import hashlib
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from channels_app.floods import Crowded, note_flood
from contacts.actions.send_form import send_form
from contacts.follow_link import follow_path
from contacts.forms.citizen import CitizenForm, begun, is_fresh
from contacts.forms.uploads import ACCEPT, WITH_FORM, read_files, stored
from contacts.pages.citizen_form import About, about, answers_about, answers_found, choose_page
from knowledge.outside import SEARCHED, is_too_often
from organisation import wording
from organisation.client_address import client_address
from organisation.clock import now, today
from organisation.errors import Refused
from organisation.framing import framed, is_framed
from organisation.origin import origin_of
from organisation.rate import Rate
from organisation.snapshot import organisation
from organisation.tokens import new_token
from organisation.views.for_customers import see_other, show, speak, wait

SENT: Final = Rate(20)
"""A family, a school or a phone network shares an address; a machine gets no further than this."""


@login_not_required
@require_safe
def citizen_choose(request: HttpRequest) -> HttpResponse:
    """What is it about?"""
    language, house = speak(request), organisation()
    if not house.municipality.has_public_form:
        return _closed(request)
    query = request.GET.get("q", "")
    answers = () if is_too_often(request, SEARCHED) else answers_found(query, house, today(), language)
    context = {"page": choose_page(house, query, language), "answers": answers, "is_framed": is_framed(request)}
    return framed(show(request, "contacts/citizen_choose.html", context))


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def citizen_form(request: HttpRequest, code: str) -> HttpResponse:
    """The form of one subject; what cannot be sent stays on the screen with the reason beside it."""
    language, house, at = speak(request), organisation(), now()
    if not house.municipality.has_public_form:
        return _closed(request)
    found = about(house, code, at, language)
    if found is None:
        return framed(show(request, "contacts/citizen_gone.html", {}, status=404))
    if request.method != "POST":
        form = CitizenForm(kind=found.kind, initial={"once": new_token(), "begun": begun()})
        return _page(request, found, form)
    if SENT.wait(client_address(request)):
        return framed(wait(request))
    return _sent(request, found)


def _sent(request: HttpRequest, found: About) -> HttpResponse:
    given, at = request.POST.copy(), now()
    given["once"] = given.get("once", "") or new_token()
    form = CitizenForm(given, kind=found.kind)
    chosen = request.FILES.getlist("files")
    error = ""
    try:
        uploads = read_files(chosen, WITH_FORM)
    except Refused as refused:
        uploads, error = [], refused.message
    if not form.is_valid() or error:
        given["website"] = ""  # whom a password manager filled it in for cannot reach it
        if not is_fresh(given.get("begun", "")):
            given["begun"] = begun()
        return _page(request, found, form, file_error=error, has_files=bool(chosen))
    hashes = tuple(hashlib.sha256(one.data).hexdigest() for one in uploads)
    asked = form.asked(found.subject.pk if found.subject else None, hashes)
    try:
        question = send_form(form=asked, at=at, files=stored(uploads, at), origin=origin_of(request))
    except Crowded as crowded:
        note_flood(crowded.kind, at)
        form.add_error("begun", crowded.message)
        return _page(request, found, form, has_files=bool(chosen))
    if (
        is_framed(request) or question.is_confidential
    ):  # the page to follow it is the customer's own, and opens in a window of its own
        follow = "" if question.is_confidential else follow_path(question.number, asked.email)
        told = {"number": question.number, "follow": follow}
        return framed(show(request, "contacts/citizen_sent.html", told))
    return see_other(request, follow_path(question.number, asked.email), gedaan="nieuw")


def _page(
    request: HttpRequest, found: About, form: CitizenForm, *, file_error: str = "", has_files: bool = False
) -> HttpResponse:
    context = {
        "answers": answers_about(found.subject, organisation(), wording.language()),
        "about": found,
        "form": form,
        "accept": ACCEPT,
        "file_error": file_error,
        "choose_again": has_files,
        "most": WITH_FORM.most,
    }
    context["is_framed"] = is_framed(request)
    response = framed(show(request, "contacts/citizen_form.html", context, status=422 if form.is_bound else 200))
    if form.has_place:
        response["Permissions-Policy"] = "camera=(), geolocation=(self), microphone=(), payment=()"
    return response


def _closed(request: HttpRequest) -> HttpResponse:
    return framed(show(request, "contacts/citizen_closed.html", {}, status=404))
