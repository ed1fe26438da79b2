"""Tests that run side by side tell what they would tell one after the other, also when the process of one dies."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from supervisor.place import ROOT

TESTS = """
import os, warnings
import pytest
def test_warns(): warnings.warn("seen")
def test_dies(): os._exit(3)
def test_fails():
    print("said")
    assert 1 == 2
@pytest.mark.parametrize("n", range(12))
def test_passes(n): pass
@pytest.fixture
def broken():
    yield
    raise ValueError("afterwards")
def test_breaks_afterwards(broken): pass
"""


def test_failures_errors_warnings_and_a_process_that_dies_are_told(tmp_path: Path) -> None:
    file = tmp_path / "test_some.py"
    file.write_text(TESTS)
    without = [word for name in ("django", "xdist", "schemathesis") for word in ("-p", f"no:{name}")]
    alone = ["-c", "/dev/null", "--rootdir", str(tmp_path), "-p", "tests.side_by_side", *without]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *alone, "--side-by-side", "2", str(file)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1, done
    for told in (
        "The process ended with 3.",
        "assert 1 == 2",
        "ValueError: afterwards",
        "UserWarning: seen",
        "said",
        "2 failed, 14 passed, 1 warning, 1 error",
    ):
        assert told in done.stdout, (told, done)
