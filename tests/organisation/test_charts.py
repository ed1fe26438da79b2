"""What the charts draw at their edges: one point, all the same, nothing, gaps, beyond a hundred, a part that is nearly the whole."""

import re

import pytest

from organisation.chart_places import is_free
from organisation.charts import _scale, line, spark, stacked
from organisation.wording import percent, points

NUMBER = re.compile(r'\b(?:x|y|x1|x2|y1|y2|cx|cy|width|height|points)="([^"]*)"')


@pytest.mark.parametrize(
    "values",
    [
        [50.0],
        [100.0],
        [0.0],
        [100.0] * 12,
        [0.0] * 12,
        [None, 50.0, None],
        [1.0, None, None, 2.0],
        [99.96, 99.97],
        [0.001, 0.002],
        [90.0, 240.0],
        [7.1, 6.9, 8.0],
        [1_000_000.0, 3.0],
    ],
)
@pytest.mark.parametrize("target", [None, 0.0, 90.0, 100.0])
def test_everything_lies_within_the_drawing(values: list[float | None], target: float | None) -> None:
    low, high, step = _scale([value for value in [*values, target] if value is not None])
    assert low < high and 1 <= round((high - low) / step) <= 7
    drawn = str(line([(f"{n}", value, "") for n, value in enumerate(values)], target, "", "", beside=target))
    small = str(spark(values, target, ""))
    for text, most in ((drawn, 380), (small, 120)):
        for found in NUMBER.findall(text):
            assert all(-0.1 <= float(one) <= most for one in re.split("[ ,]", found)), found


@pytest.mark.parametrize(
    "values",
    [
        [100, 100, 100, 100, 91, 100, 100, 94, 85.7, 100, 100, 81.8],
        [100, 50],
        [60, 100, 60, 100, 60, 100],
        [95, 100, None, 70],
        [70, 71, 99, 72, 71],
        [88] * 8,
        [0, 100, 0],
    ],
)
def test_no_line_runs_through_words(values: list[float | None]) -> None:
    drawn = str(line([(f"{n}", value, "") for n, value in enumerate(values)], 95.0, "", "boven de norm", " %"))
    runs = [
        [(float(x), float(y)) for x, y in (pair.split(",") for pair in found.split())]
        for found in re.findall(r'<polyline[^>]*points="([^"]+)"', drawn)
    ]
    said = re.findall(r'<text class="chart__label" x="([\d.]+)" y="([\d.]+)" text-anchor="(\w+)">([^<]+)<', drawn)
    said += re.findall(r'<text class="chart__axis" x="([\d.]+)" y="([\d.]+)" text-anchor="(start)">([^<]+)<', drawn)
    assert said
    for x, y, anchor, words in said:
        assert is_free((float(x), float(y)), words, anchor, runs), words


def test_what_is_said_cannot_be_markup() -> None:
    evil = '"><script>alert(1)</script>'
    for drawn in (
        line([(evil, 1.0, evil), (evil, 2.0, evil)], 1.0, evil, evil, evil),
        spark([1.0, 2.0], 1.0, evil, [evil]),
        stacked([(evil, (1, 2), evil)], evil, evil),
    ):
        assert "<script" not in drawn and 'script"' not in drawn


def test_a_part_is_not_written_as_the_whole() -> None:
    assert ">99,9\u00a0%<" in line([("1", 99.97, "")], None, "", "", "\u00a0%")


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0, -1, "0"),
        (100, -1, "100"),
        (87.5, -1, "87,5"),
        (90.0, -1, "90"),
        (99.96, -1, "99,9"),
        (0.03, -1, "0,1"),
        (99.6, 0, "99"),
        (0.2, 0, "1"),
        (100, 0, "100"),
        (0, 0, "0"),
        (240.4, 0, "240"),
        (-3.2, -1, "-3,2"),
    ],
)
def test_a_part_is_never_the_whole_nor_nothing(value: float, decimals: int, expected: str) -> None:
    assert points(value, decimals) == expected
    assert percent(value / 100, decimals) == f"{expected}\u00a0%"
