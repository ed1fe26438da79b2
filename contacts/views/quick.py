"""Quick registration on a phone: one page that also works without a connection (docs/portal.md, docs/architecture.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contacts import normalize
from contacts.actions.quick_register import quick_register
from contacts.finding.customers import customers_reached_by
from contacts.finding.duplicates import named_alike
from contacts.forms.quick import ACCEPT, PHOTOS, QuickForm, hashes, read_photos
from contacts.forms.uploads import stored
from contacts.models import Customer
from organisation.audit import record_view
from organisation.clock import now
from organisation.errors import Refused
from organisation.roles import Right, needs
from organisation.snapshot import organisation
from organisation.tokens import new_token

KEPT: Final = (
    "css/app.css",
    "img/sprite.svg",
    "img/icon.svg",
    "js/quick_send.js",
    "js/quick.js",
    "vendor/fonts/public-sans-latin-wght-normal.woff2",
)
"""What the page needs when there is no connection."""
MOST_KNOWN: Final = 5
"""Of a number that is of more people, so many are offered."""


@needs(Right.QUESTIONS_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def quick(request: HttpRequest) -> HttpResponse:
    """GET shows the form; POST registers, once per key. A script that sends gets JSON, a plain form the page again."""
    by_script = "HX-Request" in request.headers
    if request.method != "POST":
        return _page(request, QuickForm(house=organisation(), initial={"key": new_token()}))
    form, at = QuickForm(request.POST, house=organisation()), now()
    try:
        photos = read_photos(request.FILES.getlist("files"))
    except Refused as refused:
        form.add_error(None, refused.message)
        photos = []
    known = [] if by_script or not form.is_valid() else _to_choose_from(request, form)
    if known:
        form.add_error("customer", _("We know this number or address. Choose who it is."))
    if form.is_valid():
        asked = form.asked(hashes(photos))
        if (
            not by_script
        ):  # a page that is gone back to still carries its key: what else is sent with it is another report
            asked = replace(asked, key=hashlib.sha256(repr(asked).encode("utf-8", "surrogatepass")).hexdigest())
        try:
            done = quick_register(asked=asked, by=request.user, at=at, files=stored(photos, at))
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            number, address = done.question.number, reverse("contacts:question", args=[done.question.number])
            if by_script:
                return JsonResponse({"number": number, "address": address, "known": done.is_repeat})
            messages.success(request, _("Registered: {}.").format(number))
            return redirect("contacts:quick")
    if by_script:
        reasons = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"reasons": reasons}, status=422)
    return _page(request, form, known=known, status=422)


@needs(Right.QUESTIONS_WRITE)
@require_POST
def quick_known(request: HttpRequest) -> HttpResponse:
    """Who is known by the number or address that was filled in, to choose from; empty when nobody is. In the body, never in an address."""
    name, phone, email = (
        normalize.clean_line(request.POST.get(field, ""), 254) for field in ("name", "phone", "email")
    )
    known = customers_reached_by(request.user, phone=phone, email=email)[:MOST_KNOWN]
    _seen(request, known)
    context = {"known": known, "meant": named_alike(name, known)}
    return render(request, "contacts/quick_known.html", context)


@login_not_required
@require_safe
def quick_shell(request: HttpRequest) -> HttpResponse:
    """The same page of nobody: what a phone keeps to show when there is no connection. It holds no personal data."""
    return _page(request, QuickForm(house=organisation()), is_kept=True)


@login_not_required
@require_safe
def quick_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the page on the phone; from here, so that it reaches no further than this page."""
    files = [static(name) for name in KEPT]
    context = {
        "files": files,
        "version": hashlib.sha256(" ".join(files).encode()).hexdigest()[:12],
        "page": reverse("contacts:quick"),
        "shell": reverse("contacts:quick_shell"),
        "static": settings.STATIC_URL,
        "sender": static("js/quick_send.js"),
    }
    return render(request, "contacts/quick_worker.js", context, content_type="text/javascript; charset=utf-8")


def _to_choose_from(request: HttpRequest, form: QuickForm) -> list[Customer]:
    """Of a form without a script: who may be meant, as long as nobody was chosen and the name does not say it."""
    found = form.cleaned_data
    if found["customer"]:
        return []
    known = customers_reached_by(request.user, phone=found["phone"], email=found["email"])[:MOST_KNOWN]
    if named_alike(found["name"], known) is not None:
        return []
    _seen(request, known)
    return known


def _seen(request: HttpRequest, known: Sequence[Customer]) -> None:
    if known:
        record_view(request, page="quick-known", customer_id=known[0].pk if len(known) == 1 else None)


def _page(
    request: HttpRequest,
    form: QuickForm,
    *,
    known: Sequence[Customer] = (),
    is_kept: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "known": known,
        "is_kept": is_kept,
        "accept": ACCEPT,
        "most": PHOTOS.most,
        "municipality": organisation().municipality,
    }
    response = render(request, "contacts/quick.html", context, status=status)
    response["Permissions-Policy"] = "camera=(), geolocation=(self), microphone=(), payment=()"
    return response
