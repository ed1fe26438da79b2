"""A source as its adapter wants it: account with secrets open; and when it was last heard."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from django.db.models import F, Q

from channels_app import sealing
from channels_app.adapters.messages import Account
from channels_app.models import MessageSource

EVERY = timedelta(minutes=1)
PREFIX = "bron:"


def name_of(source: MessageSource) -> str:
    """How its rows name it."""
    return f"{PREFIX}{source.pk}"


def account_of(source: MessageSource) -> Account:
    """With its secrets. Raises `Sealed` when none of the keys opens them."""
    return Account(source.account, source.server, secrets_of(source))


def secrets_of(source: MessageSource) -> dict[str, str]:
    if not source.secrets_encrypted:
        return {}
    return {str(name): str(value) for name, value in json.loads(sealing.unseal(source.secrets_encrypted)).items()}


def sealed(secrets: dict[str, str]) -> str:
    """The secrets as they are kept; empty when there are none."""
    return sealing.seal(json.dumps(secrets)) if any(secrets.values()) else ""


def heard(source: MessageSource, at: datetime) -> None:
    """Notes that it was heard, at most once a minute; an error that stood there is over."""
    stale = Q(last_heard_at__isnull=True) | Q(last_heard_at__lt=at - EVERY) | ~Q(last_error="")
    MessageSource.objects.filter(stale, pk=source.pk).update(last_heard_at=at, last_error="")


def went_wrong(source: MessageSource, words: str) -> None:
    MessageSource.objects.filter(pk=source.pk).exclude(last_error=words[:300]).update(last_error=words[:300])


def refused(source: MessageSource, at: datetime) -> None:
    """Somebody called who is not the service; only that it happened is kept."""
    MessageSource.objects.filter(pk=source.pk).update(refused_count=F("refused_count") + 1, refused_at=at)
