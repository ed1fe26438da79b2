"""How many are drawn for a round, and how its answers wait for each other."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from surveys.batching import FEWEST, Waiting, batches
from surveys.sampling import sample_size


@pytest.mark.parametrize(
    ("people", "is_share", "size", "expected"),
    [(100, False, 30, 30), (10, False, 30, 10), (101, True, 10, 11), (0, True, 50, 0), (7, True, 100, 7)],
)
def test_how_many_are_drawn(people: int, is_share: bool, size: int, expected: int) -> None:
    assert sample_size(people, is_share=is_share, size=size) == expected


def waiting(count: int) -> list[Waiting]:
    return [Waiting(pk, "", None, None, date(2026, 1, 1) + timedelta(days=pk), None, False, 5) for pk in range(count)]


@pytest.mark.parametrize(
    ("count", "is_over", "expected"),
    [(9, False, []), (9, True, []), (10, False, []), (19, False, []), (20, False, [10]), (47, False, [37]), (10, True, [10]), (19, True, [19])],
)  # fmt: skip
def test_ten_wait_until_it_is_over_so_that_the_last_ones_count(count: int, is_over: bool, expected: list[int]) -> None:
    made = batches(waiting(count), date(2026, 6, 1), {5} if is_over else set())
    assert [len(one.pks) for one in made] == expected
    assert all(one.round == 5 and len(one.pks) >= FEWEST for one in made)


def test_answers_of_a_questionnaire_never_count_with_others() -> None:
    others = [Waiting(100 + pk, "", None, None, date(2026, 1, 1), None, False) for pk in range(9)]
    assert batches([*waiting(9), *others], date(2026, 6, 1), {5}) == []
