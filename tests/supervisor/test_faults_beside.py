"""A fault that runs in an installation of its own beside the others: its lines are told, its last line is added up."""

import subprocess
import sys
from pathlib import Path

import pytest

from faults import beside
from faults.effort import processor_seconds

TOTAL = {"faults": 1, "not_run": 0, "sent": 7, "broken": 0}


def _run(monkeypatch: pytest.MonkeyPatch, folder: Path, *lines: str) -> tuple[list[dict[str, object]], dict[str, int]]:
    """What it told, and its last line, when the process prints these lines."""
    program = folder / "python"
    program.write_text("#!/bin/sh\ncat <<'END'\n" + "\n".join(lines) + "\nEND\n")
    program.chmod(0o755)
    monkeypatch.setattr(beside, "PYTHON", program)
    told: list[dict[str, object]] = []
    other = beside.Beside(["F30"], ["--items", "5"], told.append)
    return told, other.wait()


def test_what_it_prints_is_told_and_its_last_line_counted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told, total = _run(
        monkeypatch,
        tmp_path,
        '{"started": 3.5, "imap": true, "speeds_judged": false}',
        '{"fault": "F30", "kept": true}',
        '{"faults": 1, "not_run": 0, "sent": 7, "broken": 0, "seconds": 12.5}',
    )
    assert told == [{"fault": "F30", "kept": True}]
    assert total == TOTAL


def test_one_that_died_before_its_last_line_is_broken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told, total = _run(monkeypatch, tmp_path, '{"fault": "F30", "so_far": 3}')
    assert told == [{"fault": "F30", "so_far": 3}]
    assert total == {**TOTAL, "sent": 0, "broken": 1}


BUSY = """
import time
while time.process_time() < 0.5:
    pass
print(flush=True)
input()
"""


def test_what_another_installation_costs_is_not_counted_here() -> None:
    before = processor_seconds()
    with subprocess.Popen([sys.executable, "-c", BUSY], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        other.stdout.readline()
        assert processor_seconds() - before >= 0.4
        assert processor_seconds(but=[other.pid]) - before < 0.4
        other.stdin.write(b"\n")
