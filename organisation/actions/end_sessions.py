"""Signing somebody out elsewhere."""

from __future__ import annotations

from django.db import transaction

from organisation import audit
from organisation.actions.roles import may_change
from organisation.models import User
from organisation.sessions import end_sessions


@transaction.atomic
def end_sessions_of(*, person: User, by: User, but: str | None = None) -> int:
    """Their sessions end at the next request; one's own, or of a colleague by an administrator."""
    if person != by:
        may_change(person, by)
    ended = end_sessions(person.pk, but=but)
    audit.record(by=by, action="sessions.ended", obj=person)
    return ended
