"""How a registration begins: a draft, a call, a scan, or what the address says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

from channels_app.models import Channel
from contacts.actions.keep_draft import stamp_of
from contacts.calls.live import call_to_register, caller_words, callers
from contacts.finding.customers import customer_for, find_customers, recognised
from contacts.forms.registration import Typed, token_of
from contacts.models import ContactAddress, Draft
from contacts.normalize import clean_line
from contacts.pages.registration_tabs import last_of
from organisation.numbers import whole
from organisation.snapshot import organisation

if TYPE_CHECKING:
    from contacts.models import Customer
    from organisation.models import User


def begin(request: HttpRequest) -> Typed:
    """The draft of the address, else a form filled with what the address says (a number that calls, a customer, a channel)."""
    user = request.user
    if "concept" in request.GET:
        token = token_of(request.GET["concept"])
        draft = Draft.objects.filter(user=user, token=token).exclude(data__has_key="done").first()
        if draft is not None:
            return _typed_of(draft)
    elif "bel" in request.GET:
        return of_call(user, whole(request.GET["bel"]) or 0)
    elif not request.GET:
        last = last_of(user)
        if last is not None:
            return _typed_of(last)
    channel = request.GET.get("kanaal", "")
    if scan := whole(request.GET.get("scan", "")):
        return _of_scan(user, scan)
    fields = {"channel": channel if channel in Channel.values else Channel.PHONE.value, "blocks": "1"}
    asked = clean_line(request.GET.get("tel", "") or request.GET.get("zoek", ""), 200)
    subject = organisation().subjects.get(whole(request.GET.get("onderwerp", "")) or 0)
    if subject is not None:
        fields |= {"q0-subject": str(subject.pk), "q0-subject_query": subject.name}
    typed = Typed(token_of(""), fields | {"customer_query": asked})
    pk = whole(request.GET.get("klant", ""))
    customer = customer_for(user, pk, asked) if pk else None
    if customer is None and asked and recognised(asked).kind in ("phone", "email", "number"):
        found = find_customers(user, asked)
        customer = found[0] if len(found) == 1 and is_exact(found[0], asked) else None
    return with_customer(typed, customer) if customer is not None else typed


def _typed_of(draft: Draft) -> Typed:
    return Typed(draft.token, draft.data.get("fields", {}), stamp_of(draft))


def _of_scan(user: User, pk: int) -> Typed:
    """The draft of this scan, else a letter with it at hand."""
    last = Draft.objects.filter(user=user, data__fields__scan=str(pk)).exclude(data__has_key="done").first()
    if last is not None:
        return _typed_of(last)
    return Typed(token_of(""), {"channel": Channel.LETTER.value, "blocks": "1", "scan": str(pk)})


def of_call(user: User, pk: int) -> Typed:
    """The draft of this call, else a form filled with its number and moment."""
    last = Draft.objects.filter(user=user, data__fields__call=str(pk)).exclude(data__has_key="done").first()
    if last is not None:
        return _typed_of(last)
    row = call_to_register(user, pk)
    fields = {"channel": Channel.PHONE.value, "blocks": "1"}
    if row is None:
        return Typed(token_of(""), fields)
    typed = Typed(token_of(""), fields | {"call": str(pk), "customer_query": caller_words(row)})
    found = callers(user, row)
    return with_customer(typed, found[0]) if len(found) == 1 else typed


def is_exact(customer: Customer, asked: str) -> bool:
    """Whether the typed number, address or question names this customer in full, so that it may be picked by itself."""
    typed = recognised(asked)
    if typed.kind == "number":
        return True
    return ContactAddress.objects.filter(customer=customer, normalized=typed.value).exists()


def with_customer(typed: Typed, customer: Customer) -> Typed:
    query = typed.get("customer_query") or customer.full_name[:200]
    return typed.with_fields(customer=str(customer.pk), customer_state="chosen", customer_query=query)
