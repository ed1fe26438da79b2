"""Closes a proposal to merge two customers: they are two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from contacts.models import MergeProposal
from organisation import audit
from organisation.errors import Refused
from organisation.roles import Right
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from datetime import datetime

    from organisation.models import User


@one_transaction
def refuse_merge(*, proposal: MergeProposal, by: User, at: datetime) -> None:
    """Both customers stay as they are; the proposal is kept with who refused it."""
    if not by.may(Right.CUSTOMERS_MERGE):
        raise PermissionDenied
    fresh = MergeProposal.objects.select_for_update().get(pk=proposal.pk)
    if fresh.decided_at is not None:
        raise Refused(_("A colleague decided about this proposal already."))
    fresh.decided_at, fresh.decided_by, fresh.is_accepted = at, by, False
    fresh.save()
    audit.record(by=by, action="customer.merge_refused", obj=fresh.keep, other=fresh.merge_id)
