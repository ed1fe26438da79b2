"""Writes rows of several tables in one round trip, with the ids known beforehand.

Registering touches ten tables; a statement per row would cost ten round trips. The rows are ordinary model instances, their
SQL is Django's own, and all of it is sent together inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.sql import InsertQuery

if TYPE_CHECKING:
    from organisation.models import User


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Inserts all rows in their order; neighbours of one model become one INSERT. Signals are not sent: say history yourself."""
    statements: list[str] = []
    params: list[Any] = []
    own = connections[DEFAULT_DB_ALIAS]  # of this thread: its name is looked up for every value
    for model, group in groupby(rows, key=type):
        batch = list(group)
        fields = [
            field
            for field in model._meta.concrete_fields
            if not field.generated and not (field is model._meta.pk and batch[0].pk is None)
        ]
        query = InsertQuery(model)
        query.insert_values(fields, batch)
        for sql, values in query.get_compiler(connection=own).as_sql():
            statements.append(sql)
            params.extend(values)
    if statements:
        with own.cursor() as cursor:
            cursor.execute("; ".join(statements), params)
    for row in rows:
        row._state.adding = False
        row._state.db = own.alias


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
