"""Cancels a question that is none: spam, a wrong number, a duplicate. Counted nowhere, visible in the history."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Value
from django.db.models.functions import Concat, Left, Substr
from django.utils.translation import gettext as _

from channels_app.models import OutboundMessage
from channels_app.reasons import kept
from contacts.actions.change import changing
from contacts.actions.clocks import cancel_clocks
from contacts.actions.close import withdraw_callbacks
from contacts.actions.withdraw_letter import withdraw_waiting
from contacts.models import Contact, Question
from organisation.clock import local_day
from organisation.errors import Refused
from organisation.nudge import nudge
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from organisation.models import User

REASONS = frozenset({"spam", "wrong_number", "duplicate"})
State = OutboundMessage.State
_DROPPED = State.DROPPED
_MOST = 500  # letters that `error` holds


@one_transaction
def cancel(*, question: Question, by: User | None, at: datetime, reason: str, version: int | None = None) -> Question:
    """Live clocks are cancelled; an acknowledgement that has not left yet is not needed any more, also one that waits for somebody to decide."""
    if reason not in REASONS:
        raise Refused(_("Choose why the question is cancelled."), "reason")
    with changing(question, by=by, at=at, act="cancel", version=version, reason=f"cancelled: {reason}") as fresh:
        fresh.close_reason = reason
        fresh.closed_at = at
        fresh.closed_on = local_day(at)
        fresh.is_direct = False
        cancel_clocks(fresh, by=by, at=at, cause=f"cancelled: {reason}")
        withdraw_callbacks(fresh, by=by, at=at)
        withdraw_waiting(fresh, by=by, at=at)
        others = Question.objects.open().exclude(pk=fresh.pk)
        unsent = _acknowledgements(Contact.objects.filter(questions=fresh).exclude(questions__in=others))
        why, dropped = kept("The question was cancelled."), {"state": _DROPPED, "next_try_at": at}
        unsent.filter(state=State.QUEUED).update(**dropped, error=why)
        unsent.filter(state=State.HELD).update(**dropped, error=Left(Concat(Value(f"{why} "), "error"), _MOST))
    return question


def acknowledge_after_all(question: Question, *, ended_at: datetime, at: datetime) -> None:
    """What was dropped when the (locked) question was cancelled at that moment: it waits to leave again, or for somebody to decide, as it did."""
    why = kept("The question was cancelled.")
    found = _acknowledgements(Contact.objects.filter(questions=question))
    found = found.filter(state=_DROPPED, next_try_at=ended_at)
    found.filter(error__startswith=f"{why} ").update(state=State.HELD, error=Substr("error", len(why) + 2))
    if found.filter(error=why).update(state=State.QUEUED, error="", next_try_at=at):
        nudge("channels_app.tasks.deliver")


def _acknowledgements(contacts: QuerySet[Contact]) -> QuerySet[OutboundMessage]:
    keys = [f"contact:{pk}" for pk in contacts.values_list("pk", flat=True)]
    return OutboundMessage.objects.filter(purpose="acknowledgement", object_key__in=keys)
