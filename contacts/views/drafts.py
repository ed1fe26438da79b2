"""Half-finished registrations: saved every two seconds, thrown away, brought back after an undo."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.actions.keep_draft import KeptElsewhere, bring_back, drop_draft, pick_up_draft, stamp_of
from contacts.actions.undo_registration import undo_registration
from contacts.forms.registration import token_of, typed_from
from contacts.models import Contact
from contacts.pages.registration_tabs import tabs_of
from contacts.views.registration import keep, window_of
from organisation import wording
from organisation.clock import now
from organisation.errors import Refused
from organisation.models import User
from organisation.roles import Right, needs


@needs(Right.QUESTIONS_WRITE)
@require_POST
def save_draft(request: HttpRequest) -> HttpResponse:
    """Answers `Bewaard 10:42` and the tabs; a page that is left says whose it is (ADR 20)."""
    if request.POST.get("person") not in (None, str(request.user.pk)):
        return HttpResponse(status=401)
    at = now()
    typed = typed_from(request.POST)
    try:
        draft = keep(request.user, typed, at, window_of(request))
    except Refused as refused:
        elsewhere = str(typed.token) if isinstance(refused, KeptElsewhere) else ""
        context = {"sentence": refused.message, "elsewhere": elsewhere}
        return render(request, "contacts/registration_saved.html", context, status=422)
    saved = _("Saved %(time)s") % {"time": wording.clock(at)} if draft else ""
    context = {
        "saved": saved,
        "seen": stamp_of(draft),
        "tabs": tabs_of(request.user, str(typed.token)),
        "is_answer": True,
    }
    return render(request, "contacts/registration_saved.html", context)


@needs(Right.QUESTIONS_WRITE)
@require_POST
def throw_away(request: HttpRequest) -> HttpResponse:
    """Throws one's own draft away, and the toast brings it back; another's is not there and nothing happens."""
    token = token_of(request.POST.get("token", ""))
    if drop_draft(by=request.user, at=now(), token=token):
        undo = reverse("contacts:pick_up", args=[token])
        messages.success(request, _("The draft is gone."), extra_tags=f"undo:{undo}")
    return redirect(f"{reverse('contacts:registration')}?nieuw=1")


@needs(Right.QUESTIONS_WRITE)
@require_POST
def pick_up(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Takes back that a draft was thrown away."""
    desk = reverse("contacts:registration")
    if pick_up_draft(by=request.user, at=now(), token=token):
        messages.success(request, _("The draft is back."))
        return redirect(f"{desk}?concept={token}")
    messages.error(request, _("It is too late to bring this draft back."))
    return redirect(f"{desk}?nieuw=1")


@needs(Right.QUESTIONS_WRITE)
@require_POST
def after_saving(request: HttpRequest) -> HttpResponse:
    """Remembers where the focus goes after saving."""
    choice = request.POST.get("after_saving", "")
    field = User._meta.get_field("after_saving")
    if choice in dict(field.choices or ()):
        user = request.user
        user.after_saving = choice
        user.save(update_fields=["after_saving"])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    return redirect("contacts:registration")


@needs(Right.QUESTIONS_WRITE)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancels what was just registered and brings its draft back."""
    at = now()
    desk = reverse("contacts:registration")
    try:
        questions = undo_registration(contact_id=pk, by=request.user, at=at)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect(f"{desk}?nieuw=1")
    customer_id = Contact.objects.filter(pk=pk).values_list("customer_id", flat=True).first()
    draft = bring_back(by=request.user, at=at, contact_id=pk, customer_id=customer_id)
    numbers = ", ".join(question.number for question in questions)
    messages.success(request, _("Undone: %(numbers)s. What you typed is back.") % {"numbers": numbers})
    return redirect(f"{desk}?concept={draft.token}" if draft else f"{desk}?nieuw=1")
