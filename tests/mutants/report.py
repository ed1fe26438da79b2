"""The verdicts of one or more runs as the tables of docs/mutants.md: `python -m tests.mutants.report var/mutants [more folders]`."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

KINDS = {
    "needs": "`needs(…)` on a view",
    "asks": "an act that calls its check",
    "refuses": "a condition that refuses",
    "lets through": "a condition that lets through",
    "says yes": "what `may_…` answers",
    "reach": "`visible_to(…)`",
    "narrows": "a filter on person, team or confidentiality",
    "masks": "masking",
    "scope": "the right of an interface address",
}


def verdicts(folders: list[str]) -> dict[str, tuple[str, str]]:
    """Check → kind and verdict; noticed once is noticed, and no test at all says nothing."""
    found: dict[str, tuple[str, str]] = {}
    for folder in folders:
        for line in Path(folder, "verdicts.jsonl").read_text().splitlines():
            row = json.loads(line)
            verdict = "not tried" if "no test" in row["verdict"] else row["verdict"].split(" ")[0].rstrip(":")
            kept = found.get(row["check"], ("", "not tried"))[1]
            best = min(verdict, kept, key=["noticed", "survived", "not tried"].index)
            found[row["check"]] = (row["kind"], best)
    return found


def main(folders: list[str]) -> None:
    found = verdicts(folders)
    counts = Counter(found.values())
    print("| what is taken away | tried | noticed | missed | not tried yet |\n|---|---|---|---|---|")
    for kind, words in KINDS.items():
        noticed, missed, rest = (counts[kind, one] for one in ("noticed", "survived", "not tried"))
        print(f"| {words} | {noticed + missed} | {noticed} | {missed} | {rest} |")
    print("\n| missed | check |\n|---|---|")
    for check, (kind, verdict) in sorted(found.items()):
        if verdict == "survived":
            module, where, rest = check.split(" ", 2)
            print(f"| `{module}.{where}` | {rest.removeprefix(kind).strip()[:100].replace('|', chr(92) + '|')} |")


if __name__ == "__main__":
    main(sys.argv[1:])
