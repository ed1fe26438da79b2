"""Judging a text of 1,000 words on plain language (`python -m bench.inside.readability readability`): plain replies and official language by turns."""

from __future__ import annotations

import json
import sys
import time
from itertools import cycle
from typing import Any

from channels_app.readability import read
from contacts.demo.manner import AFTER, BEFORE
from contacts.demo.templates import TEMPLATES

WORDS = 1_000
TIMES = 200


def text_of_words(count: int) -> str:
    parts: list[str] = []
    words = 0
    for (_name, _team, body), stiff in zip(cycle(TEMPLATES), cycle((*BEFORE, *AFTER)), strict=False):
        part = f"{body}\n\n{stiff}"
        parts.append(part)
        words += len(part.split())
        if words >= count:
            return "\n\n".join(parts)
    return ""


def readability() -> dict[str, Any]:
    text, times, errors = text_of_words(WORDS), [], 0
    read(text)
    for _time in range(TIMES):
        begun = time.perf_counter()
        found = read(text)
        times.append(time.perf_counter() - begun)
        errors += int(not found.level or found.words < WORDS * 0.9)
    times.sort()
    return {
        "workload": "readability",
        "count": TIMES,
        "words": found.words,
        "p50_ms": round(times[len(times) // 2] * 1000, 1),
        "p95_ms": round(times[int(len(times) * 0.95)] * 1000, 1),
        "max_ms": round(times[-1] * 1000, 1),
        "errors": errors,
    }


if __name__ == "__main__":
    json.dump({"readability": readability}[sys.argv[1]](), sys.stdout)
