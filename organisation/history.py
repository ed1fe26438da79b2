"""Who changes a row, when, and why: told to the row, so that its next row of history says it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from django.db.models import Model

    from organisation.models import User

LONGEST_REASON: Final = 100


def sign(row: Model, *, by: User | None, at: datetime, reason: str = "") -> None:
    """Before the row is saved or deleted. Without a person it was the application itself."""
    signed: Any = row
    signed._history_user, signed._history_date = by, at
    signed._change_reason = reason[:LONGEST_REASON] or None
