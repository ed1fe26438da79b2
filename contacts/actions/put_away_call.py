"""Puts the call above the page away: somebody's own talk is over, as its hanging up was lost; any other is only not shown to that person."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from channels_app.actions.log_events import PRESUMED, Told, log_events
from channels_app.models import LiveCall
from channels_app.models.calls import TALKS
from contacts.calls.live import names_of
from contacts.rulebook import pickup_seconds_on

if TYPE_CHECKING:
    from organisation.models import User


def put_away_call(*, pk: int, by: User, at: datetime) -> None:
    """An end that the exchange tells later is written over ours; so is whatever shows that the talk goes on."""
    row = LiveCall.objects.filter(pk=pk, state__in=TALKS, agent__in=names_of(by)).first()
    if row is None:
        return
    end = Told(row.external_key, "ended", at, ours=PRESUMED)
    log_events(source=row.source, events=[end], at=at, pickup_seconds=pickup_seconds_on)
