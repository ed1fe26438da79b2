"""Tests roll transactions back, so what is held per revision is dropped before each."""

import pytest

from kpi.pages.dashboard import _kept
from kpi.reading import _rolled_up


@pytest.fixture(autouse=True)
def _no_figures_from_another_test() -> None:
    _rolled_up.cache_clear()
    _kept.clear()
