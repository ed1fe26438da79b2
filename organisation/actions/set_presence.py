"""Says where a person is now."""

from __future__ import annotations

from datetime import datetime

from organisation.clock import local_day
from organisation.models import Presence, User


def set_presence(*, user: User, status: str, at: datetime, note: str = "", back_at: datetime | None = None) -> None:
    """From now on this person is here, busy or away, as they say themselves."""
    Presence.objects.update_or_create(
        user=user,
        defaults={"status": Presence.Status(status), "note": note[:100], "back_at": back_at, "changed_at": at},
    )


def arrive(*, user: User, at: datetime) -> None:
    """Who signs in is there. What they said today themselves stays; "away" without a word is only that they logged out before."""
    presence = Presence.objects.filter(user=user).first()
    if presence is None or local_day(presence.changed_at) < local_day(at) or _only_left(presence):
        set_presence(user=user, status=Presence.Status.AVAILABLE, at=at)


def _only_left(presence: Presence) -> bool:
    return presence.status == Presence.Status.AWAY and not presence.note and presence.back_at is None
