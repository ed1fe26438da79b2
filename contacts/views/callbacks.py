"""The list of call-back requests, and a try recorded in one press."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contacts.access import get_question
from contacts.actions.callback import attempt
from contacts.models import CallbackRequest
from contacts.pages.callbacks import SCOPES, callbacks_page
from contacts.pages.missed_calls import missed_rows
from organisation.audit import record_view
from organisation.clock import now
from organisation.errors import Refused, Stale
from organisation.numbers import whole
from organisation.roles import Right, needs
from organisation.snapshot import organisation

QUICK = ("no_answer", "voicemail", "wrong_number")


@require_safe
@needs(Right.QUESTIONS_WRITE)
def callbacks(request: HttpRequest) -> HttpResponse:
    at, house = now(), organisation()
    page = callbacks_page(
        request.user,
        at,
        house,
        scope=request.GET.get("lijst", "team"),
        after=request.GET.get("na", ""),
        before=request.GET.get("voor", ""),
    )
    is_first = not request.GET.get("na") and not request.GET.get("voor")
    missed = missed_rows(request.user, house, at) if is_first else []
    record_view(request, page="callbacks")
    return render(request, "contacts/callbacks.html", {"page": page, "missed": missed, "nav": "callbacks"})


@require_POST
@needs(Right.QUESTIONS_WRITE)
def callback_try(request: HttpRequest, number: str) -> HttpResponse:
    """`Niet bereikt` and the like; a conversation is written down on its own form."""
    question = get_question(request.user, number, write=True)
    outcome = request.POST.get("outcome", "")
    scope = request.POST.get("lijst", "team")
    back = f"{reverse('contacts:callbacks')}?lijst={scope if scope in SCOPES else 'team'}"
    callback = (
        CallbackRequest.objects.filter(question=question, state=CallbackRequest.State.OPEN)
        .select_related("question")
        .first()
    )
    if callback is None or outcome not in QUICK:
        messages.error(request, _("There is no open call-back request on this question."))
        return redirect(back)
    try:
        attempt(
            callback=callback,
            by=request.user,
            at=now(),
            outcome=outcome,
            version=whole(request.POST.get("version")),
        )
    except Stale:
        messages.error(request, _("A colleague changed this question in the meantime. Look at it first."))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The try is kept. The clock runs on."))
    return redirect(back)
