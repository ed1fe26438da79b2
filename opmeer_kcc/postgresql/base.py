"""The database engine of the settings: Django's own, but a kept connection is asked by its socket, and a column that is added keeps its default."""

from __future__ import annotations

import select
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.db.backends.postgresql import base, schema
from django.db.models import Field, Index, Model


class SchemaEditor(schema.DatabaseSchemaEditor):
    """Migrations run while the old processes go on: those write rows without a column of which they do not know yet."""

    def _alter_column_default_sql(
        self, model: type[Model], old_field: Any, new_field: Field[Any, Any], drop: bool = False
    ) -> tuple[str, list[Any]]:
        """Without `old_field` the column was just added and filled: Django takes its default away, and every INSERT of an old process fails."""
        made: tuple[str, list[Any]] = super()._alter_column_default_sql(
            model, old_field, new_field, drop=drop and old_field is not None
        )
        return made

    def _alter_column_type_sql(
        self, model: type[Model], old_field: Field[Any, Any], new_field: Field[Any, Any], *types: Any
    ) -> Any:
        """A default that was kept stands in the way of another type: PostgreSQL cannot turn `false` into a number."""
        is_other = old_field.get_internal_type() != new_field.get_internal_type()
        if is_other and not old_field.has_db_default() and not old_field.db_type_suffix(self.connection):
            column = {"column": self.quote_name(new_field.column)}
            table = self.quote_name(model._meta.db_table)
            self.execute(self.sql_alter_column % {"table": table, "changes": self.sql_alter_column_no_default % column})
        return super()._alter_column_type_sql(model, old_field, new_field, *types)

    def add_index(self, model: type[Model], index: Index, concurrently: bool = False) -> None:
        with self._as_long_as_it_takes() if concurrently else nullcontext():
            super().add_index(model, index, concurrently)

    def remove_index(self, model: type[Model], index: Index, concurrently: bool = False) -> None:
        with self._as_long_as_it_takes() if concurrently else nullcontext():
            super().remove_index(model, index, concurrently)

    @contextmanager
    def _as_long_as_it_takes(self) -> Iterator[None]:
        """Beside the old processes an index is ready when every older transaction is over, a dump too, and holds nobody up meanwhile; of one
        that gives up sooner an unusable half stays behind."""
        self.execute("SET lock_timeout = 0")
        try:
            yield
        finally:
            self.execute("RESET lock_timeout")


class DatabaseWrapper(base.DatabaseWrapper):
    """Before its first statement every request asks whether the connection that was kept still works (`CONN_HEALTH_CHECKS`)."""

    SchemaEditorClass = SchemaEditor

    def is_usable(self) -> bool:
        """A server that stopped, or ended this session, left words to be read; a silent socket is a living connection.

        Something to read may be a mere notice: then the database is asked after all.
        """
        if self.connection is None or self.connection.closed:
            return False
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return not waiting.poll(0) or super().is_usable()

    @contextmanager
    def _nodb_cursor(self) -> Iterator[Any]:
        """Making and dropping a test database waits for the disk, not for a person: no limit on such a statement."""
        with super()._nodb_cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            yield cursor
