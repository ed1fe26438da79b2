"""What a customer says at the desk about surveys."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.access import get_customer
from organisation.clock import now
from organisation.roles import Right, needs
from surveys.actions.opt_out import note_wish


@require_POST
@needs(Right.CUSTOMERS_WRITE)
def wishes(request: HttpRequest, pk: int) -> HttpResponse:
    """From now on none, or again."""
    found = get_customer(request.user, pk)
    wants = request.POST.get("keuze") == "wel"
    note_wish(customer=found, wants=wants, by=request.user, at=now())
    said = _("The customer may be asked again.") if wants else _("The customer gets no surveys any more.")
    messages.success(request, said)
    return redirect("contacts:customer", pk=found.pk)
