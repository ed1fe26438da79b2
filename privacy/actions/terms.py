"""Proposes another term (administrator) and agrees or not (coordinator): until then the old one holds."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from organisation import audit
from organisation.actions.role_requests import not_second, renewed_by
from organisation.errors import Refused
from organisation.history import sign
from organisation.roles import Right
from organisation.transact import one_transaction
from privacy.models import RetentionTerm
from privacy.terms import MOST, term_of

if TYPE_CHECKING:
    from organisation.models import User


@one_transaction
def propose_term(*, code: str, days: int, by: User, at: datetime) -> RetentionTerm:
    """The newest proposal counts."""
    if not by.may(Right.RETENTION_PROPOSE):
        raise PermissionDenied
    term = term_of(code)
    if term is None:
        raise Refused(_("Choose one of the options."), "code")
    if not term.least <= days <= MOST:
        raise Refused(_("Between %(least)s and %(most)s days.") % {"least": term.least, "most": MOST}, "days")
    row, _made = RetentionTerm.objects.select_for_update().get_or_create(code=code)
    row.proposed_days, row.proposed_by, row.proposed_at = days, by, at
    row.version += 1
    sign(row, by=by, at=at)
    row.save()
    audit.record(by=by, action="term.proposed", obj=row, code=code, days=days)
    return row


@one_transaction
def decide_term(*, code: str, days: int | None, is_agreed: bool, by: User, at: datetime) -> RetentionTerm:
    """By a coordinator who did not propose it; `days` is what stood on the page that was decided on."""
    if not by.may(Right.RETENTION_APPROVE):
        raise PermissionDenied
    row = RetentionTerm.objects.select_for_update().filter(code=code, proposed_days__isnull=False).first()
    if row is None:
        raise Refused(_("A colleague decided about this already."))
    if row.proposed_by_id == by.pk:
        raise Refused(_("You asked this yourself. Another person must approve it."))
    if row.proposed_by is not None and renewed_by(row.proposed_by.pk, {by.pk}, at):
        raise Refused(not_second(row.proposed_by))
    if row.proposed_days != days:
        raise Refused(_("Something else was proposed in the meantime. Read it and decide again."))
    if is_agreed:
        row.days = row.proposed_days
    row.proposed_days = None
    row.decided_by, row.decided_at = by, at
    row.version += 1
    sign(row, by=by, at=at)
    row.save()
    audit.record(by=by, action="term.agreed" if is_agreed else "term.refused", obj=row, code=code, days=row.days or 0)
    return row
