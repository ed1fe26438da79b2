"""That letters were printed, for who brings them to the post."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from contacts.actions.make_letter import State
from contacts.models import OutgoingLetter
from organisation.history import sign
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User


@one_transaction
def print_letters(*, letters: Sequence[OutgoingLetter], by: User, at: datetime) -> None:
    """A copy of one that was posted is no second printing."""
    rows = OutgoingLetter.objects.select_for_update().filter(
        pk__in=[letter.pk for letter in letters], state=State.WAITING
    )
    for row in rows.order_by("pk"):
        row.printed_at = at
        row.version += 1
        sign(row, by=by, at=at, reason="printed")
        row.save()
