"""Paging by key: the place in the list stands in the address, so page 1,000 costs the same as page 1.

The pair (moment, id) is compared as one row value, which PostgreSQL answers from an index on the same pair.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import BooleanField, F, Func, QuerySet, Value

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class PairCompare(Func):
    """`(a, b) > (x, y)` as a condition."""

    output_field = BooleanField()

    def __init__(self, moment: str, key: str, at: datetime, pk: int, *, op: str) -> None:
        super().__init__(F(moment), F(key), Value(at), Value(pk))
        self.op = op

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:
        parts, params = [], []
        for expression in self.source_expressions:
            sql, values = compiler.compile(expression)
            parts.append(sql)
            params += values
        first, second, at, pk = parts
        return f"({first}, {second}) {self.op} ({at}, {pk}::bigint)", params


@dataclass(frozen=True)
class Cursor:
    """A place in a list: between this row and the next."""

    at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // MICROSECOND}_{self.pk}" if self.at.year < 9000 else f"x_{self.pk}"

    @classmethod
    def read(cls, text: str, far: datetime | None = None) -> Cursor | None:
        """The place that was written into an address; None for anything else."""
        moment, _line, pk = (text or "")[:60].partition("_")
        try:
            number = int(pk)
            at = far if moment == "x" and far is not None else EPOCH + int(moment) * MICROSECOND
        except (ValueError, OverflowError):
            return None
        return cls(at, number) if 0 <= number < 2**63 else None


def beyond(
    rows: QuerySet[Any], cursor: Cursor, *, moment: str, key: str = "id", newest_first: bool, backwards: bool
) -> QuerySet[Any]:
    """The rows after the cursor in the order of the list, or (backwards) the ones before it, nearest first."""
    op = "<" if newest_first != backwards else ">"
    return rows.filter(PairCompare(moment, key, cursor.at, cursor.pk, op=op))


def ordered(
    rows: QuerySet[Any], *, moment: str, key: str = "id", newest_first: bool, backwards: bool = False
) -> QuerySet[Any]:
    """In the order of the list, or its reverse."""
    sign = "-" if newest_first != backwards else ""
    return rows.order_by(f"{sign}{moment}", f"{sign}{key}")


@dataclass(frozen=True)
class Slice:
    """One page of rows, and whether there is more on either side."""

    rows: list[Any]
    has_before: bool
    has_after: bool


def query(
    rows: QuerySet[Any],
    *,
    moment: str,
    key: str = "id",
    newest_first: bool,
    cursor: Cursor | None,
    backwards: bool,
    size: int,
) -> QuerySet[Any]:
    """A page from the place in the address; one row more is read to know whether the list goes on."""
    if cursor is not None:
        rows = beyond(rows, cursor, moment=moment, key=key, newest_first=newest_first, backwards=backwards)
    return ordered(rows, moment=moment, key=key, newest_first=newest_first, backwards=backwards)[: size + 1]


def sliced(found: list[Any], *, cursor: Cursor | None, backwards: bool, size: int) -> Slice:
    """What `query` found, in the order of the list."""
    more = len(found) > size
    found = found[:size]
    if backwards:
        return Slice(found[::-1], has_before=more, has_after=True)
    return Slice(found, has_before=cursor is not None, has_after=more)


def page(
    rows: QuerySet[Any],
    *,
    moment: str,
    key: str = "id",
    newest_first: bool,
    after: Cursor | None,
    before: Cursor | None,
    size: int,
) -> Slice:
    """One query: a page from the place in the address."""
    backwards = before is not None and after is None
    cursor = before if backwards else after
    wanted = query(
        rows, moment=moment, key=key, newest_first=newest_first, cursor=cursor, backwards=backwards, size=size
    )
    return sliced(list(wanted), cursor=cursor, backwards=backwards, size=size)
