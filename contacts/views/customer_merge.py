"""Two customers that are one: proposed by the desk, merged by the coordinator."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contacts.access import get_customer
from contacts.actions.merge import merge_customers, propose_merge
from contacts.finding.customers import find_customers, recognised
from contacts.finding.duplicates import suspects
from contacts.models import Customer
from contacts.normalize import MAX_QUERY, clean_line
from contacts.pages.candidates import candidates
from contacts.pages.customer_pane import reached
from organisation.audit import record_view
from organisation.clock import now
from organisation.errors import Refused
from organisation.numbers import whole
from organisation.roles import Right, needs


@needs(Right.CUSTOMERS_MERGE, Right.CUSTOMERS_MERGE_PROPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def customer_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows both side by side; POST `keep` merges (coordinator) or proposes (others). Without `met`: who is the other?"""
    one = get_customer(request.user, pk)
    asked = request.POST.get("met") or request.GET.get("met", "")
    if not asked and request.method != "POST":
        return _choose(request, one)
    other_id = whole(asked)
    if other_id is None:
        raise Http404
    other = get_customer(request.user, other_id)
    if other.pk == one.pk:  # merged since the list was shown
        messages.info(request, _("These are one customer already."))
        return redirect("contacts:customer", pk=one.pk)
    sentence = ""
    if request.method == "POST":
        keep, merge = (one, other) if request.POST.get("keep") != str(other.pk) else (other, one)
        try:
            return _done(request, keep, merge)
        except Refused as refused:
            sentence = refused.message
    sides = [(customer, customer.address_line, reached(customer)) for customer in (one, other)]
    for customer, _address, _reached in sides:
        record_view(request, page="customer", customer_id=customer.pk)
    context = {
        "one": one,
        "other": other,
        "sides": sides,
        "sentence": sentence,
        "may_merge": request.user.may(Right.CUSTOMERS_MERGE),
        "nav": "desk",
    }
    return render(request, "contacts/customer_merge.html", context, status=422 if sentence else 200)


def _choose(request: HttpRequest, one: Customer) -> HttpResponse:
    query = clean_line(request.GET.get("q", ""), MAX_QUERY)
    at = now()
    if query:
        found = [customer for customer in find_customers(request.user, query) if customer.pk != one.pk]
    else:
        found = [suspect.customer for suspect in suspects(request.user, one)]
    rows = candidates(request.user, found, recognised(query), at)
    record_view(request, page="customer", customer_id=one.pk)
    context = {"one": one, "query": query, "rows": rows, "nav": "desk"}
    return render(request, "contacts/customer_merge_choose.html", context)


def _done(request: HttpRequest, keep: Customer, merge: Customer) -> HttpResponse:
    if request.user.may(Right.CUSTOMERS_MERGE):
        merge_customers(keep=keep, merge=merge, by=request.user, at=now())
        messages.success(request, _("Merged. Everything of %(name)s now stands here.") % {"name": merge.full_name})
    else:
        propose_merge(keep=keep, merge=merge, by=request.user, at=now())
        messages.success(request, _("Proposed. The coordinator decides."))
    return redirect("contacts:customer", pk=keep.pk)
