"""Writes rows of several tables in one round trip, with the ids known beforehand.

Registering touches ten tables; a statement per row would cost ten round trips. The rows are ordinary model instances, their
SQL is Django's own, kept for the next time, and all of it is sent together inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.sql import InsertQuery

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from organisation.models import User


FEW = 8
"""More rows of one model go Django's way, as arrays; for these few it is working out the statement that takes the time."""
_PLAIN: dict[type, type] = {
    models.CharField: str,
    models.TextField: str,
    models.EmailField: str,
    models.SlugField: str,
    models.BooleanField: bool,
    models.AutoField: int,
    models.BigAutoField: int,
    models.IntegerField: int,
    models.BigIntegerField: int,
    models.PositiveIntegerField: int,
    models.PositiveSmallIntegerField: int,
    models.DateTimeField: datetime,
    models.DateField: date,
}
"""Field → of which type a value goes to the driver as it is; anything else is made by the field."""
_BARE = (models.Field.pre_save, models.DateField.pre_save, models.DateTimeField.pre_save)
"""These give what stands in the row; a date that fills itself in is asked."""


@dataclass(frozen=True)
class _Form:
    """The statement for rows of one model, the same every time but for its values."""

    head: str
    marks: str
    columns: tuple[tuple[str, type | None, Any], ...]
    """The attribute, the type that goes as it is, the field for whatever else stands there."""


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Inserts all rows in their order; neighbours of one model become one INSERT. Signals are not sent: say history yourself."""
    statements: list[str] = []
    params: list[Any] = []
    own = connections[DEFAULT_DB_ALIAS]  # of this thread: its name is looked up for every value
    for model, group in groupby(rows, key=type):
        batch = list(group)
        form = _form(model, batch[0].pk is not None) if len(batch) <= FEW else None
        written = _written(form, batch, own) if form is not None else None
        sql, values = written or _by_django(model, batch, own)
        statements.append(sql)
        params.extend(values)
    if statements:
        with own.cursor() as cursor:
            cursor.execute("; ".join(statements), params)
    for row in rows:
        row._state.adding = False
        row._state.db = own.alias


def _fields(model: type[models.Model], has_pk: bool) -> list[Any]:
    return [
        field
        for field in model._meta.concrete_fields
        if not field.generated and (has_pk or field is not model._meta.pk)
    ]


@cache
def _form(model: type[models.Model], has_pk: bool) -> _Form | None:
    """None: a field wants a mark of its own in the statement, or fills itself in."""
    fields = _fields(model, has_pk)
    if any(
        hasattr(field, "get_placeholder")
        or type(field).pre_save not in _BARE
        or getattr(field, "auto_now", False)
        or getattr(field, "auto_now_add", False)
        for field in fields
    ):
        return None
    quoted = connections[DEFAULT_DB_ALIAS].ops.quote_name
    names = ", ".join(quoted(field.column) for field in fields)
    return _Form(
        f"INSERT INTO {quoted(model._meta.db_table)} ({names}) VALUES ",  # noqa: S608 - names of ours
        f"({', '.join(['%s'] * len(fields))})",
        tuple(
            (field.attname, _PLAIN.get(type(field.target_field if field.is_relation else field)), field)
            for field in fields
        ),
    )


def _written(form: _Form, batch: list[models.Model], own: BaseDatabaseWrapper) -> tuple[str, list[Any]] | None:
    """None when an expression is among the values, which only Django can write."""
    values: list[Any] = []
    for row in batch:
        for name, plain, field in form.columns:
            value = getattr(row, name)
            if value is not None and type(value) is not plain:
                if hasattr(value, "resolve_expression"):
                    return None
                value = field.get_db_prep_save(value, own)
            values.append(value)
    return form.head + ", ".join([form.marks] * len(batch)), values


def _by_django(model: type[models.Model], batch: list[models.Model], own: BaseDatabaseWrapper) -> tuple[str, Any]:
    query = InsertQuery(model)
    query.insert_values(_fields(model, batch[0].pk is not None), batch)
    [statement] = query.get_compiler(connection=own).as_sql()
    return statement


def update_rows(rows: Sequence[models.Model], *names: str) -> None:
    """Writes these columns of rows of one model, in one statement whatever their number. No signals, no history."""
    if not rows:
        return
    own, model = connections[DEFAULT_DB_ALIAS], type(rows[0])
    quoted = own.ops.quote_name
    pk, *fields = fields_of = [model._meta.pk, *(model._meta.get_field(name) for name in names)]
    values = [[field.get_db_prep_save(getattr(row, field.attname), own) for row in rows] for field in fields_of]
    columns = ", ".join(quoted(field.column) for field in fields_of)
    kinds = ", ".join(f"%s::{_kind(field, own)}[]" for field in fields_of)
    changed = ", ".join(f"{quoted(field.column)} = told.{quoted(field.column)}" for field in fields)
    with own.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quoted(model._meta.db_table)} AS row SET {changed} FROM unnest({kinds}) AS told ({columns})"  # noqa: S608 - names of ours
            f" WHERE row.{quoted(pk.column)} = told.{quoted(pk.column)}",
            values,
        )


def _kind(field: Any, own: BaseDatabaseWrapper) -> str:
    """As what its values are told. Text without its length: a cast to `varchar(5)` cuts what is too long, and writing it fails, as it should."""
    kind: str = field.rel_db_type(own) if field.primary_key else field.db_type(own)
    return "text" if kind.startswith("varchar") else kind


@cache
def _history_model(model: type[models.Model]) -> Any:
    """Django makes a class at every look at a history."""
    return model.history.model  # type: ignore[attr-defined]


def history_of(
    rows: Iterable[models.Model], *, by: User | None, at: datetime, kind: str = "+", reason: str = ""
) -> list[models.Model]:
    """The history rows that belong to these new (`+`) or changed (`~`) rows, not saved."""
    made = []
    for row in rows:
        history_model = _history_model(type(row))
        tracked = {field.attname: getattr(row, field.attname) for field in history_model.tracked_fields}
        made.append(
            history_model(
                history_date=at,
                history_type=kind,
                history_user=by,
                history_change_reason=reason[:100] or None,
                **tracked,
            )
        )
    return made
