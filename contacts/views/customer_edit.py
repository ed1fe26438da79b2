"""Changes a customer's data and addresses."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from contacts.access import get_customer
from contacts.actions.consent import withdraw_consent
from contacts.actions.customers import StaleCustomer, add_address, change_address, change_customer, remove_address
from contacts.forms.customer import AddressForm, CustomerForm
from contacts.models import Customer
from contacts.pages.customer_pane import reached
from organisation.audit import record_view
from organisation.clock import now
from organisation.errors import Refused
from organisation.roles import Right, needs
from organisation.views.conflict import conflict


@needs(Right.CUSTOMERS_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def customer_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form with all data; an older version, also of a customer who became another one since, gives 409 with both texts."""
    found = get_customer(request.user, pk)
    if request.method != "POST":
        return _form(request, found, CustomerForm.of(found))
    form = CustomerForm(request.POST)
    if not form.is_valid():
        return _form(request, found, form, status=422)
    if found.pk != pk:
        return _conflict(request, found, form)
    values = dict(form.cleaned_data)
    version = values.pop("version")
    try:
        change_customer(customer=found, by=request.user, at=now(), version=version, **values)
    except StaleCustomer as stale:
        return _conflict(request, stale.theirs, form)
    except Refused as refused:
        refused.tell(form)
        return _form(request, found, form, status=422)
    messages.success(request, _("The customer's data are saved."))
    return redirect("contacts:customer", pk=found.pk)


def _form(
    request: HttpRequest, customer: Customer, form: CustomerForm, address: AddressForm | None = None, status: int = 200
) -> HttpResponse:
    record_view(request, page="customer-edit", customer_id=customer.pk)
    context = {
        "customer": customer,
        "form": form,
        "address_form": address or AddressForm(),
        "reached": reached(customer),
        "nav": "desk",
    }
    return render(request, "contacts/customer_edit.html", context, status=status)


def _conflict(request: HttpRequest, theirs: Customer, form: CustomerForm) -> HttpResponse:
    record_view(request, page="customer-edit", customer_id=theirs.pk)
    address = reverse("contacts:customer_edit", args=[theirs.pk])
    before = CustomerForm.of(theirs).initial
    return conflict(
        request,
        form=form,
        before=before,
        now_version=theirs.version,
        back_url=address,
        again_url=address,
        nav="desk",
    )


@needs(Right.CUSTOMERS_WRITE)
@require_POST
def address_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds a number or address."""
    found = get_customer(request.user, pk)
    form = AddressForm(request.POST)
    if form.is_valid():
        try:
            add_address(customer=found, by=request.user, at=now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error("value", refused.message)
    if not form.is_valid() or form.errors:
        return _form(request, found, CustomerForm.of(found), form, status=422)
    messages.success(request, _("The number or address is added."))
    return redirect("contacts:customer_edit", pk=found.pk)


@needs(Right.CUSTOMERS_WRITE)
@require_POST
def address_change(request: HttpRequest, pk: int, address_id: int) -> HttpResponse:
    """Removes an address, or marks it as preferred or checked."""
    found = get_customer(request.user, pk)
    address = found.addresses.filter(pk=address_id).first()
    if address is None:
        raise Http404
    act = request.POST.get("act", "")
    if act == "remove":
        value = remove_address(customer=found, address_id=address_id, by=request.user, at=now())
        messages.success(request, _("%(value)s is removed. The history keeps it.") % {"value": value})
    elif act in ("prefer", "check"):
        change_address(
            address=address,
            by=request.user,
            at=now(),
            is_preferred=True if act == "prefer" else None,
            is_verified=True if act == "check" else None,
        )
    return redirect("contacts:customer_edit", pk=found.pk)


@needs(Right.CUSTOMERS_WRITE)
@require_POST
def consent_withdraw(request: HttpRequest, pk: int, consent_id: int) -> HttpResponse:
    """The customer wants no messages any more that we begin."""
    found = get_customer(request.user, pk)
    consent = found.consents.filter(pk=consent_id).first()
    if consent is None:
        raise Http404
    if withdraw_consent(consent=consent, by=request.user, at=now()):
        messages.success(request, _("Withdrawn. We begin no talk at this number any more."))
    return redirect("contacts:customer", pk=found.pk)
