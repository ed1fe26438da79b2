"""The tests with checks that can be taken away: first all tests once, to know which check each of them reaches, then per check those tests.

A check is taken away in a copy of the process (fork), so that nothing of it is left for the next one. The first test that fails has noticed.
"""

from __future__ import annotations

import ast
import json
import os
import signal
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from django.db import connections

from tests.mutants import checks

checks.plant()

MOST = int(os.environ.get("MUTANTS_TESTS", "16"))
"""Tests that are tried per check, the quickest first and those of the same app before others."""
ADDRESSES = 4
"""Addresses of the access matrix that are tried per check, of those that come by it."""
FIRST = tuple(os.environ["MUTANTS_FIRST"].split(",")) if "MUTANTS_FIRST" in os.environ else ()
"""Files of tests that are tried for every check."""
ACTS = "tests/test_acts_ask.py"
ADDRESS_BY_ADDRESS = "tests/mutants/addresses.py"
MATRIX = "tests/test_access_matrix.py::test_every_address_answers_every_role_as_the_table_says"
VISIBLE = "noticed: tests/test_visible_to.py"
PATIENCE = 60
"""Seconds of the processor for one check; more proves nothing."""
OUT = Path(os.environ.get("MUTANTS_OUT", "var/mutants"))
SHOWN = "MUTANTS_SHOW" in os.environ
"""Why a test failed; of a copy it is what noticed."""
NOTHING = -1
"""Takes no check away: what a copy of the process fails at then, proves nothing."""
_steady: dict[tuple[str, str], bool] = {}
ONLY = tuple(os.environ.get("MUTANTS_ONLY", "").split(","))
"""What the name of the module begins with."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Neither browsers nor tests of the copy's own database: a fork of a thread or a server is no copy."""
    items[:] = [one for one in items if not {"browser", "services"} & {mark.name for mark in one.iter_markers()}]


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: Any) -> bool | None:
    OUT.mkdir(parents=True, exist_ok=True)
    if any(item.nodeid.startswith(ADDRESS_BY_ADDRESS) for item in session.items):
        return None  # tries what it is about by itself
    items = {item.nodeid: item for item in session.items}
    known = OUT / "reached.json"
    if known.exists() and "MUTANTS_AGAIN" not in os.environ:
        told = json.loads(known.read_text())
        _run(next(iter(items.values())))  # makes the database
    else:
        told = {}
        _reach_by_address(told)
        for number, (name, item) in enumerate(items.items(), 1):
            told[name] = _reach(item)
            print(f"{number}/{len(items)}{'' if told[name][1] else f' failed: {name}'}", file=sys.stderr, flush=True)
        known.write_text(json.dumps(told))
    by_check: dict[str, list[tuple[float, str]]] = defaultdict(list)
    by_address: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, (seconds, is_right, reached) in told.items():
        for check in reached:
            if name.startswith("address "):
                by_address[check][is_right].append(name.removeprefix("address "))
            elif is_right and name in items and not name.startswith(MATRIX):
                by_check[check].append((seconds, name))
    with (OUT / "verdicts.jsonl").open("a") as verdicts:
        done = _done()
        for check in checks.CHECKS.values():
            key = _key(check)
            if key in done or not key.startswith(ONLY):
                continue
            acts = [
                (items[name], "")
                for name in items
                if name.startswith(FIRST) or (name.startswith(ACTS) and ".actions." in check.module)
            ]
            tries = acts + [(items[name], "") for name in _order(check, by_check.get(key, []))]
            rows = [
                (items[f"{MATRIX}[{part}]"], ",".join(names[:ADDRESSES])) for part, names in by_address[key].items()
            ]
            verdict = (
                VISIBLE
                if _reads_more(check)
                else _try(check.code, rows + tries if check.kind == "needs" else tries[:8] + rows + tries[8:])
            )
            write(verdicts, check, verdict)
    return True


def write(verdicts: Any, check: checks.Check, verdict: str) -> None:
    line = json.dumps({"check": _key(check), "kind": check.kind, "words": check.words, "verdict": verdict})
    print(line, file=verdicts, flush=True)


