"""A customer wants no surveys any more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from surveys.access import invitation_of_any_age
from surveys.models import OptOut


@transaction.atomic
def opt_out(*, token: str, at: datetime) -> bool:
    """False when the link is not one of ours. Twice is once."""
    invitation = invitation_of_any_age(token)
    if invitation is None:
        return False
    OptOut.objects.get_or_create(address_hash=invitation.address_hash, defaults={"since_at": at})
    return True
