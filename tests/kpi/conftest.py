"""Tests roll transactions back, so what is held per revision is dropped before each."""

import pytest

from kpi import reading
from kpi.pages.dashboard import _kept, _open_days


@pytest.fixture(autouse=True)
def _no_figures_from_another_test() -> None:
    reading._rolled_up.cache_clear()
    _kept.clear()
    _open_days.clear()
