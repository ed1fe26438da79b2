"""Counts the cases by class and answer, with the worst time and memory of each class (docs/bad-input.md)."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path


def _rest() -> float:
    """Lets the system forget the highest memory so far; gives what is in use now, in megabytes."""
    Path("/proc/self/clear_refs").write_text("5")
    return _memory("VmRSS")


def _memory(what: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(what)), 0.0)


@dataclass
class Note:
    """What one case cost and what became of it; a test fills in kind, class and answer."""

    kind: str = ""
    group: str = ""
    answers: list[str] = field(default_factory=list)
    megabytes: float = 0.0
    """Of another process than this one, when the test knows of it."""
    began: float = field(default_factory=time.monotonic)
    rested: float = field(default_factory=_rest)

    def is_a(self, kind: str, group: str, *answers: str) -> None:
        self.kind, self.group = kind, group
        self.answers.extend(answers)

    def as_property(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "group": self.group,
            "answers": self.answers,
            "seconds": time.monotonic() - self.began,
            "megabytes": max(_memory("VmHWM") - self.rested, self.megabytes),
        }


@dataclass
class Row:
    """One class of the table."""

    answers: Counter[str] = field(default_factory=Counter)
    failed: int = 0
    seconds: float = 0.0
    megabytes: float = 0.0


class Score:
    """Rows by kind and class, in the order of the run."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], Row] = {}

    def add(self, note: dict[str, object], is_failed: bool) -> None:
        row = self.rows.setdefault((str(note["kind"]), str(note["group"])), Row())
        row.answers.update(note["answers"])  # type: ignore[call-overload]
        row.failed += is_failed
        row.seconds = max(row.seconds, float(str(note["seconds"])))
        row.megabytes = max(row.megabytes, float(str(note["megabytes"])))

    def lines(self) -> list[str]:
        head = f"{'kind':12}{'class':22}{'cases':>6}{'A':>6}{'W':>5}{'Q':>5}{'R':>5}{'failed':>8}{'worst s':>9}{'worst MB':>10}"
        found = [head]
        for (kind, group), row in self.rows.items():
            found.append(
                f"{kind:12}{group:22}{row.answers.total():6}"
                + "".join(f"{row.answers[one]:{width}}" for one, width in (("A", 6), ("W", 5), ("Q", 5), ("R", 5)))
                + f"{row.failed:8}{row.seconds:9.2f}{row.megabytes:10.0f}"
            )
        total = sum(row.answers.total() for row in self.rows.values())
        return [*found, f"{'all':34}{total:6}"]
