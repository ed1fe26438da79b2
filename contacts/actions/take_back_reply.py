"""Takes a reply back that did not leave yet, or puts away what came back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts.actions.change import changing
from contacts.models import PlannedReply
from organisation.errors import Refused
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from contacts.models import Question
    from organisation.models import User

State = PlannedReply.State
KEPT = (State.BACK, State.REFUSED)
"""States in which the text waits for somebody to go on with it."""


@one_transaction
def take_back_reply(*, question: Question, pk: int, by: User, at: datetime) -> PlannedReply:
    """The reply does not leave; its text and files are kept. `Refused` when it left already: either this or the sweep wins."""
    with changing(question, by=by, at=at, reason="reply taken back"):
        planned = PlannedReply.objects.select_for_update().filter(pk=pk, question=question).first()
        if planned is None or planned.state == State.SENT:
            raise Refused(_("This reply was already sent."))
        if planned.state == State.WAITING:
            planned.state, planned.settled_at, planned.settled_by = State.BACK, at, by
            planned.save()
    return planned


@one_transaction
def put_away_reply(*, question: Question, pk: int, by: User, at: datetime) -> bool:
    """A reply that came back is not needed any more, or somebody went on with it. False when it was not there to put away."""
    return bool(
        PlannedReply.objects.filter(pk=pk, question=question, state__in=KEPT).update(
            state=State.DONE, settled_at=at, settled_by=by
        )
    )