def _reads_more(check: checks.Check) -> bool:
    """Whether the module, without this `visible_to`, reads more than `tests/test_visible_to.py` lets it."""
    from tests.test_visible_to import ROOT, allowed, guarded, looked_at, read_without  # after the apps were planted

    path = f"{check.module.replace('.', '/')}.py"
    if check.kind != "reach" or not (ROOT / path).exists() or not looked_at(path, text := (ROOT / path).read_text()):
        return False
    tree = ast.parse(text)
    there = (one for one in ast.walk(tree) if isinstance(one, ast.Call) and one.lineno == check.line)
    for one in there:
        if isinstance(one.func, ast.Attribute) and " ".join(ast.unparse(one).split())[:160] == check.words:
            one.func.attr = "all"
    return len(read_without(tree, guarded())) != allowed(path)


def _key(check: checks.Check) -> str:
    """Stays the same when lines move."""
    return f"{check.module} {check.where} {check.kind} {check.words}"


def _done() -> set[str]:
    found = OUT / "verdicts.jsonl"
    return {json.loads(line)["check"] for line in found.read_text().splitlines()} if found.exists() else set()


def _reach_by_address(told: dict[str, Any]) -> None:
    """The access matrix is one long test: what each of its addresses comes by is kept beside it."""
    from tests import test_access_matrix as matrix

    plain = matrix.cells

    def cells(name: str, *args: Any) -> Any:
        before = set(checks.reached)
        checks.reached.clear()
        try:
            return plain(name, *args)
        finally:
            keys = [_key(checks.CHECKS[code]) for code in sorted(checks.reached)]
            part = sorted(matrix.routes()).index(name) % matrix.PARTS
            told[f"address {name}"] = (0.5, part, keys)
            checks.reached.update(before)

    matrix.cells = cells


def _order(check: checks.Check, found: list[tuple[float, str]]) -> list[str]:
    app = check.module.split(".")[0]
    return [name for _seconds, name in sorted(found, key=lambda one: (f"tests/{app}" not in one[1], one[0]))][:MOST]


class _Session:
    """What is kept after a test: the session, and nothing of the test's own module."""

    def __init__(self, session: Any) -> None:
        self.session = session

    def listchain(self) -> list[Any]:
        return [self.session]


def _run(item: Any) -> bool:
    item._initrequest()
    reports = runtestprotocol(item, nextitem=_Session(item.session), log=False)  # type: ignore[arg-type]
    for report in reports:
        if report.failed and SHOWN:
            print(report.longreprtext[-1500:], file=sys.stderr)
    return all(report.passed or report.skipped for report in reports)


def _reach(item: Any) -> tuple[float, bool, list[str]]:
    checks.reached.clear()
    begun = time.monotonic()
    is_right = _run(item)
    return time.monotonic() - begun, is_right, [_key(checks.CHECKS[code]) for code in sorted(checks.reached)]


def _try(code: int, tries: list[tuple[Any, str]]) -> str:
    """The test that noticed, or why none did."""
    tries = [one for one in tries if _is_steady(*one)] if code != NOTHING else tries
    if not tries:
        return "survived: no test comes here"
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _copy(code, tries, writing)
    os.close(writing)
    with os.fdopen(reading) as told:
        name = told.read()
    os.waitpid(child, 0)
    return f"noticed: {name}" if name else f"survived {len(tries)} tests"


def _is_steady(item: Any, addresses: str) -> bool:
    """Whether this test passes in a copy from which nothing was taken away; asked once of each."""
    key = (item.nodeid, "")
    if key not in _steady:
        _steady[key] = _try(NOTHING, [(item, addresses)]).startswith("survived")
        if not _steady[key]:
            print(f"left out, fails by itself: {item.nodeid}", file=sys.stderr)
    return _steady[key]


def _passes(item: Any) -> bool:
    from organisation import prepared  # only after the apps were planted

    prepared._known.clear()  # statements that were built with another check away
    try:
        return _run(item)
    except BaseException:
        return False


def _copy(code: int, tries: list[tuple[Any, str]], writing: int) -> None:
    signal.signal(signal.SIGPROF, lambda *_: os._exit(0))
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    for connection in connections.all():
        connection.connection = None  # the parent's; its driver closes it in no other process
        connection.savepoint_ids, connection.in_atomic_block, connection.needs_rollback = [], False, False
    checks.away = code
    for item, addresses in tries:
        os.environ["ACCESS_MATRIX_ONLY"] = addresses
        is_right = _passes(item)
        if not is_right and code != NOTHING:
            checks.away = NOTHING  # once more as it should be: a busy machine notices nothing
            is_right = not _passes(item)
            checks.away = code
        if not is_right:
            os.write(writing, (item.nodeid if not addresses else f"access matrix, {addresses}"[:200]).encode())
            break
    os._exit(0)
