"""Where work is given to a person it says who is not there."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import translation

from organisation.clock import now
from organisation.presence import name_to_choose, names_to_choose


@pytest.mark.parametrize(
    ("status", "ago", "words"),
    [
        ("available", timedelta(0), "Henk Bos"),
        ("meeting", timedelta(0), "Henk Bos"),
        ("away", timedelta(0), "Henk Bos (afwezig)"),
        ("available", timedelta(days=1), "Henk Bos (vandaag niet gezien)"),
        ("away", timedelta(days=1), "Henk Bos (vandaag niet gezien)"),
        (None, None, "Henk Bos (vandaag niet gezien)"),
    ],
)
def test_only_who_is_not_there_today_has_a_word(status: str | None, ago: timedelta | None, words: str) -> None:
    seen: datetime | None = None if ago is None else now() - ago
    with translation.override("nl"):
        assert name_to_choose("Henk Bos", status, seen) == words
        row = {"id": 7, "name": "Henk Bos", "status": status, "seen": seen and seen.isoformat()}
        assert names_to_choose([row, row]) == ((7, words),)
