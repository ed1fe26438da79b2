"""Outside results: taken away and put back, and read in from a file: first looked at, then all of it or nothing."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from organisation import audit
from organisation.errors import Refused, Stale
from organisation.snapshot import organisation
from organisation.transact import one_transaction
from surveys import outside, table_file
from surveys.access import may_write_outside
from surveys.models import OutsideImport, OutsideIndicator, OutsideResult
from surveys.outside import Known, Row, Wrong
from surveys.wide import COLUMNS, Shape, as_long, of_place, one_line_of_heads, shape_of
from surveys.wide import missing as wide_missing

if TYPE_CHECKING:
    from organisation.models import User

NEW: Final = "new"
CORRECTED: Final = "corrected"
SAME: Final = "same"
REMOVED: Final = "removed"
"""Stands here already, but was taken away by a person: a file does not bring it back."""
WALL_SECONDS: Final = 20


@dataclass(frozen=True)
class Step:
    """What reading in one row would do. `before`: what stands there now."""

    row: Row
    what: str
    before: OutsideResult | None


@dataclass(frozen=True)
class Plan:
    """What reading in the file would do; nothing while something is wrong or missing."""

    steps: list[Step]
    wrong: list[Wrong]
    missing: list[str]
    shape: Shape | None = None
    """Of a wide table."""
    others: int = 0
    """Rows of other municipalities, which are not read."""
    places: tuple[str, ...] = ()

    @property
    def is_ready(self) -> bool:
        return bool(self.steps) and not self.wrong and not self.missing

    @property
    def digest(self) -> str:
        """What a person saw; another one when a row or what stands here changed since."""
        told = [
            [one.what, *map(str, one.row.key), str(one.row.value), str(one.row.size), one.before and one.before.version]
            for one in self.steps
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]

    def count(self, what: str) -> int:
        return sum(1 for one in self.steps if one.what == what)


def take_in(*, by: User, at: datetime, name: str, raw: bytes) -> OutsideImport:
    """Keeps the rows of a file to be looked at; raises `Refused` with the code of what is wrong with the file."""
    if not may_write_outside(by):
        raise PermissionDenied
    rows = one_line_of_heads(_parsed(raw))
    heads = rows[0][1]
    row = OutsideImport(
        by=by,
        at=at,
        file_name=name[-120:],
        digest=hashlib.sha256(raw).hexdigest(),
        heads=heads,
        rows=rows[1:],
        columns=outside.guess(heads),
    )
    with transaction.atomic():
        row.save()
        audit.record(by=by, action="outside.taken_in", obj=row, rows=len(row.rows))
    return row


def _parsed(raw: bytes) -> list[tuple[int, list[str]]]:
    if len(raw) > table_file.MOST_BYTES:
        raise Refused("too_large")
    try:
        child = subprocess.run(
            [sys.executable, "-I", str(Path(table_file.__file__))],
            input=raw,
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
            env={"PYTHONUTF8": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise Refused("too_slow") from error
    if child.returncode != 0:
        raise Refused("not_readable")
    told = json.loads(child.stdout)
    if "error" in told:
        raise Refused(told["error"])
    if len(told["rows"]) < 2:
        raise Refused("no_rows")
    return [(line, cells) for line, cells in told["rows"]]


def known_indicators() -> list[Known]:
    return [Known(one.code, one.unit, (one.name, *one.other_names)) for one in OutsideIndicator.objects.all()]


def plan_of(row: OutsideImport) -> Plan:
    """Reads the rows against what stands here now."""
    known = known_indicators()
    shape = shape_of(row.heads, row.columns, known)
    if shape is not None:
        return _wide_plan(row, shape, known)
    missing = outside.missing(row.columns, row.fixed)
    if missing:
        return Plan([], [], missing)
    ours = of_place(row.rows, row.heads, _place(row))
    if row.rows and not ours.rows:
        return Plan([], [], ["place"], None, ours.others, ours.places)
    plan = _plan(*outside.read_rows(ours.rows, row.columns, row.fixed, known))
    return replace(plan, others=ours.others, places=ours.places)


def _place(row: OutsideImport) -> str:
    return row.fixed.get("place") or organisation().municipality.short_name


def _wide_plan(row: OutsideImport, shape: Shape, known: list[Known]) -> Plan:
    """Of one municipality: our own, or the one that was chosen."""
    long = as_long(row.rows, row.heads, shape, row.columns, row.fixed, _place(row))
    missing = wide_missing(shape, row.columns, row.fixed)
    if shape.where is not None and long.others == len(row.rows):
        missing.append("place")
    plan = Plan([], [], missing)
    if not missing:
        read, wrong = outside.read_rows(long.rows, COLUMNS, {}, known, long.heads)
        heads = {part: row.heads[column] for part, column in row.columns.items() if column < len(row.heads)}
        told = (replace(one, column=heads[one.part]) if one.part in heads else one for one in wrong)
        plan = _plan(read, list(dict.fromkeys(told)))  # what a row says is told once, not for each of its scores
    return replace(plan, shape=shape, others=long.others, places=long.places)


def _plan(read: list[Row], wrong: list[Wrong]) -> Plan:
    there = {
        (one.indicator.code, one.source.casefold(), one.year, one.month): one
        for one in OutsideResult.objects.filter(indicator__code__in={one.indicator for one in read}).select_related(
            "indicator"
        )
    }
    return Plan([_step(one, there.get(one.key)) for one in read], wrong, [])


def _step(row: Row, before: OutsideResult | None) -> Step:
    if before is None:
        return Step(row, NEW, None)
    if before.is_removed:
        return Step(row, REMOVED, before)
    is_same = (before.value, before.sample_size) == (
        row.value,
        row.size if row.size is not None else before.sample_size,
    )
    return Step(row, SAME if is_same else CORRECTED, before)


@one_transaction
def choose_columns(
    *, row: OutsideImport, seen_version: int, columns: Mapping[str, int], fixed: Mapping[str, str], by: User
) -> None:
    """Says what stands in which column."""
    kept = _open(row, seen_version, by)
    kept.columns, kept.fixed, kept.version = dict(columns), dict(fixed), kept.version + 1
    kept.save(update_fields=["columns", "fixed", "version"])


@one_transaction
def confirm(*, row: OutsideImport, seen_version: int, seen: str, by: User, at: datetime) -> OutsideImport:
    """All rows in one transaction, as they were seen; raises `Refused` when something is wrong, `Stale` when it is not what was seen."""
    kept = _open(row, seen_version, by)
    list(OutsideIndicator.objects.select_for_update().order_by("pk"))  # two files at once: one after the other
    plan = plan_of(kept)
    if not plan.is_ready:
        raise Refused(_("Nothing was read in: something in the file is not right yet."))
    if plan.digest != seen:
        raise Stale(_("Somebody else changed this in the meantime."), kept)
    indicators = {one.code: one for one in OutsideIndicator.objects.all()}
    fresh = [
        OutsideResult(
            indicator=indicators[one.row.indicator],
            year=one.row.year,
            month=one.row.month,
            value=one.row.value,
            sample_size=one.row.size,
            source=one.row.source,
        )
        for one in plan.steps
        if one.what == NEW
    ]
    changed = [_corrected(one) for one in plan.steps if one.what == CORRECTED]
    if fresh:
        bulk_create_with_history(fresh, OutsideResult, batch_size=500, default_user=by, default_date=at)
    if changed:
        fields = ["value", "sample_size", "version"]
        bulk_update_with_history(changed, OutsideResult, fields, batch_size=500, default_user=by, default_date=at)
    kept.added, kept.corrected, kept.same = len(fresh), len(changed), len(plan.steps) - len(fresh) - len(changed)
    _settle(kept, OutsideImport.State.DONE, at)
    audit.record(
        by=by, action="outside.imported", obj=kept, added=kept.added, corrected=kept.corrected, known=kept.same
    )
    return kept


def _corrected(step: Step) -> OutsideResult:
    found: Any = step.before
    found.value, found.version = Decimal(step.row.value), found.version + 1
    if step.row.size is not None:
        found.sample_size = step.row.size
    return found  # type: ignore[no-any-return]


@one_transaction
def drop(*, row: OutsideImport, by: User, at: datetime) -> None:
    """Nothing of it is read in."""
    kept = _open(row, row.version, by)
    _settle(kept, OutsideImport.State.DROPPED, at)
    audit.record(by=by, action="outside.dropped", obj=kept)


def _open(row: OutsideImport, seen_version: int, by: User) -> OutsideImport:
    if not may_write_outside(by):
        raise PermissionDenied
    kept = OutsideImport.objects.select_for_update().get(pk=row.pk)
    if kept.state != OutsideImport.State.OPEN or kept.version != seen_version:
        raise Stale(_("Somebody else changed this in the meantime."), kept)
    return kept


def _settle(row: OutsideImport, state: str, at: datetime) -> None:
    """The cells are not kept: what was read in stands as results."""
    row.state, row.settled_at, row.rows = state, at, []
    row.version += 1
    row.save()


@one_transaction
def set_removed(*, result: OutsideResult, seen_version: int, is_removed: bool, by: User) -> None:
    """Takes a result away, or puts it back; the history keeps both."""
    if not may_write_outside(by):
        raise PermissionDenied
    kept = OutsideResult.objects.select_for_update().get(pk=result.pk)
    if kept.version != seen_version:
        raise Stale(_("Somebody else changed this in the meantime."), kept)
    if kept.is_removed == is_removed:
        return
    kept.is_removed, kept.version = is_removed, kept.version + 1
    kept.save(update_fields=["is_removed", "version"])
    audit.record(by=by, action="outside.removed" if is_removed else "outside.put_back", obj=kept)
