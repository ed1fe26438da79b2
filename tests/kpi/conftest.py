"""Tests roll transactions back, so what is held per revision or version is dropped before each."""

import pytest

from kpi import facts, reading
from kpi.pages.dashboard import _kept, _open_days


@pytest.fixture(autouse=True)
def _no_figures_from_another_test() -> None:
    forget_figures()
    _kept.clear()
    _open_days.clear()


def forget_figures() -> None:
    reading._rolled_up.cache_clear()
    reading._statements.clear()
    facts._built.clear()
