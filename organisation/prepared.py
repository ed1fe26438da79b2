"""Queries that are the same for everybody except their values: built and compiled once, planned once a connection, then only run.

A screen that gathers a dozen lists in one statement spends most of its time in building that statement and in planning it. Here the
queryset (with `visible_to` in it, as everywhere) is built once per shape with marks in place of the values; the marks that come back
among its parameters are filled in at every run. A mark that does not come back, or a moment that is no mark, is an error when it is
built. On a connection of its own the text is handed to PostgreSQL once (`PREPARE`); see docs/adr/0014-prepared-statements.md.
"""

from __future__ import annotations

import copy
import hashlib
import threading
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.models import Func, JSONField, QuerySet, Subquery, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from organisation.bare_cursor import bare_cursor
from organisation.clock import now
from organisation.row_maker import Make, maker_of

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from organisation.models import User

NOW = "now"
"""The moment of running: what querysets read from the clock themselves."""
MOST_KNOWN = 400
"""Shapes in a process, and statements on a connection; when there are more, all are forgotten."""
NOT_PREPARED = frozenset({"0A000", "26000"})
"""A migration changed the type of a column that the statement gives; somebody else forgot the statement. Preparing again mends both."""
_FIRST = 2_147_000_000
"""Fits the 32-bit keys of packages too: Django answers “no rows” of itself when a number is too large for its column. No row has it."""
_STEP = 10
"""Between two marks, so that what was made from one is not the next."""
_DAY = date(1811, 2, 1)
_MOMENT = datetime(1811, 2, 1, 6, tzinfo=UTC)
_WORD = "\ue000mark"
_TYPES = {int: "bigint", datetime: "timestamptz", date: "date", str: "text", UUID: "uuid"}
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Statement:
    """Text for the database, and per parameter a fixed value or the name of the one to fill in."""

    sql: str
    params: tuple[tuple[bool, Any], ...]
    types: tuple[tuple[str, str], ...]
    """Of every mark that the text uses: its name and its type in PostgreSQL."""
    make: Make
    """Rows of the database → what the queryset would give."""
    is_planned_once: bool = True

    def run(self, values: Values) -> list[Any]:
        if not self.sql:
            return []
        at, own = now(), connections[DEFAULT_DB_ALIAS]
        with bare_cursor(own) as cursor:
            if settings.PREPARE_STATEMENTS and self.is_planned_once:
                given = [at if name == NOW else values[name] for name, _type in self.types]
                try:
                    self._call(own, cursor, given)
                except DatabaseError as error:
                    if getattr(error.__cause__, "pgcode", None) not in NOT_PREPARED:
                        raise
                    _names_on(own).clear()
                    if own.in_atomic_block:  # broken now: whoever began it runs it again (organisation/transact.py)
                        raise
                    self._call(own, cursor, given)
            else:
                params = [(at if part == NOW else values[part]) if is_mark else part for is_mark, part in self.params]
                cursor.execute(self.sql, params)
            return self.make(cursor.fetchall())

    def _call(self, own: BaseDatabaseWrapper, cursor: Any, given: list[Any]) -> None:
        self._be_known(own, cursor)
        cursor.execute(self.call, given)

    @cached_property
    def name(self) -> str:
        """The same text and fixed values have the same name, whichever shape they came from."""
        return "kcc_" + hashlib.sha256(repr((self.sql, self.params)).encode()).hexdigest()[:24]

    @cached_property
    def call(self) -> str:
        return (
            f"EXECUTE {self.name} ({', '.join('%s' for _type in self.types)})" if self.types else f"EXECUTE {self.name}"
        )

    def _be_known(self, own: BaseDatabaseWrapper, cursor: Any) -> None:
        """Prepares the text on this connection when that was not done; fixed values are literals, so that partial indexes serve."""
        names = _names_on(own)
        if self.name in names:
            return
        raw = cursor.cursor
        places = {name: f"${place}" for place, (name, _type) in enumerate(self.types, start=1)}
        parts = [places[part] if is_mark else raw.mogrify("%s", [part]).decode() for is_mark, part in self.params]
        declared = f"({', '.join(type_ for _name, type_ in self.types)})" if self.types else ""
        with own.wrap_database_errors:
            if not names or len(names) >= MOST_KNOWN:
                raw.execute("DEALLOCATE ALL")
                names.clear()
            raw.execute(f"PREPARE {self.name} {declared} AS " + self.sql % tuple(parts))
        names.add(self.name)


def _names_on(own: BaseDatabaseWrapper) -> set[str]:
    """What was prepared on the open connection of this thread; another connection begins with nothing.

    `django.db.connection` is one object for all threads: what belongs to a connection is kept with the thread's own.
    """
    raw, held = own.__dict__.get("kcc_prepared", (None, set()))
    if raw is not own.connection:
        held = set()
        own.__dict__["kcc_prepared"] = (own.connection, held)
    return held


_known: dict[Hashable, Statement] = {}
_lock = threading.Lock()
Build = Callable[[dict[str, Any]], QuerySet[Any]]


@dataclass(frozen=True)
class Frame:
    """What is done in the same statement: a text around `{}`, the queryset's own, with its values before and after that one."""

    text: str
    before: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)
    """Names and types in PostgreSQL; none that the queryset uses."""

    def around(self, inner: Statement) -> Statement:
        return replace(
            inner,
            sql=self.text.replace("{}", inner.sql or "SELECT WHERE FALSE"),
            params=(*((True, name) for name in self.before), *inner.params, *((True, name) for name in self.after)),
            types=(*self.before.items(), *inner.types, *self.after.items()),
        )


