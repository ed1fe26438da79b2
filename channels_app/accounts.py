"""Accounts of services in use, kept in the process until the settings' version rises; saving an account raises it."""

from __future__ import annotations

from channels_app.models import MessageSource
from organisation.snapshot import Versioned, config_version


def _build(_version: int) -> tuple[MessageSource, ...]:
    return tuple(MessageSource.objects.filter(is_active=True).order_by("pk"))


ACCOUNTS = Versioned(_build)


def accounts() -> tuple[MessageSource, ...]:
    """Those in use, the oldest first. What a service told last (`last_heard_at`, `last_error`) may be of before: ask the row for that."""
    return ACCOUNTS.get(config_version())
