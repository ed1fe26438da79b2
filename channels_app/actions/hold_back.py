"""Ceilings on automatic mail: what waits for a person before it leaves (quality rule 16)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

from channels_app.models import DeadAddress, OutboundMessage
from channels_app.reasons import kept
from organisation.snapshot import organisation

State = OutboundMessage.State
HOUR = timedelta(hours=1)


def is_dead(message: OutboundMessage) -> bool:
    return DeadAddress.objects.filter(address=message.to_address.lower()).exists()


def held_back(message: OutboundMessage, at: datetime) -> str:
    """Why this automatic message must wait for a person; empty when it may go (quality rule 16)."""
    house = organisation().municipality
    if is_dead(message):
        return kept("Mail to this address came back before.")
    if message.purpose == OutboundMessage.Purpose.SURVEY:
        return ""  # rationed where it is made, at most once per customer in months, and sent at its own pace
    with connection.cursor() as cursor:  # workers count one after the other, until the end of the transaction
        cursor.execute("SELECT pg_advisory_xact_lock(2512)")
    lately = (
        OutboundMessage.objects.filter(is_automatic=True)
        .exclude(purpose=OutboundMessage.Purpose.SURVEY)
        .filter(Q(accepted_at__gt=at - HOUR) | Q(state=State.SENDING, lease_until__gt=at))
    )
    to_one = lately.filter(to_address__iexact=message.to_address)[: house.automatic_per_address_per_hour].count()
    if to_one >= house.automatic_per_address_per_hour:
        return kept("Too many automatic messages to this address within an hour.")
    if lately[: house.automatic_per_hour].count() >= house.automatic_per_hour:
        return kept("Too many automatic messages in total within an hour.")
    return ""
