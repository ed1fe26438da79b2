"""Requests are counted by how they ended and how long they took, over all processes of one gunicorn."""

import os

import pytest

from opmeer_kcc import request_counts
from opmeer_kcc.request_counts import Counts, count, count_as, counts


def _since(before: Counts) -> tuple[dict[str, float], dict[str, float], float]:
    now = counts()
    kinds = {kind: number - before.by_kind[kind] for kind, number in now.by_kind.items()}
    durations = {most: number - before.by_duration[most] for most, number in now.by_duration.items()}
    return kinds, durations, round(now.seconds - before.seconds, 6)


def test_every_answer_counts_once_in_its_kind_and_in_every_limit_that_it_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_counts, "_row", 7)
    before = counts()
    for status, seconds in ((200, 0.1), (204, 0.2), (302, 0.05), (404, 2.5), (500, 11.0), (503, 0.0)):
        count(status, seconds)
    kinds, durations, total = _since(before)
    assert kinds == {"1xx": 0, "2xx": 2, "3xx": 1, "4xx": 1, "5xx": 2}
    assert durations == {"0.1": 3, "0.3": 4, "1.0": 4, "3.0": 5, "10.0": 5, "+Inf": 6}
    assert total == 13.85


def test_a_process_that_ended_is_still_counted_and_the_next_goes_on_in_its_place() -> None:
    before = counts()
    for number in (3, 3 + request_counts.ROWS):
        if not (child := os.fork()):
            count_as(number)
            count(200, 0.5)
            os._exit(0)
        os.waitpid(child, 0)
    assert _since(before)[0]["2xx"] == 2
