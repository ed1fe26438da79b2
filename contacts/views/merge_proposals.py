"""Proposals of the desk that two customers are one; the coordinator decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from channels_app.account_words import account_words
from contacts.actions.merge import merge_customers
from contacts.actions.refuse_merge import refuse_merge
from contacts.models import Customer, MergeProposal
from contacts.pages.customer_pane import ADDRESS_ICONS
from organisation import wording
from organisation.audit import record_view
from organisation.clock import now
from organisation.errors import Refused
from organisation.numbers import whole
from organisation.roles import Right, needs
from organisation.workdays import local_day

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST = 50


@needs(Right.CUSTOMERS_MERGE)
@require_http_methods(["GET", "HEAD", "POST"])
def merge_proposals(request: HttpRequest) -> HttpResponse:
    """The open proposals, oldest first; POST `accept` or `refuse` with the id of one decides about it."""
    if request.method == "POST":
        return _decide(request)
    at = now()
    found = list(_open(request)[: MOST + 1])
    rows = [
        {
            "id": one.pk,
            "sides": [(side, side.address_line, _addresses(side)) for side in (one.keep, one.merge)],
            "by": one.proposed_by.name,
            "when": wording.moment(one.proposed_at, local_day(at)),
        }
        for one in found[:MOST]
    ]
    record_view(request, page="merge_proposals")
    context = {"rows": rows, "has_more": len(found) > MOST, "nav": "manage"}
    return render(request, "contacts/merge_proposals.html", context)


def _in_reach(request: HttpRequest) -> QuerySet[MergeProposal]:
    seen = Customer.objects.visible_to(request.user)
    return MergeProposal.objects.filter(keep__in=seen, merge__in=seen)


def _open(request: HttpRequest) -> QuerySet[MergeProposal]:
    rows = _in_reach(request).filter(decided_at__isnull=True).select_related("keep", "merge", "proposed_by")
    return rows.prefetch_related("keep__addresses", "merge__addresses").order_by("proposed_at", "id")


def _addresses(customer: Customer) -> list[dict[str, str]]:
    return [
        {"icon": ADDRESS_ICONS.get(row.kind, "at"), "value": account_words(row.value, customer.name)}
        for row in customer.addresses.all()
    ]


def _decide(request: HttpRequest) -> HttpResponse:
    accept, refuse = whole(request.POST.get("accept", "")), whole(request.POST.get("refuse", ""))
    proposal = _in_reach(request).select_related("keep", "merge").filter(pk=accept or refuse or 0).first()
    if proposal is None:
        raise Http404
    try:
        if accept:
            if proposal.decided_at is not None:
                raise Refused(_("A colleague decided about this proposal already."))
            merge_customers(keep=proposal.keep, merge=proposal.merge, by=request.user, at=now())
            messages.success(
                request, _("Merged. Everything now stands with %(name)s.") % {"name": proposal.keep.full_name}
            )
        else:
            refuse_merge(proposal=proposal, by=request.user, at=now())
            messages.success(request, _("Refused. They stay two customers."))
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("contacts:merge_proposals")
