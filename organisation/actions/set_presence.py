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
    """The first sign-in of the day makes somebody available; what they said today themselves stays."""
    presence = Presence.objects.filter(user=user).first()
    if presence is None or local_day(presence.changed_at) < local_day(at):
        set_presence(user=user, status=Presence.Status.AVAILABLE, at=at)
