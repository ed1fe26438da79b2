"""Takes in calls from a file of the exchange; the same file twice changes nothing, a row that is wrong stops no other."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app import calls_csv
from channels_app.actions.log_events import people_of
from channels_app.call_rules import e164, outcome_of
from channels_app.models import Call
from organisation import audit
from organisation.own_team import OwnTeams
from organisation.roles import Right
from organisation.snapshot import Organisation, organisation
from organisation.workdays import AMSTERDAM, local_day

if TYPE_CHECKING:
    from organisation.models import User

WALL_SECONDS = 20
AT_ONCE = 1_000
SHOWN = 10
"""So many calls are shown before a file is taken in."""
REPORTED = 100
"""So many wrong rows are told one by one."""


@dataclass(frozen=True)
class WrongRow:
    """A row that was left out: its line in the file, a code, what stands there, and below which head of the file."""

    line: int
    code: str
    detail: str = ""
    column: str = ""


@dataclass
class Report:
    """What became of the file."""

    added: int = 0
    known: int = 0
    wrong: int = 0
    wrong_rows: list[WrongRow] = field(default_factory=list)
    unusable: str = ""
    """A code when nothing of the file could be used."""

    def tell(self, row: WrongRow) -> None:
        self.wrong += 1
        if len(self.wrong_rows) < REPORTED:
            self.wrong_rows.append(row)


@dataclass(frozen=True)
class Limits:
    """What a call is judged by."""

    house: Organisation
    pickup_seconds: Callable[[date], int]


def import_calls(
    *,
    by: User,
    at: datetime,
    source: str,
    raw: bytes,
    pickup_seconds: Callable[[date], int],
    columns: Mapping[str, int] | None = None,
) -> Report:
    """Adds the calls that are not known yet, known by source and the exchange's own id.

    Every call keeps the limits of the formula: the norm of its own day (`pickup_seconds`; norms are the desk's) and the short limit
    that holds now. Calls in the future are refused row by row. `columns`: where each column stands, else by the heads of the file.
    """
    if not by.may(Right.CALLS_IMPORT):
        raise PermissionDenied
    report = Report()
    rows = list(_parsed(raw, columns, report))  # before the transaction, which may not wait
    with transaction.atomic():
        for fresh in _batches(rows, source, at, pickup_seconds, report):
            Call.objects.bulk_create(
                fresh, ignore_conflicts=True
            )  # somebody may take in the same file at the same moment
        if report.added:
            audit.record(
                by=by,
                action="calls.imported",
                source=source[:60],
                added=report.added,
                known=report.known,
                wrong=report.wrong,
            )
    return report


def look_at_calls(
    *, at: datetime, source: str, raw: bytes, pickup_seconds: Callable[[date], int], columns: Mapping[str, int]
) -> tuple[Report, list[Call]]:
    """What would become of the file, and the first calls of it; nothing is kept."""
    report, first = Report(), list[Call]()
    for fresh in _batches(_parsed(raw, columns, report), source, at, pickup_seconds, report):
        first += fresh[: SHOWN - len(first)]
    return report, first


def heads_of(raw: bytes) -> tuple[dict[str, Any], str]:
    """The heads of a file with its first row and a guess; or why it cannot be used."""
    report = Report()
    found = next(_lines(raw, {"look": True}, report), {})
    return found, report.unusable


def _batches(
    rows: Iterable[tuple[int, dict[str, Any]]],
    source: str,
    at: datetime,
    pickup_seconds: Callable[[date], int],
    report: Report,
) -> Iterator[list[Call]]:
    limits = Limits(organisation(), cache(pickup_seconds))
    left = iter(rows)
    while batch := list(islice(left, AT_ONCE)):
        yield _fresh(batch, source=source.strip()[:60], at=at, limits=limits, report=report)


def _parsed(raw: bytes, columns: Mapping[str, int] | None, report: Report) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows as the child read them; what it refused goes to the report."""
    for row in _lines(raw, {"columns": columns} if columns is not None else {}, report):
        if "error" in row:
            report.tell(WrongRow(row["line"], row["error"], row.get("detail", ""), row.get("column", "")))
        else:
            yield row["line"], row["values"]


def _lines(raw: bytes, asked: Mapping[str, Any], report: Report) -> Iterator[dict[str, Any]]:
    if len(raw) > calls_csv.MOST_BYTES:
        report.unusable = "too_large"
        return
    try:
        child = subprocess.run(
            [sys.executable, "-I", str(Path(calls_csv.__file__)), json.dumps(asked)],
            input=raw,
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
            env={"PYTHONUTF8": "1"},
        )
    except subprocess.TimeoutExpired:
        report.unusable = "too_slow"
        return
    if child.returncode != 0:
        report.unusable = "unreadable"
        return
    for line in child.stdout.splitlines():
        row = json.loads(line)
        if row.get("line") == 0:
            report.unusable = row["error"]
        else:
            yield row


def _fresh(
    batch: list[tuple[int, dict[str, Any]]], *, source: str, at: datetime, limits: Limits, report: Report
) -> list[Call]:
    """Those that are not known yet, by their key or by the one that an earlier version gave a row without an id."""
    calls = []
    before: dict[str, str] = {}
    people = people_of(values["agent"] for _line, values in batch)
    teams = OwnTeams(people.values())
    for line, values in batch:
        entered = datetime.fromisoformat(values["entered"])
        if entered > at:
            report.tell(WrongRow(line, "in_future", f"{entered.astimezone(AMSTERDAM):%d-%m-%Y %H:%M}"))
            continue
        call = _call(values, entered, source=source, limits=limits)
        call.answered_by_id = people.get(values["agent"]) if call.answered_at else None
        call.answered_team_id = teams.on(call.entered_on, call.answered_by_id)
        calls.append(call)
        before[call.external_key] = values.get("was", call.external_key)
    keys = Call.objects.filter(source=source, external_key__in=[*before, *before.values()])
    known = set(keys.values_list("external_key", flat=True))
    fresh = [call for call in calls if not known & {call.external_key, before[call.external_key]}]
    report.added += len(fresh)
    report.known += len(calls) - len(fresh)
    return fresh


def _call(values: dict[str, Any], entered: datetime, *, source: str, limits: Limits) -> Call:
    day = local_day(entered)
    return Call(
        source=source,
        external_key=values["id"],
        queue=values["queue"],
        caller=e164(values["caller"]),
        entered_at=entered,
        answered_at=datetime.fromisoformat(values["answered"]) if values["answered"] else None,
        ended_at=datetime.fromisoformat(values["ended"]) if values["ended"] else None,
        outcome=outcome_of(limits.house, values["outcome"], entered),
        wait_seconds=values["wait"],
        entered_on=day,
        pickup_limit_seconds=limits.pickup_seconds(day),
        short_abandon_seconds=limits.house.municipality.short_abandon_seconds,
        team_least=limits.house.municipality.phone_team_least,
    )
