"""The director writes the story of a round; it goes into the reports that are issued after this."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from contacts import normalize
from organisation.errors import Stale
from organisation.history import sign
from organisation.roles import Right
from organisation.transact import one_transaction
from programme.models import StatusRound

if TYPE_CHECKING:
    from organisation.models import User


@one_transaction
def save_story(*, round_: StatusRound, text: str, version: int, by: User, at: datetime) -> StatusRound:
    if not by.may(Right.PROGRAMME_WRITE):
        raise PermissionDenied
    fresh = StatusRound.objects.select_for_update().get(pk=round_.pk)
    if fresh.version != version:
        raise Stale(_("A colleague changed the story in the meantime."), fresh)
    fresh.narrative = normalize.clean(text, 4000)
    fresh.version += 1
    sign(fresh, by=by, at=at)
    fresh.save()
    return fresh
