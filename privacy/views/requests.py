"""Requests to erase or restrict a person: asked, looked at, decided by another."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contacts.access import get_customer
from contacts.models import Customer
from contacts.views.person_file import Back, give
from organisation.audit import record_view
from organisation.clock import now
from organisation.errors import Refused
from organisation.nudge import nudge
from organisation.roles import Right, needs
from organisation.workdays import local_day
from privacy.actions.ask import approve, ask, lift_restriction, nobody_else, refuse
from privacy.actions.hold import place_hold
from privacy.actions.notify import second_people
from privacy.actions.restrict import closed_only_by
from privacy.forms.requests import AskForm, CustomerHoldForm, RefusalForm, RemarkForm
from privacy.holds import held_sentence
from privacy.models import PersonRequest
from privacy.obstacles import obstacle, open_question
from privacy.pages.requests import request_page, request_rows, requests_for
from privacy.pages.rights import right_rows

SWEEP = "privacy.tasks.erase"


@require_safe
@needs(Right.PERSON_ERASE, Right.PERSON_ERASE_APPROVE)
def requests(request: HttpRequest) -> HttpResponse:
    """What waits first."""
    rows, has_more = request_rows(request.user, now())
    record_view(request, page="person-requests")
    may_ask = request.user.may(Right.PERSON_ERASE)
    waits, answered = right_rows(now()) if may_ask else ([], [])
    context = {
        "waits": waits,
        "answered": answered,
        "rows": rows,
        "has_more": has_more,
        "may_ask": may_ask,
        "nav": "manage",
    }
    return render(request, "privacy/requests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_ERASE)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for a second person, or places a legal hold (POST `hold`)."""
    customer = get_customer(request.user, pk)
    at = now()
    is_hold = "hold" in request.POST
    form = AskForm(
        request.POST if request.method == "POST" and not is_hold else None, initial={"received_on": local_day(at)}
    )
    hold_form = CustomerHoldForm(request.POST if is_hold else None, prefix="h")
    if request.method == "POST" and (hold_form if is_hold else form).is_valid():
        try:
            return _held(request, customer, hold_form) if is_hold else _asked(request, customer, form)
        except Refused as refused:
            refused.tell(hold_form if is_hold else form)
    record_view(request, page="person-request", customer_id=customer.pk)
    context = {
        "customer": customer,
        "form": form,
        "hold_form": hold_form,
        "held": held_sentence(customer, at),
        "obstacle": obstacle(customer),
        "open_question": open_question(customer),
        "approvers": ", ".join(second_people(customer.pk, asked_by=request.user.pk, at=at).values()),
        "nobody_else": nobody_else(),
        "waiting": PersonRequest.objects.filter(customer=customer, state__in=PersonRequest.OPEN).first(),
        "nav": "desk",
    }
    return render(request, "privacy/person.html", context, status=422 if form.errors or hold_form.errors else 200)


def _asked(request: HttpRequest, customer: Customer, form: AskForm) -> HttpResponse:
    data = form.cleaned_data
    made = ask(
        customer=customer,
        kind=data["kind"],
        reason=data["reason"],
        received_on=data["received_on"],
        by=request.user,
        at=now(),
    )
    nudge(SWEEP)
    messages.success(request, _("Asked. A team lead or another coordinator decides about it."))
    return redirect("privacy:request", made.pk)


def _held(request: HttpRequest, customer: Customer, form: CustomerHoldForm) -> HttpResponse:
    data = form.cleaned_data
    place_hold(by=request.user, at=now(), reason=data["reason"], until=data["until"], customer=customer)
    messages.success(request, _("These data stay until the legal hold ends."))
    return redirect("privacy:person", customer.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_ERASE, Right.PERSON_ERASE_APPROVE)
def request_of(request: HttpRequest, pk: int) -> HttpResponse:
    """What goes and what stays; POST `no` with a reason refuses or takes back, `lift` lifts a restriction."""
    one = get_object_or_404(requests_for(request.user), pk=pk)
    decides = one.state == PersonRequest.State.ASKED and one.asked_by_id != request.user.pk
    form = (RefusalForm if decides else RemarkForm)(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        verb = lift_restriction if "lift" in request.POST else refuse
        try:
            verb(request=one, by=request.user, at=now(), remark=form.cleaned_data["remark"])
        except Refused as refused:
            form.add_error("remark", refused.message)
            one.refresh_from_db()
        else:
            messages.success(request, _("Noted."))
            return redirect("privacy:request", one.pk)
    record_view(request, page="person-request", customer_id=one.customer_id)
    context = {"page": request_page(request.user, one, now()), "form": form, "nav": "manage"}
    return render(request, "privacy/request.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_EXPORT)
def restricted_file(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """What we keep about a person whose data are restricted: the right to know it stays (AVG, articles 15 and 18)."""
    restricted = requests_for(request.user).filter(kind=PersonRequest.Kind.RESTRICT, state=PersonRequest.State.DONE)
    one = get_object_or_404(restricted, pk=pk)
    also = closed_only_by(one, request.user.pk)
    return give(request, one.customer, also=also, back=Back(reverse("privacy:request", args=[pk]), one.number))


@require_POST
@needs(Right.PERSON_ERASE_APPROVE)
def approve_request(request: HttpRequest, pk: int) -> HttpResponse:
    """By another person than who asked, after the list was there to be read."""
    one = requests_for(request.user).filter(pk=pk).first()
    if one is None:
        raise Http404
    try:
        approve(request=one, by=request.user, at=now())
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        nudge(SWEEP)
        messages.success(
            request,
            _("Approved. Erasing begins within a minute.")
            if one.kind == "erase"
            else _("Approved. Nobody sees these data any more."),
        )
    return redirect("privacy:request", pk)
