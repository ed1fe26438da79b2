"""A proof call: rings, is picked up and ends as a real one, at the phone of whoever tries it; it counts in no figure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from channels_app.actions.log_events import Told, log_events
from channels_app.models import LiveCall
from contacts.models import ContactAddress
from contacts.rulebook import pickup_seconds_on
from organisation.clock import now
from organisation.roles import Right, needs

if TYPE_CHECKING:
    from organisation.models import User

SOURCE: Final = "proef"
WAITED: Final = timedelta(seconds=8)


@require_POST
@needs(Right.QUESTIONS_WRITE)
def proof_call(request: HttpRequest) -> HttpResponse:
    """`doe`: overgaan, opnemen or ophangen."""
    user, at, act = request.user, now(), request.POST.get("doe", "")
    if not (settings.DEMO_MODE or user.may(Right.PARKED_RETRY)):
        raise PermissionDenied
    if not user.extension:
        messages.info(request, _("Fill in your extension at My details first: a call rings at a phone."))
        return redirect("channels_app:channels")
    live = LiveCall.objects.filter(source=SOURCE, external_key__startswith=f"{user.pk}:").exclude(state="ended").last()
    if act == "overgaan":
        _ring(user, at)
        messages.success(request, _("The phone rings. The call stands above your page now."))
    elif live is None:
        messages.info(request, _("There is no proof call. Let the phone ring first."))
    elif act in ("opnemen", "ophangen"):
        _tell(Told(live.external_key, "answered" if act == "opnemen" else "ended", at, agent=user.extension), at)
    return redirect("channels_app:channels")


def _ring(user: User, at: datetime) -> None:
    """Somebody whom we know calls, after a few seconds in the queue."""
    key = f"{user.pk}:{uuid4().hex[:12]}"
    known = ContactAddress.objects.filter(kind=ContactAddress.Kind.PHONE, customer__merged_into=None)
    number = known.order_by("-pk").values_list("normalized", flat=True).first()
    caller = f"+{number}" if number else ""
    _tell(Told(key, "entered", at - WAITED, queue="proef", caller=caller, is_test=True), at)
    _tell(Told(key, "ringing", at, agent=user.extension, is_test=True), at)


def _tell(event: Told, at: datetime) -> None:
    log_events(source=SOURCE, events=[event], at=at, pickup_seconds=pickup_seconds_on)
