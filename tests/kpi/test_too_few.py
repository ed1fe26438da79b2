"""A figure made of too few answers is shown as that: neither met nor missed."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from contacts.models import ServiceNorm
from kpi.measures.base import Tally
from kpi.pages.tiles import Tile, tile
from kpi.periods import period_of
from kpi.registry import MEASURES
from kpi.target import judge

RATED = replace(MEASURES["phone.pickup"], min_answers=10, noun="answer")
NORM = ServiceNorm(code="phone.pickup", name="Cijfer", target=90)
WEEK = period_of("week", date(2026, 11, 16))


@pytest.fixture(autouse=True)
def _addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpi.pages.tiles.reverse", lambda *_args, **_more: "/")


def shown(*tallies: Tally) -> Tile:
    with translation.override("nl"):
        return tile(RATED, tallies, NORM, WEEK, today=date(2026, 11, 25))


def test_seven_answers_of_ten_are_neither_met_nor_missed() -> None:
    made = shown(Tally(20, 20), Tally(7, 7))
    assert (made.css, made.value, made.state) == ("none", "–", "te weinig antwoorden")
    assert made.foot == "7 antwoorden; 10 nodig"
    assert made.delta == ""
    assert judge(RATED, Tally(0, 9), NORM, WEEK.last).is_met is None


def test_ten_answers_are_enough() -> None:
    made = shown(Tally(3, 3), Tally(10, 10))
    assert (made.css, made.state) == ("ok", "norm gehaald")
    assert made.delta == "", "the period before had too few answers to compare with"


def test_no_answers_at_all_is_no_data() -> None:
    assert shown(Tally()).state == "geen gegevens"
