"""What a report says of the same period a year before: the contacts, and the figures that had data in both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from kpi import words
from kpi.measures.base import Tally
from kpi.periods import Period
from kpi.registry import MEASURES
from kpi.reports.parts import difference
from kpi.seasons import VOLUME, change_words, says_enough
from kpi.target import value_of

NO_DAY: Final = date(1, 1, 1)


def compared(
    year: Period, figures: Sequence[dict[str, Any]], then: Mapping[str, Tally], volume: int, *, hides_few: bool
) -> dict[str, Any] | None:
    """`figures`: what the report says of this period; `volume`: its contacts. None when nothing is known of the year before."""
    if not then:
        return None
    rows = []
    for row in figures:
        measure, one = MEASURES.get(row["code"]), then.get(row["code"], Tally())
        if measure is None or row["value"] is None:
            continue
        if says_enough(measure, one, hides_small=hides_few and measure.tells_channels):
            value = value_of(measure, one)
            rows.append(
                {
                    "code": row["code"],
                    "name": row["name"],
                    "value": row["value"],
                    "shown": row["shown"],
                    "then": value,
                    "then_shown": words.shown(measure, value),
                    "delta": difference(measure, row["value"], value),
                }
            )
    before = then.get(VOLUME, Tally()).denominator
    return {
        "name": words.in_sentence(year.kind, words.period_name(year, NO_DAY)),
        "dates": words.dates(year),
        "volume": before,
        "change": change_words(volume, before),
        "rows": rows,
    }
