"""A customer wants no surveys any more: with the link in the mail, or by saying so at the desk."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from contacts.merged import where_merged
from contacts.models import Customer
from organisation import audit
from surveys.access import hashes_of, invitation_of_any_age
from surveys.models import OptOut

if TYPE_CHECKING:
    from organisation.models import User


@transaction.atomic
def opt_out(*, token: str, at: datetime) -> bool:
    """False when the link is not one of ours. Twice is once. Holds for every address and number that we know of this customer."""
    invitation = invitation_of_any_age(token)
    if invitation is None:
        return False
    known = {invitation.address_hash}
    if invitation.customer is not None:
        known |= hashes_of(where_merged(invitation.customer), also_unused=True)
    rows = [OptOut(address_hash=one, since_at=at) for one in sorted(known) if one]
    OptOut.objects.bulk_create(rows, ignore_conflicts=True)
    return True


@transaction.atomic
def note_wish(*, customer: Customer, wants: bool, by: User, at: datetime) -> bool:
    """For the person, by all e-mail addresses and numbers; an invitation that waits stops by itself. False when nothing changed."""
    known = hashes_of(customer, also_unused=True)
    if wants:
        changed, _by_model = OptOut.objects.filter(address_hash__in=known).delete()
    else:
        refused = set(OptOut.objects.filter(address_hash__in=known).values_list("address_hash", flat=True))
        rows = [OptOut(address_hash=one, since_at=at) for one in sorted(known - refused)]
        changed = len(OptOut.objects.bulk_create(rows, ignore_conflicts=True))
    if changed:
        audit.record(by=by, action="survey.opted_in" if wants else "survey.opted_out", obj=customer)
    return bool(changed)
