"""Tells whoever handles what a person asked that a week is left, and that it is late: once each."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from organisation.workdays import local_day
from privacy.actions.notify import tell_handlers
from privacy.models import RightsRequest

AHEAD: Final = timedelta(days=7)


@transaction.atomic
def remind_handlers(*, at: datetime) -> int:
    """Says how many requests are late or almost; safe to run twice at once, and however often."""
    soon = RightsRequest.objects.filter(answered_at=None, last_on__lte=local_day(at) + AHEAD)
    found = list(soon.select_for_update(skip_locked=True, of=("self",)))  # not while somebody answers it
    tell_handlers(found, at=at)
    return len(found)
