"""The database engine of the settings: Django's own, but a kept connection is asked by its socket, and a column that is added keeps its default."""

from __future__ import annotations

import select
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.postgresql import base, schema
from django.db.models import Field


class SchemaEditor(schema.DatabaseSchemaEditor):
    """Migrations run while the old processes go on: those write rows without a column of which they do not know yet."""

    def skip_default_on_alter(self, field: Field[Any, Any]) -> bool:
        """Django takes the default of an added column away after filling it; then every INSERT of an old process would fail."""
        return True


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
