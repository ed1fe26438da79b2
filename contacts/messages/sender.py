"""Whose number or profile a message of a service came from: a known customer, or somebody new."""

from __future__ import annotations

from django.db import connection

from channels_app.account_words import account_words, nameless
from channels_app.models import Channel
from contacts import normalize
from contacts.actions.asked import NewCustomer
from contacts.merged import where_merged
from contacts.models import ContactAddress, Customer

_Kind = ContactAddress.Kind
KINDS = {
    Channel.WHATSAPP: (_Kind.WHATSAPP, _Kind.PHONE),
    Channel.SMS: (_Kind.PHONE, _Kind.WHATSAPP),
    Channel.SOCIAL: (_Kind.SOCIAL,),
}
"""As which kinds of address a sender on this channel can be known; on other channels nobody is recognised."""
BY_NUMBER = frozenset({Channel.WHATSAPP, Channel.SMS})


def address_words(channel: str, address: str, name: str = "") -> str:
    """How a person reads who is written to: a number as one dials it, an account by the name of who has it."""
    if (words := account_words(address, name)) != address:
        return words
    words = normalize.phone_words(address) if channel in BY_NUMBER else address
    return f"{name} ({words})" if name and name != words else words


def find_customer(channel: str, address: str, name: str) -> tuple[Customer | NewCustomer | None, tuple[str, ...]]:
    """The customer with this number or profile, a new one, or None with a remark when more than one could be meant.

    Call inside a transaction: two messages of one new sender at the same moment make one customer.
    """
    kinds = KINDS.get(Channel(channel), ())
    if not address or not kinds:
        return (NewCustomer(name=name), ()) if name else (None, ())
    normalized = ContactAddress.normal_form(kinds[0], f"+{address}" if channel in BY_NUMBER else address)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 32))", [f"{channel}:{normalized}"])
    rows = ContactAddress.objects.filter(kind__in=kinds, normalized=normalized, customer__restricted_at__isnull=True)
    people: dict[int, Customer] = {}
    own: set[int] = set()
    for row in rows.select_related("customer")[:20]:
        person = where_merged(row.customer)
        people[person.pk] = person
        if row.kind == kinds[0]:
            own.add(person.pk)
    if len(own) == 1:  # who wrote from it before goes before who shares the telephone
        return people[own.pop()], ()
    if len(people) == 1:
        return next(iter(people.values())), ()
    if people:
        same = [one for one in people.values() if name and normalize.plain(one.name) == normalize.plain(name)]
        return (same[0], ()) if len(same) == 1 else (None, ("same_number",))
    called = name or stand_in(channel, address)
    if channel == Channel.WHATSAPP:
        return NewCustomer(name=called, whatsapp=_dialled(address)), ()
    if channel == Channel.SMS:
        return NewCustomer(name=called, phone=_dialled(address)), ()
    return NewCustomer(name=called, social=address), ()


def _dialled(address: str) -> str:
    """The number as one dials it, when it can be read back from that."""
    words = normalize.phone_words(address)
    return words if normalize.phone(words) == address else f"+{address}"


def stand_in(channel: str, address: str) -> str:
    """What a customer is called as long as no message told a name."""
    return address_words(channel, address) if channel in BY_NUMBER else nameless(address)
