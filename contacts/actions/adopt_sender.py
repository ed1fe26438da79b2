"""Makes the citizen whose mail a colleague passed on the customer of the question, in one act (email-case 63)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.translation import gettext as _

from channels_app.adapters.email.addresses import Address
from contacts.actions.acknowledge import acknowledge
from contacts.actions.change import changing
from contacts.actions.customers import create_customer
from contacts.mail.moment import is_recent
from contacts.mail.sender import find_customer
from contacts.models import Contact, Customer, Question
from organisation.errors import Refused
from organisation.history import sign
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User


@one_transaction
def adopt_sender(*, question: Question, contact_id: int, by: User, at: datetime) -> Customer:
    """The customer with the address of this contact, found or made; the acknowledgement goes out now, unless it is too late. Raises `Refused`."""
    with changing(question, by=by, at=at, reason="customer taken from the message") as fresh:
        contact = (
            Contact.objects.filter(pk=contact_id, questions=fresh, direction=Contact.Direction.IN)
            .select_related("inbound__mailbox")
            .first()
        )
        if contact is None or "@" not in contact.address:
            raise Http404
        if fresh.customer_id is not None:
            raise Refused(_("This question has a customer already."))
        found, _doubts = find_customer(Address(contact.address.lower(), contact.address_name))
        if found is None:
            raise Refused(_("More than one customer has this e-mail address. Choose the right one."))
        if not isinstance(found, Customer):
            found = create_customer(by=by, at=at, name=found.name, email=found.email)
        fresh.customer = found
        contact.customer = found
        sign(contact, by=by, at=at)
        contact.save()
    if question.is_open and is_recent(contact.received_at, at):
        mailbox = contact.inbound.mailbox if contact.inbound is not None else None
        if mailbox is None or mailbox.has_acknowledgement:
            acknowledge(contact=contact, question=question, at=at, mailbox=mailbox)
    return found
