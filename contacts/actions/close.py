"""Closes a question, with the reason that figures and clocks need."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts import normalize, status
from contacts.actions.assign import hold_if_nobody_does
from contacts.actions.call_made import reached
from contacts.actions.change import changing
from contacts.actions.clocks import cancel_clocks, is_unanswered, live_clocks, promises_to_keep, stop_clocks
from contacts.models import CallbackRequest, Note, Question
from contacts.norms.promises import CALLBACK, KEPT_BY_A_MACHINE
from organisation.clock import local_day
from organisation.errors import Refused
from organisation.history import sign
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from organisation.models import User

REASONS = frozenset({"answered", "no_reaction_needed", "passed_on", "internal", "connected"})
_CALL = frozenset({CALLBACK})


@one_transaction
def close(
    *, question: Question, by: User | None, at: datetime, reason: str, text: str = "", version: int | None = None
) -> Question:
    """Closes. `answered` means: answered by phone or in person, or before; the text says how. Other reasons cancel the clocks.

    Closing without a word never counts as an answer (norms-and-kpis §3), so `answered` wants a text, or an answer to what was asked last.
    A promise to call is kept by calling alone: with a text the customer was spoken, without one the question stays open.
    """
    if reason not in REASONS:
        raise Refused(_("Choose why the question is closed."), "reason")
    text = normalize.clean(text, 10_000)
    with changing(question, by=by, at=at, version=version, reason=f"closed: {reason}") as fresh:
        if reason == "answered" and not text:
            _check_answered(fresh)
        if text and by is not None:
            Note.objects.create(question=fresh, text=text, created_at=at, created_by=by)
        if reason == "answered":
            fresh.answered_at = max(fresh.answered_at or at, at)
            hold_if_nobody_does(fresh, by=by, at=at, reason=_("Answered by %(name)s") % {"name": by})
            if text and by is not None:
                reached(fresh, by=by, at=at)
            stop_clocks(fresh, by=by, at=at, cause="answered", besides=_CALL)
        finish(fresh, by=by, at=at, reason=reason)
    return question


def _check_answered(question: Question) -> None:
    if _open_calls(question).exists():
        raise Refused(
            _("We promised to call this customer. Write down what was said, or end the call-back request first."),
            "text",
        )
    if _waits_for_an_answer(question):
        raise Refused(_("Write down what the answer was, or send it."), "text")


def _waits_for_an_answer(question: Question) -> bool:
    """Nobody answered yet, or not since the customer reacted; also while the clocks stand still."""
    if question.answered_at is None:
        return True
    promised = [*promises_to_keep(question), *live_clocks(question)]
    return any(is_unanswered(question, clock) for clock in promised if clock.code not in KEPT_BY_A_MACHINE | _CALL)


def finish(question: Question, *, by: User | None, at: datetime, reason: str) -> None:
    """Ends the locked question; clocks that still live are cancelled, and so is an open call-back request."""
    question.status = status.after("close", question.status)
    question.close_reason = reason
    question.closed_at = at
    question.closed_on = local_day(at)
    cancel_clocks(question, by=by, at=at, cause=f"closed: {reason}")
    withdraw_callbacks(question, by=by, at=at)


def withdraw_callbacks(question: Question, *, by: User | None, at: datetime) -> None:
    """Open call-back requests of the question need no call any more."""
    for callback in _open_calls(question).select_for_update():
        callback.state = CallbackRequest.State.CANCELLED
        callback.settled_at = at
        callback.settled_by = by
        callback.version += 1
        sign(callback, by=by, at=at)
        callback.save()


def _open_calls(question: Question) -> QuerySet[CallbackRequest]:
    return CallbackRequest.objects.filter(question=question, state=CallbackRequest.State.OPEN)
