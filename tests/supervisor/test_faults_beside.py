"""A fault that runs in an installation of its own beside the others: its lines are told, its last line is added up."""

from pathlib import Path

import pytest

from faults import beside

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
