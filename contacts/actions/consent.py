"""Writes down that a customer said yes to messages that we begin, and takes it back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from contacts import normalize
from contacts.models import Customer, MessageConsent
from contacts.models.consent import LONGEST_NOTE
from organisation.errors import Refused
from organisation.history import sign
from organisation.roles import Right
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User


def live_consent(customer: Customer | None, channel: str, number: str) -> MessageConsent | None:
    """What holds now for this number."""
    if customer is None or not number:
        return None
    return MessageConsent.objects.filter(
        customer=customer, channel=channel, number=number, withdrawn_at__isnull=True
    ).first()


@one_transaction
def give_consent(
    *, customer: Customer, channel: str, number: str, how: str, by: User, at: datetime, note: str = ""
) -> MessageConsent:
    """Twice is once. `Refused` without how it was said."""
    if not by.may(Right.CUSTOMERS_WRITE):
        raise PermissionDenied
    if how not in MessageConsent.How.values:
        raise Refused(_("Choose how the customer said yes."), "how")
    Customer.objects.select_for_update().get(pk=customer.pk)
    known = live_consent(customer, channel, number)
    if known is not None:
        return known
    consent = MessageConsent(
        customer=customer,
        channel=channel,
        number=number,
        how=how,
        note=normalize.clean_line(note, LONGEST_NOTE),
        given_at=at,
        given_by=by,
    )
    sign(consent, by=by, at=at, reason="given")
    consent.save()
    return consent


@one_transaction
def withdraw_consent(*, consent: MessageConsent, by: User | None, at: datetime) -> bool:
    """False when it was withdrawn already. `by` None: the customer sent STOP."""
    if by is not None and not by.may(Right.CUSTOMERS_WRITE):
        raise PermissionDenied
    fresh = MessageConsent.objects.select_for_update().get(pk=consent.pk)
    if fresh.withdrawn_at is not None:
        return False
    fresh.withdrawn_at, fresh.withdrawn_by = at, by
    sign(fresh, by=by, at=at, reason="withdrawn")
    fresh.save()
    return True


def withdraw_by_stop(*, channel: str, number: str, at: datetime) -> None:
    """Of whoever has this number; in the caller's transaction."""
    for consent in MessageConsent.objects.filter(channel=channel, number=number, withdrawn_at__isnull=True):
        withdraw_consent(consent=consent, by=None, at=at)


def move_consents(*, gone: Customer, keep: Customer, by: User, at: datetime) -> None:
    """What two customers that are one said comes together; of two that hold for one number the first one said stays."""
    for consent in MessageConsent.objects.select_for_update().filter(customer=gone).order_by("pk"):
        double = live_consent(keep, consent.channel, consent.number)
        if consent.withdrawn_at is None and double is not None:
            consent.withdrawn_at, consent.withdrawn_by = at, by
        consent.customer = keep
        sign(consent, by=by, at=at, reason="merged")
        consent.save()
