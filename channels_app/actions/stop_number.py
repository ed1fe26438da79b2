"""Somebody sent STOP: no text message goes to this number until START comes."""

from __future__ import annotations

from datetime import datetime

from channels_app.models import StoppedNumber


def stop_number(*, number: str, at: datetime) -> None:
    """Twice is once."""
    StoppedNumber.objects.get_or_create(number=number, defaults={"since_at": at})


def start_number(*, number: str) -> None:
    StoppedNumber.objects.filter(number=number).delete()


def is_stopped(number: str) -> bool:
    return StoppedNumber.objects.filter(number=number).exists()
