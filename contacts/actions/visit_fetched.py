"""The host sees a colleague come for a visitor who waits, and says so. For a moment that can be taken back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from contacts.actions.change import changing
from contacts.actions.undo_registration import UNDO_TIME
from contacts.actions.visit_wait import FETCHED, end_wait, is_waiting, wait_again
from contacts.actions.warn_visit import visit_of_today
from contacts.models.contact import UNDONE
from organisation.errors import Refused
from organisation.roles import Right
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from contacts.models import Question
    from organisation.models import User


@one_transaction
def visit_fetched(*, number: str, by: User, at: datetime) -> Question:
    """The question is in progress with its team, or with who was handed it; the version stays, for who has it open is about to take it."""
    if not by.may(Right.VISITS_WRITE):
        raise PermissionDenied
    question = visit_of_today(number, by=by, at=at).question
    if not is_waiting(question):
        raise Refused(_("This visitor is helped already."))
    with changing(question, by=by, at=at, act="interim", is_back=True, is_edit=False, reason=FETCHED) as fresh:
        end_wait(fresh, by=by, at=at)
    return question


@one_transaction
def visit_not_fetched(*, number: str, by: User, at: datetime) -> Question:
    """Only by who said it, within a minute, and when nothing happened since."""
    if not by.may(Right.VISITS_WRITE):
        raise PermissionDenied
    question = visit_of_today(number, by=by, at=at).question
    last, before = [*question.history.order_by("-history_id")[:2], None, None][:2]  # type: ignore[attr-defined]
    if last is None or before is None or last.history_change_reason != FETCHED or last.history_user_id != by.pk:
        raise Refused(_("Something happened to this question since. Open it to see how it is now."))
    if at - last.history_date > UNDO_TIME:
        raise Refused(_("It is too late to undo this. Register the visit again."))
    with changing(question, by=by, at=at, is_back=True, is_edit=False, reason=UNDONE) as fresh:
        fresh.status = before.status
        wait_again(fresh, ended_at=last.history_date, by=by, at=at)
    return question
