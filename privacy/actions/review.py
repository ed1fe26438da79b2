"""Notes that a week of the read log was looked through."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from contacts import normalize
from organisation import audit
from organisation.errors import Refused
from organisation.history import sign
from organisation.roles import Right
from organisation.transact import one_transaction
from privacy.models import ReadLogReview

if TYPE_CHECKING:
    from organisation.models import User


def may_review(user: User) -> bool:
    return user.may(Right.READ_LOG_READ) or (user.is_active and user.is_privacy_officer)


@one_transaction
def review_week(*, week_on: date, newest: date, remark: str, by: User, at: datetime) -> ReadLogReview:
    """Once a week; only of a week that is over (`newest` is the last)."""
    if not may_review(by):
        raise PermissionDenied
    remark = normalize.clean_line(remark, 300)
    if len(remark) < 5:
        raise Refused(_("Write down what came of it, for example: nothing unusual."), "remark")
    if week_on.weekday() != 0 or week_on > newest:
        raise Refused(_("This week is not over yet."))
    review = ReadLogReview(week_on=week_on, reviewed_by=by, reviewed_at=at, remark=remark)
    sign(review, by=by, at=at)
    try:
        with transaction.atomic():
            review.save()
    except IntegrityError as error:
        raise Refused(_("A colleague looked through this week already.")) from error
    audit.record(by=by, action="read_log.reviewed", obj=review, on=week_on.isoformat())
    return review
