"""Migrations that change many tables: Django works out their models once, not again after every operation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel, RemoveField
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

Part = CreateModel | AddField | RemoveField | AddIndex | AddConstraint


class Together(Operation):
    """The same as its operations one after the other: the same state, the same tables.

    After each operation Django renders every model again that has to do with the changed one. Nearly all of ours have a key to the
    person who changed them, so 150 tables cost 15,000 renderings: most of the time of a first start and of making a test database.
    Here the models are rendered when all operations have been told. What is added to a model that is made here is in its table from
    the start. No field may be touched by two of the operations.
    """

    def __init__(self, operations: Sequence[Part]) -> None:
        self.operations = list(operations)

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        return self.__class__.__qualname__, [self.operations], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # Django's own cache, which makes it anew as a whole when it is asked for
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in self._in_the_database():
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in reversed(self._in_the_database()):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def _in_the_database(self) -> list[Part]:
        made = {operation.name_lower for operation in self.operations if isinstance(operation, CreateModel)}
        return [
            operation
            for operation in self.operations
            if isinstance(operation, CreateModel) or operation.model_name_lower not in made
        ]

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)
