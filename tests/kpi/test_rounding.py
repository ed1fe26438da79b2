"""A number under its target is never written as the target."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from contacts.models import ServiceNorm
from kpi.exports import _cells
from kpi.measures.base import Tally
from kpi.pages.cuts import Cell, lines_of
from kpi.pages.tiles import tile
from kpi.periods import period_of
from kpi.registry import MEASURES
from kpi.scope import Scope
from organisation.rounding import beside

WEEK = period_of("week", date(2026, 11, 16))


@pytest.mark.parametrize(
    ("value", "target", "expected"),
    [
        (6.96, 7.0, 6.9),
        (89.98, 90, 89.9),
        (99.97, 100, 99.9),
        (66.66, 66.67, 66.6),
        (89.94, 90, 89.94),
        (90.0, 90, 90.0),
        (90.04, 90, 90.04),
        (89.98, None, 89.98),
        (0.0, 90, 0.0),
    ],
)
def test_what_lies_under_its_target_is_not_written_as_the_target(
    value: float, target: float | None, expected: float
) -> None:
    assert beside(value, target) == expected


def test_whole_numbers_too() -> None:
    assert (beside(67.6, 68, 0), beside(68.0, 68, 0), beside(66.9, 68, 0)) == (67.0, 68.0, 66.9)


@pytest.mark.parametrize(
    ("code", "tally", "target", "shown"),
    [
        ("phone.pickup", Tally(4499, 5000), 90, "89,9"),
        ("rating.phone", Tally(696, 100), 7, "6,9"),
        ("phone.pickup", Tally(4500, 5000), 90, "90"),
    ],
)
def test_a_figure_that_missed_its_norm_by_little_does_not_read_as_the_norm(
    monkeypatch: pytest.MonkeyPatch, code: str, tally: Tally, target: int, shown: str
) -> None:
    for module in ("tiles", "cuts"):
        monkeypatch.setattr(f"kpi.pages.{module}.address", lambda *_args, **_more: "/")
    measure, norm = MEASURES[code], ServiceNorm(code=code, name="Norm", target=target, unit="share")
    with translation.override("nl"):
        made = tile(measure, [tally, tally], norm, WEEK, today=date(2026, 11, 25))
        (line,) = lines_of(measure, [Cell("A", "", tally, norm)], small=False)
    assert made.value == shown and (made.css == "ok") == (shown == "90")
    assert line.value.removesuffix("\u00a0%") == shown


def test_a_file_does_not_write_it_as_the_norm_either(monkeypatch: pytest.MonkeyPatch) -> None:
    norm = ServiceNorm(code="phone.pickup", name="Norm", target=90, unit="share")
    monkeypatch.setattr("kpi.exports.rulebook", lambda _house: None)
    monkeypatch.setattr("kpi.exports.norm_of", lambda *_asked: norm)
    house: Any = None
    *_counts, value, target, _met = _cells(
        MEASURES["phone.pickup"], Tally(89_997, 100_000), Scope(WEEK), house, date(2026, 11, 25), ""
    )
    assert (value, target) == (89.99, 90.0)
    counted = _cells(MEASURES["questions.asked"], Tally(12, 12), Scope(WEEK), house, date(2026, 11, 25), "")
    assert str(counted[2]) == "12", "a count is a whole number"
