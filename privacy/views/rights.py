"""What a person asked about the own data: noted, put off once, answered in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contacts.access import get_customer
from organisation import wording
from organisation.audit import record_view
from organisation.clock import now, today
from organisation.errors import Refused
from organisation.roles import Right, needs
from privacy.actions.rights import answer_right, note_right, put_off, take_over, tell_otherwise
from privacy.actions.tell_person import address_of
from privacy.forms.rights import AnswerForm, NoteRightForm, PutOffForm, ToldForm
from privacy.models import PersonRequest, RightsRequest
from privacy.pages.requests import may_lift
from privacy.pages.rights import RELATED, right_page

if TYPE_CHECKING:
    from contacts.models import Customer
    from organisation.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_ERASE)
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """From the page of the customer: from here on the last day is watched."""
    customer = _asker(request.user, pk)
    form = NoteRightForm(request.POST if request.method == "POST" else None, initial={"received_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            made = note_right(
                customer=customer,
                kind=form.cleaned_data["kind"],
                reason=form.cleaned_data["reason"],
                received_on=form.cleaned_data["received_on"],
                by=request.user,
                at=now(),
            )
        except Refused as refused:
            refused.tell(form)
        else:
            messages.success(
                request, _("Noted. The last day to answer is %(day)s.") % {"day": wording.day_long(made.last_on)}
            )
            return redirect("privacy:right", made.pk)
    record_view(request, page="person-right", customer_id=customer.pk)
    context = {"customer": customer, "form": form, "nav": "desk"}
    return render(request, "privacy/note_right.html", context, status=422 if form.errors else 200)


def _asker(user: User, pk: int) -> Customer:
    """Whose data are restricted may still ask something about them."""
    restricted = PersonRequest.objects.filter(customer=pk, kind=PersonRequest.Kind.RESTRICT)
    one = restricted.filter(state=PersonRequest.State.DONE).select_related("customer").first()
    return one.customer if one is not None and may_lift(user, one) else get_customer(user, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_ERASE)
def right(request: HttpRequest, pk: int) -> HttpResponse:
    """Until when and where it is done; POST `take`, `later` with a reason and how it was told, `told`, or what was answered."""
    one = get_object_or_404(RightsRequest.objects.select_related(*RELATED), pk=pk)
    given = request.POST if request.method == "POST" else None
    later = PutOffForm(given if "later" in request.POST else None, prefix="l", address=address_of(one.customer))
    told = ToldForm(given if "told" in request.POST else None, prefix="t")
    answer = AnswerForm(None if later.is_bound or told.is_bound or "take" in request.POST else given)
    if given is not None:
        try:
            if _done(request, pk, later, told, answer):
                messages.success(request, _("Noted."))
                return redirect("privacy:right", pk)
        except Refused as refused:
            if "take" in given or told.is_bound:
                messages.error(request, refused.message)
                return redirect("privacy:right", pk)
            refused.tell(later if later.is_bound else answer)
    record_view(request, page="person-right", customer_id=one.customer_id)
    page = right_page(request.user, one, now())
    context = {"page": page, "later": later, "told": told, "form": answer, "nav": "manage"}
    is_wrong = later.errors or told.errors or answer.errors
    return render(request, "privacy/right.html", context, status=422 if is_wrong else 200)


def _done(request: HttpRequest, pk: int, later: PutOffForm, told: ToldForm, answer: AnswerForm) -> bool:
    """False when the form that was sent is not right."""
    by, at = request.user, now()
    if "take" in request.POST:
        take_over(pk=pk, by=by, at=at)
    elif told.is_bound:
        if not told.is_valid():
            return False
        tell_otherwise(pk=pk, by=by, at=at, told_by=told.cleaned_data["told_by"])
    elif later.is_bound:
        if not later.is_valid():
            return False
        put_off(pk=pk, by=by, at=at, reason=later.cleaned_data["reason"], told_by=later.cleaned_data["told_by"])
    elif not answer.is_valid():
        return False
    else:
        said = answer.cleaned_data
        answer_right(pk=pk, by=by, at=at, outcome=said["outcome"], remark=said["remark"])
    return True
