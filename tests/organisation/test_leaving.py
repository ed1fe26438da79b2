"""A process that is asked to stop ends, also when what it waits for never comes."""

import subprocess
import sys

import pytest

from supervisor.place import ROOT

WAITS = "import threading; from organisation.leaving import end_at_last; end_at_last({seconds}); {then}"


@pytest.mark.parametrize(
    ("seconds", "then", "code"),
    [
        pytest.param(0.05, "lock = threading.Lock(); lock.acquire(); lock.acquire()", 1, id="hangs in a lock"),
        pytest.param(600, "pass", 0, id="is ready sooner"),
    ],
)
def test_who_is_asked_to_stop_ends(seconds: float, then: str, code: int) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", WAITS.format(seconds=seconds, then=then)], cwd=ROOT, timeout=60, check=False
    )
    assert ended.returncode == code
