"""One workload measured: how many statements, how many a second, how long, at what price; one JSON object a line."""

from __future__ import annotations

import argparse
import json
from statistics import median
from typing import Any

from bench.client import Connection, Measured, run
from bench.server import Server
from bench.workloads import Workload


def say(line: dict[str, Any]) -> None:
    print(json.dumps(line), flush=True)


async def measure(server: Server, work: Workload, counted: Workload, clients: int, options: argparse.Namespace) -> None:
    """Says what came out; `counted` asks the same with the header that counts statements."""
    statements, wrong = await _probe(server, counted)
    if wrong:
        say({"workload": work.name, "clients": clients, "contacts": options.contacts, "skipped": wrong})
        return
    before = server.cpu_seconds()
    runs = [
        await run(server.port, work.make, work.check, clients=clients, seconds=options.seconds, keep=clients == 1)
        for _one in range(options.runs)
    ]
    asked = sum(len(one.times) for one in runs) + 3 * clients * options.runs
    cost = {
        "cpu_ms": round((server.cpu_seconds() - before) / asked * 1000, 1),
        "rss_mb": round(server.memory_mb(), 1),
    }
    say({**_line(work, clients, options.contacts, runs), "sql": statements, **cost})


async def _probe(server: Server, work: Workload) -> tuple[int, str]:
    """The number of statements once everything is warm; or why this workload cannot run."""
    counts = []
    for number in range(1, 7):
        answer = await Connection(server.port, keep=False).ask(work.make(-10_000 - number))
        if answer.status >= 400:
            return 0, f"status {answer.status}"
        if wrong := work.check(answer):
            return 0, wrong
        counts.append(int(answer.headers.get("x-sql", 0)))
    return min(counts), ""


def _line(work: Workload, clients: int, contacts: int, runs: list[Measured]) -> dict[str, Any]:
    line = {
        "workload": work.name,
        "clients": clients,
        "contacts": contacts,
        "rps": round(median(one.per_second for one in runs), 1),
        "p50_ms": round(median(one.percentile(0.5) for one in runs), 1),
        "p95_ms": round(median(one.percentile(0.95) for one in runs), 1),
        "errors": sum(one.errors for one in runs),
    }
    if line["errors"]:
        line["first_error"] = next(one.first_error for one in runs if one.errors)
    return line