def run_prepared(
    shape: Hashable, build: Build, values: Values, frame: Frame | None = None, also: Values | None = None
) -> dict[str, Any] | None:
    """`build` gets a mark for every value (same names, same types) and gives a queryset that ends in `.values(…)`: its first row."""
    return next(iter(rows_prepared(shape, build, values, frame, also)), None)


def rows_prepared(
    shape: Hashable, build: Build, values: Values, frame: Frame | None = None, also: Values | None = None
) -> list[Any]:
    """The rows of the queryset as it would give them: objects with their `select_related`, or the dicts of `.values(…)`. `also`: the values
    of the frame."""
    place = (shape, frame is not None)
    statement = _known.get(place)
    if statement is None:
        with _lock:
            if len(_known) >= MOST_KNOWN:
                _known.clear()
            made = compile_statement(build, values)
            statement = _known[place] = frame.around(made) if frame is not None else made
    return statement.run({**values, **also} if also else values)


def compile_statement(
    build: Build, values: Values, of_days: Callable[[Values], dict[str, Any]] = lambda _marks: {}
) -> Statement:
    """Builds with marks, and finds them back among the parameters; `of_days` gives what is made of the days among them."""
    marks = {name: _mark(place, value) for place, (name, value) in enumerate(values.items())}
    marks = {**of_days(marks), **marks}
    names = {mark: name for name, mark in marks.items()}
    types = {name: _TYPES[type(mark)] for name, mark in marks.items()}
    started = now()
    rows = build(marks)
    ended = now()
    compiler = rows.query.get_compiler(using=rows.db)
    try:
        sql, found = compiler.as_sql()
    except EmptyResultSet:  # whatever the values
        return Statement("", (), (), list)
    params: list[tuple[bool, Any]] = []
    for param in found:
        if isinstance(param, int | date | str | UUID) and not isinstance(param, bool) and param in names:
            params.append((True, names[param]))
        elif isinstance(param, datetime) and started <= param <= ended:
            params.append((True, NOW))
        elif isinstance(param, datetime) and started - timedelta(days=3653) < param < ended + timedelta(days=3653):
            raise AssertionError("A moment that is no mark would be kept for ever.")
        elif type(param) is date and abs(param - ended.date()) < timedelta(days=3653):
            raise AssertionError("A day that is no mark would be kept for ever.")
        elif isinstance(param, date) and param.year == _DAY.year:
            raise AssertionError("What was made from a day or moment cannot be filled in.")
        elif isinstance(param, int) and _FIRST - _STEP < param < _FIRST + _STEP * (len(names) + 1):
            raise AssertionError("What was made from a number cannot be filled in.")
        elif isinstance(param, str) and _WORD in param:
            raise AssertionError("A text around a mark cannot be filled in.")
        else:
            params.append((False, param))
    used = dict.fromkeys(part for is_mark, part in params if is_mark)
    typed = tuple((name, "timestamptz" if name == NOW else types[name]) for name in used)
    return Statement(sql, tuple(params), typed, maker_of(rows, compiler))


def _mark(place: int, value: Any) -> Any:
    if isinstance(value, datetime):
        return _MOMENT + timedelta(days=place)
    if isinstance(value, date):
        return _DAY + timedelta(days=_STEP * place)
    if isinstance(value, int) and not isinstance(value, bool):
        return _FIRST + _STEP * place
    if isinstance(value, str):
        return f"{_WORD}{place}"
    if isinstance(value, UUID):
        return UUID(int=_FIRST + place)
    raise TypeError(f"{type(value).__name__} cannot be marked")


def user_values(user: User) -> dict[str, Any]:
    """The values that a person brings: the id and the ids of the teams."""
    return {"user": user.pk, **{f"team_{place}": pk for place, pk in enumerate(sorted(user.team_ids))}}


def user_shape(user: User) -> Hashable:
    """What of a person decides the text of a query: rights, the number of teams, and which of these give questions to read."""
    reads = user.reading_team_ids
    return (user.is_active, user.rights, tuple(pk in reads for pk in sorted(user.team_ids)))


def marked_user(user: User, marks: Mapping[str, Any]) -> User:
    """The same person with marks for ids: may do the same, and `visible_to` writes the same condition.

    Which role somebody has in which team is no further part of `user_shape`: a statement that reads `led_team_ids` needs it in its shape.
    """
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


def listed(ids: str) -> RawSQL:
    """For `pk__in`: the ids in a text, `7,12`; a value of the request, of which there may be any number."""
    return RawSQL("SELECT unnest(string_to_array(%s, ',')::bigint[])", [ids])


def json_list(rows: QuerySet[Any], **fields: Any) -> Subquery:
    """The rows as a list of objects: one JSON text, read at once whatever the number of rows."""
    return _JsonList(rows.values(json=JsonRow(**fields)))


class _Read(JSONField):
    """`json` as the driver has read it."""

    def get_db_converters(self, connection: BaseDatabaseWrapper) -> list[Any]:
        return []


class JsonRow(Func):
    """The fields as one object of `json`: text put after text, where `jsonb` is sorted and taken apart again at every level."""

    function = "json_build_object"
    output_field = _Read()

    def __init__(self, **fields: Any) -> None:
        pairs = [(Cast(Value(name), TextField()), of) for name, of in fields.items()]
        super().__init__(*(part for pair in pairs for part in pair))


class _JsonList(Subquery):
    template = "(SELECT coalesce(json_agg(listed.json), '[]') FROM (%(subquery)s) listed)"
    output_field = _Read()
