"""The one place that finds a call of the exchange to register."""

from __future__ import annotations

from channels_app.models import LiveCall


def call_to_register(pk: int) -> LiveCall | None:
    """None when it is long gone, or registered already."""
    row = LiveCall.objects.filter(pk=pk).select_related("call__contact").first()
    return None if row is None or is_registered(row) else row


def is_registered(row: LiveCall) -> bool:
    """Whether a contact belongs to it; read the row with `call__contact`."""
    return row.call is not None and hasattr(row.call, "contact")
