"""Takes a waiting question up again: what was left of the clocks runs on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from contacts.actions.change import changing
from contacts.actions.clocks import resume_clocks
from contacts.models import Question
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User


@one_transaction
def resume(*, question: Question, by: User | None, at: datetime, version: int | None = None) -> Question:
    """The deadline becomes the working days that were left, strictly after today."""
    with changing(question, by=by, at=at, act="resume", version=version, reason="resumed") as fresh:
        resume_clocks(fresh, by=by, at=at, cause="resumed")
    return question
