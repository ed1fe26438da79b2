"""The day on which the tests of writing and reading stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def wednesday() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield
