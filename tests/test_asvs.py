"""docs/asvs.md speaks of every requirement of levels 1 and 2, names tests that exist, and is met as it says."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| (yes|no|n/a) \| ([^|]+) \|$", re.M)


def test_every_requirement_has_a_verdict_that_holds() -> None:
    rows = ROW.findall((ROOT / "docs" / "asvs.md").read_text())
    levels = [level for _number, level, *_rest in rows]
    assert len({number for number, *_rest in rows}) == len(rows)
    assert (levels.count("1"), levels.count("2")) == (70, 183)
    tests = set(re.findall(r"def (test_\w+)\(", "".join(path.read_text() for path in ROOT.glob("tests/**/*.py"))))
    named = {(number, name) for number, *_rest, by in rows for name in re.findall(r"`(test_\w+)`", by)}
    assert {(number, name) for number, name in named if name not in tests} == set()
    assert [number for number, level, _words, verdict, _by in rows if (level, verdict) == ("1", "no")] == []
    of_two = [verdict for _number, level, _words, verdict, _by in rows if level == "2" and verdict != "n/a"]
    assert of_two.count("yes") >= 0.95 * len(of_two)
