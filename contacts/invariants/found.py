"""How an invariant is registered, checked on one snapshot, and reported; nothing is ever written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

EXAMPLES = 5
PATIENCE = timedelta(seconds=60)
STATEMENT_TIMEOUT_MS = 600_000


@dataclass(frozen=True)
class Finding:
    """One invariant: how many rows break it, and a few of them (ids only, no personal data)."""

    invariant: str
    violations: int
    examples: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        return {"invariant": self.invariant, "violations": self.violations, "examples": list(self.examples)}


Check = Callable[[], Iterable[str]]
CHECKS: list[tuple[str, Check]] = []


def invariant(name: str) -> Callable[[Check], Check]:
    """Registers a check; it yields one short text per violation."""

    def add(check: Check) -> Check:
        CHECKS.append((name, check))
        return check

    return add


def check_all() -> Iterator[Finding]:
    """Every invariant on one snapshot of the database."""
    with _read_only():
        for name, check in sorted(CHECKS, key=lambda one: one[0][:2]):
            yield _found(name, check())


def _found(name: str, violations: Iterable[str]) -> Finding:
    count, examples = 0, []
    for one in violations:
        count += 1
        if len(examples) < EXAMPLES:
            examples.append(one)
    return Finding(name, count, tuple(examples))


@contextmanager
def _read_only() -> Iterator[None]:
    """A transaction that cannot write and sees one moment (inside another transaction, as in a test: only what it can)."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            if outermost:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute(f"SET LOCAL statement_timeout = {STATEMENT_TIMEOUT_MS}")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")  # it looks at the disk in between
        yield


def ids(kind: str, rows: QuerySet[Any]) -> Iterator[str]:
    return (f"{kind} {pk}" for pk in rows.order_by("pk").values_list("pk", flat=True).iterator(2000))
