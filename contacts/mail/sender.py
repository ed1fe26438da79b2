"""Who wrote a message: an employee, a form of ours, a known customer, or somebody new."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from channels_app.adapters.email.addresses import Address
from channels_app.adapters.email.mail import ParsedMail
from channels_app.reference import is_our_id
from contacts import normalize
from contacts.actions.asked import NewCustomer
from contacts.merged import where_merged
from contacts.models import ContactAddress, Customer
from organisation.models import User


@dataclass(frozen=True)
class Sender:
    """`address` is who the answer goes to; `is_form`: one of our own forms passed it on; `is_us`: it came from our address and went to us alone."""

    address: Address
    is_form: bool = False
    is_us: bool = False
    employee: User | None = None


def find_sender(mail: ParsedMail, own: frozenset[str]) -> Sender:
    """A form of our own writes from our domain and names the citizen in Reply-To; from elsewhere Reply-To is only noted."""
    sender = mail.sender
    own_domains = {address.rpartition("@")[2] for address in own}
    reply_to = next((one for one in mail.reply_to if one.address and one.address not in own), None)
    if sender.domain in own_domains and reply_to is not None and reply_to.domain not in own_domains:
        return Sender(Address(reply_to.address, reply_to.name or sender.name), is_form=True)
    employee = User.objects.filter(email__iexact=sender.address, is_active=True).first() if sender.address else None
    if employee is None and _is_among_us(mail, own):
        return Sender(reply_to or Address("", sender.name or sender.address), is_us=True)
    return Sender(sender, employee=employee)


def _is_among_us(mail: ParsedMail, own: frozenset[str]) -> bool:
    """So writes a form on a website, without the citizen in its head, or a colleague with a mailbox of us all; what we sent ourselves has our marks."""
    to = {one.address for one in (*mail.to, *mail.cc)}
    is_ours = mail.automatic == "own" and bool(to) and to <= own
    return (
        is_ours and not is_our_id(mail.message_id) and not {"sender_not_verified", "marked_as_spam"} & {*mail.remarks}
    )


def find_customer(address: Address) -> tuple[Customer | NewCustomer | None, tuple[str, ...]]:
    """The customer with this address, a new one, or None with a remark when more than one could be meant.

    Call inside a transaction: two messages of one new sender at the same moment make one customer.
    """
    if not address.address:
        return None, ()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 26))", [address.address])
    rows = ContactAddress.objects.filter(
        kind=ContactAddress.Kind.EMAIL, normalized=address.address, customer__restricted_at__isnull=True
    )
    people = {where_merged(row.customer).pk: where_merged(row.customer) for row in rows.select_related("customer")[:20]}
    if len(people) == 1:
        return next(iter(people.values())), ()
    if people:
        name = normalize.plain(address.name)
        same = [person for person in people.values() if name and normalize.plain(person.name) == name]
        return (same[0], ()) if len(same) == 1 else (None, ("several_customers",))
    name = (
        address.name if normalize.plain(address.name) else address.address
    )  # a name of signs that nobody sees is none
    return NewCustomer(name=name, email=address.address), ()
