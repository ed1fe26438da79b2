"""How often one network address may ask for or send a survey (quality rules 38 and 43)."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

from organisation.client_address import client_address
from organisation.rate import Rate

WRONG: Final = Rate(30)
"""Links that do not work; guessing one of 2^128 is hopeless, this keeps it quiet too."""
SENT: Final = Rate(120)
"""Many people share the address of a phone network or of the screen at the exit."""
HERE: Final = Rate(12)
"""Answers at one place from one network address: a screen at the exit takes one at a time."""


def is_too_often(request: HttpRequest, rate: Rate, place: int | None = None) -> bool:
    """Counts this one too; each place by itself."""
    return rate.wait((place, client_address(request))) > 0
