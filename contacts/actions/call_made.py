"""The customer was spoken by phone: the request to call and its promise end together."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from contacts.actions.clocks import stop_clocks
from contacts.models import CallbackAttempt, CallbackRequest, Question
from contacts.norms.promises import CALLBACK
from organisation.history import sign

if TYPE_CHECKING:
    from organisation.models import User


def reached(question: Question, *, by: User, at: datetime) -> CallbackRequest | None:
    """Who was spoken by phone, however that was written down, needs no call any more. On the locked question; None: nobody was to be called."""
    open_ones = CallbackRequest.objects.select_for_update().filter(question=question, state=CallbackRequest.State.OPEN)
    callback = open_ones.first()
    if callback is not None:
        CallbackAttempt.objects.create(callback=callback, at=at, by=by, outcome=CallbackAttempt.Outcome.REACHED)
        done(callback, question, by=by, at=at)
    return callback


def done(callback: CallbackRequest, question: Question, *, by: User, at: datetime) -> None:
    """Both rows are locked."""
    callback.state = CallbackRequest.State.DONE
    callback.settled_at, callback.settled_by = at, by
    callback.version += 1
    sign(callback, by=by, at=at)
    callback.save()
    stop_clocks(question, by=by, at=at, cause="called back", codes=frozenset({CALLBACK}))
