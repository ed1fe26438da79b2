"""The survey on the customer's phone; the secret in the address is the key."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from organisation.clock import now
from organisation.views.for_customers import see_other, show, speak, wait
from surveys.access import invitation_of_any_age, invitations_of, questions_of, with_subject
from surveys.actions.answer import answer
from surveys.actions.opt_out import opt_out
from surveys.forms.answers import read_answers
from surveys.pages.ask import ask_page
from surveys.throttle import SENT, WRONG, is_too_often


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, token: str) -> HttpResponse:
    """The questions, and their answers once they are sent."""
    speak(request)
    if request.method == "POST" and is_too_often(request, SENT):
        return wait(request)
    at = now()
    filled = None
    if request.method == "POST":
        version_id = invitations_of(token, at).values_list("survey_version_id", flat=True).first()
        if version_id is None:
            return gone(request)
        filled = read_answers(questions_of(version_id), request.POST)
        if not filled.errors:
            if not answer(token=token, values=filled.values, wants_contact=filled.wants_contact, at=at):
                return gone(request)
            return see_other(request, reverse("surveys:thanks"))
    invitation = with_subject(invitations_of(token, at)).first()
    if invitation is None:
        return gone(request)
    version = invitation.survey_version
    page = ask_page(version, questions_of(version.pk), invitation, token, filled)
    return show(request, "surveys/ask.html", {"page": page}, status=422 if filled else 200)


@login_not_required
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """The same for everybody."""
    speak(request)
    return show(request, "surveys/thanks.html", {})


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def no_more(request: HttpRequest, token: str) -> HttpResponse:
    """Asks once more, then never again."""
    speak(request)
    if request.method == "POST" and is_too_often(request, SENT):
        return wait(request)
    known = opt_out(token=token, at=now()) if request.method == "POST" else invitation_of_any_age(token) is not None
    if not known:
        return gone(request)
    return show(request, "surveys/no_more.html", {"is_done": request.method == "POST"})


def gone(request: HttpRequest) -> HttpResponse:
    """Wrong, used, expired or somebody else's: one page for all of them."""
    if is_too_often(request, WRONG):
        return wait(request)
    return show(request, "surveys/gone.html", {}, status=404)
