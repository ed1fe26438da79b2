"""Counts what comes in by a public page, and refuses what is too much from one address or network."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import connection
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from channels_app.ceilings import AN_HOUR
from channels_app.floods import Crowded
from channels_app.models import Arrival, OutboundMessage

if TYPE_CHECKING:
    from organisation.origin import Origin

HOUR: Final = timedelta(hours=1)
KEPT: Final = timedelta(days=1)


def arrive(*, kind: str, origin: Origin, at: datetime) -> None:
    """In the caller's transaction, and last before it writes: those of one network wait for each other here. Raises `Crowded`."""
    if not origin.network:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 32))", [origin.network])
    lately = Arrival.objects.filter(network=origin.network, kind=kind, at__gt=at - HOUR)
    found = lately.aggregate(network=Count("pk"), address=Count("pk", filter=Q(address=origin.address)))
    if AN_HOUR[kind].is_reached(origin, by_address=found["address"], by_network=found["network"]):
        raise Crowded(
            kind,
            _(
                "Very much came in from your network within an hour. Try again later, or call us: your text is kept here."
            ),
        )
    Arrival.objects.create(kind=kind, address=origin.address, network=origin.network, at=at)


def forget_arrivals(*, at: datetime) -> None:
    """The marks are there to count an hour; a day later nobody needs them."""
    Arrival.objects.filter(at__lt=at - KEPT).delete()
    old = OutboundMessage.objects.filter(created_at__lt=at - KEPT).exclude(origin="")
    old.update(origin="", origin_network="")
