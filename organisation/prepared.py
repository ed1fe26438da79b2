"""Queries that are the same for everybody except their values: built and compiled once, then only run.

A screen that gathers a dozen lists in one statement spends most of its time in building that statement. Here the queryset (with
`visible_to` in it, as everywhere) is built once per shape with marks in place of the values; the marks that come back among its
parameters are filled in at every run. A mark that does not come back, or a moment that is no mark, is an error when it is built.
"""

from __future__ import annotations

import copy
import json
import threading
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.functions import JSONObject

from organisation.clock import now

if TYPE_CHECKING:
    from organisation.models import User

NOW = "now"
"""The moment of running: what querysets read from the clock themselves."""
_FIRST = 7_700_000_001
_DAY = date(1811, 11, 1)
_MOMENT = datetime(1811, 11, 1, tzinfo=UTC)
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Statement:
    """Text for the database, and per parameter a fixed value or the name of the one to fill in."""

    sql: str
    params: tuple[tuple[bool, Any], ...]
    columns: tuple[str, ...]

    def run(self, values: Values) -> dict[str, Any] | None:
        """The first row; JSON as Python."""
        at = now()
        params = [(at if part == NOW else values[part]) if is_mark else part for is_mark, part in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            row = cursor.fetchone()
        return None if row is None else {name: _plain(value) for name, value in zip(self.columns, row, strict=True)}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [json.loads(one) if isinstance(one, str) else one for one in value]
    return json.loads(value) if isinstance(value, str) and value[:1] in "{[" else value


_known: dict[Hashable, Statement] = {}
_lock = threading.Lock()


def run_prepared(
    shape: Hashable, build: Callable[[dict[str, Any]], QuerySet[Any]], values: Values
) -> dict[str, Any] | None:
    """`build` gets a mark for every value (same names, same types) and gives a queryset that ends in `.values(…)`."""
    statement = _known.get(shape)
    if statement is None:
        with _lock:
            statement = _known[shape] = compile_statement(build, values)
    return statement.run(values)


def compile_statement(build: Callable[[dict[str, Any]], QuerySet[Any]], values: Values) -> Statement:
    """Builds with marks, and finds them back among the parameters."""
    marks = {name: _mark(place, value) for place, (name, value) in enumerate(values.items())}
    names = {mark: name for name, mark in marks.items()}
    started = now()
    rows = build(marks)
    ended = now()
    compiler = rows.query.get_compiler(using=rows.db)
    sql, found = compiler.as_sql()
    params: list[tuple[bool, Any]] = []
    for param in found:
        if isinstance(param, int | date) and not isinstance(param, bool) and param in names:
            params.append((True, names[param]))
        elif isinstance(param, datetime) and started <= param <= ended:
            params.append((True, NOW))
        elif isinstance(param, datetime) and started - timedelta(days=3653) < param < ended + timedelta(days=3653):
            raise AssertionError("A moment that is no mark would be kept for ever.")
        else:
            params.append((False, param))
    columns = tuple(
        str(alias or getattr(expression, "target", expression).name) for expression, _sql, alias in compiler.select
    )
    return Statement(sql, tuple(params), columns)


def _mark(place: int, value: Any) -> Any:
    if isinstance(value, datetime):
        return _MOMENT + timedelta(days=place)
    if isinstance(value, date):
        return _DAY + timedelta(days=place)
    if isinstance(value, int) and not isinstance(value, bool):
        return _FIRST + place
    raise TypeError(f"{type(value).__name__} cannot be marked")


def user_values(user: User) -> dict[str, Any]:
    """The values that a person brings: the id and the ids of the teams."""
    return {"user": user.pk, **{f"team_{place}": pk for place, pk in enumerate(sorted(user.team_ids))}}


def user_shape(user: User) -> Hashable:
    """What of a person decides the text of a query: rights, and the number of teams."""
    return (user.is_active, user.rights, len(user.team_ids))


def marked_user(user: User, marks: Mapping[str, Any]) -> User:
    """The same person with marks for ids: may do the same, and `visible_to` writes the same condition."""
    someone = copy.copy(user)
    someone.pk = marks["user"]
    teams = dict(
        zip(sorted(user.team_ids), [marks[f"team_{place}"] for place in range(len(user.team_ids))], strict=True)
    )
    memberships = []
    for membership in user.current_memberships:
        other = copy.copy(membership)
        other.team_id = teams.get(membership.team_id) if membership.team_id else None
        memberships.append(other)
    someone.__dict__["current_memberships"] = memberships
    return someone


def json_list(rows: QuerySet[Any], **fields: Any) -> ArraySubquery:
    """The rows as a list of objects."""
    return ArraySubquery(
        rows.values(json=JSONObject(**{name: F(of) if isinstance(of, str) else of for name, of in fields.items()}))
    )
