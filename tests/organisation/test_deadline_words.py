"""How late a question is, in words that hold on the day somebody reads them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from organisation.wording import deadline_words

MIDNIGHT_AFTER_FRIDAY = datetime(2026, 11, 27, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due_at", "at", "late", "word", "note"),
    [
        (
            datetime(2026, 11, 27, 13, tzinfo=UTC),
            datetime(2026, 11, 27, 15, tzinfo=UTC),
            0,
            "te laat sinds 14:00",
            "vr 27 nov",
        ),
        (MIDNIGHT_AFTER_FRIDAY, datetime(2026, 11, 29, 8, tzinfo=UTC), 0, "te laat sinds za 28 nov", "vr 27 nov"),
        (MIDNIGHT_AFTER_FRIDAY, datetime(2026, 11, 30, 8, tzinfo=UTC), 1, "1 dag te laat", "vr 27 nov"),
    ],
)
def test_late_since(due_at: datetime, at: datetime, late: int, word: str, note: str) -> None:
    badge = deadline_words(due_at, "running", at, late)
    assert badge is not None
    assert (badge.word, badge.note) == (word, note)
