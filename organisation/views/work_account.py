"""Signing in with a work account: to the identity provider, back from it, and out again."""

from __future__ import annotations

import logging
import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from organisation import oidc
from organisation.access import get_person
from organisation.actions.watch_provider import note_provider_answers, note_provider_away
from organisation.actions.work_account import link_work_account, person_of, unlink_work_account
from organisation.clock import now
from organisation.errors import Refused
from organisation.roles import Right, needs

logger = logging.getLogger(__name__)
WAITING = "work_account_waiting"
MOST_WAITING = 3
"""Sign-ins that were begun in this browser, in as many tabs."""
WAITS_SECONDS = 600
BACKEND = "organisation.sign_in.Employees"


@login_not_required
@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """To the provider; the browser brings back what this session keeps."""
    if not oidc.is_on():
        raise Http404
    if request.user.is_authenticated:
        return redirect("home")
    try:
        address, kept = oidc.begin(back_to=_back_to())
    except oidc.Away as away:
        return _away(request, away)
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    waiting = [*request.session.get(WAITING, []), {**kept, "next": wanted if is_ours else "", "at": int(time.time())}]
    request.session[WAITING] = waiting[-MOST_WAITING:]
    request.session.set_expiry(WAITS_SECONDS)  # of nobody yet: whoever asks for thousands of them fills nothing
    return redirect(address)


@login_not_required
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """What the provider says; a state works once, in the browser that began, for ten minutes."""
    if not oidc.is_on():
        raise Http404
    state = request.GET.get("state", "")
    waiting = request.session.get(WAITING, [])
    kept = next((one for one in waiting if state and one["state"] == state), None)
    if kept is None or time.time() - kept["at"] > WAITS_SECONDS:
        return _refused(request, "late")
    request.session[WAITING] = [one for one in waiting if one is not kept]
    try:
        if oidc.came_from_elsewhere(request.GET.get("iss")):
            raise oidc.Untrue("sent back by another provider")
        if "error" in request.GET or not request.GET.get("code"):
            return _refused(request, "cancelled")
        request.session.save()  # the state is gone, whatever comes of the code
        identity = oidc.redeem(code=request.GET["code"], kept=kept, back_to=_back_to())
    except oidc.Away as away:
        return _away(request, away)
    except oidc.Untrue as untrue:
        logger.warning("the identity provider was not believed: %s", untrue)
        return _refused(request, "untrue")
    person = person_of(identity)
    if person is None:
        return _refused(request, "unknown", status=403, subject=identity.subject)
    login(request, person, backend=BACKEND)
    note_provider_answers(at=now())
    request.session["work_account"] = True
    request.session.pop(WAITING, None)
    if identity.has_second_factor:
        request.session["second_factor_elsewhere"] = True
        request.session.pop("code_due", None)
    return redirect(kept["next"] or settings.LOGIN_REDIRECT_URL)


class LogOut(LogoutView):
    """Out of here; who came with a work account is told how to sign out there too."""

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        came_from_there = "work_account" in request.session
        answer = super().post(request, *args, **kwargs)
        return redirect("signed_out") if came_from_there and oidc.is_on() else answer


@login_not_required
@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    if not oidc.is_on():
        raise Http404
    address = oidc.sign_out_address(f"{settings.SITE_URL}{reverse('login')}")
    return render(request, "registration/signed_out.html", {"address": address})


@require_POST
@needs(Right.PEOPLE_WRITE)
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Says who a colleague is at the provider, or that the work account opens nothing any more."""
    colleague = get_person(request.user, pk)
    try:
        if request.POST.get("act") == "unlink":
            unlink_work_account(person=colleague, by=request.user)
            messages.success(request, _("The work account of %(name)s is unlinked.") % {"name": colleague.name})
        else:
            link_work_account(person=colleague, subject=request.POST.get("subject", ""), by=request.user)
            messages.success(request, _("The work account of %(name)s is linked.") % {"name": colleague.name})
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("organisation:person", pk=pk)


def _back_to() -> str:
    return f"{settings.SITE_URL}{reverse('work_account_back')}"


def _away(request: HttpRequest, away: oidc.Away) -> HttpResponse:
    logger.warning("the identity provider is away: %s", away)
    note_provider_away(at=now())
    return _refused(request, "away", status=503)


def _refused(request: HttpRequest, why: str, *, status: int = 400, subject: str = "") -> HttpResponse:
    """A page in words, with the two ways on; it says nothing of why we did not believe the provider."""
    return render(request, "registration/work_account.html", {"why": why, "subject": subject}, status=status)
