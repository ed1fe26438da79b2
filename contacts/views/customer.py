"""One customer: who it is, how to reach them, everything they asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from contacts.access import get_customer
from contacts.pages.customer import customer_page
from organisation.audit import record_view
from organisation.clock import now
from organisation.roles import Right, needs


@needs(Right.CUSTOMERS_READ)
@require_safe
def customer(request: HttpRequest, pk: int) -> HttpResponse:
    """A merged customer leads to the one it became."""
    found = get_customer(request.user, pk)
    if found.pk != pk:
        return redirect("contacts:customer", pk=found.pk)
    page = customer_page(request.user, found, now(), after=request.GET.get("na", "")[:60])
    record_view(request, page="customer", customer_id=found.pk)
    return render(request, "contacts/customer.html", {"page": page, "nav": "desk"})
