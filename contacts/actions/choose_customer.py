"""Says whose question it is: of an unknown customer, or of another one than was thought."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from contacts.actions.change import changing
from contacts.models import Contact, Customer, Question, QuestionContact
from organisation.errors import Refused
from organisation.history import sign
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User


@one_transaction
def choose_customer(*, question: Question, customer: Customer, by: User, at: datetime, version: int) -> Question:
    """The question, and the contacts that belong to it alone, become this customer's. Raises `Refused` when they are already."""
    with changing(question, by=by, at=at, version=version, is_help=False, reason="customer chosen") as fresh:
        before = Q(customer=None) if fresh.customer_id is None else Q(customer=fresh.customer_id)
        if fresh.customer_id == customer.pk:
            raise Refused(_("%(name)s is the customer of this question already.") % {"name": customer}, "customer")
        fresh.customer = customer
        elsewhere = Exists(QuestionContact.objects.filter(contact=OuterRef("pk")).exclude(question=fresh))
        for contact in Contact.objects.filter(before, ~elsewhere, questions=fresh):
            contact.customer = customer
            sign(contact, by=by, at=at)
            contact.save()
    return question
