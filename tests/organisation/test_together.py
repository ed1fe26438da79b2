"""Operations of a migration told together leave the same state and the same tables as one after the other, forwards and back."""

from __future__ import annotations

import pytest
from django.db import connection, models
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel, RemoveField
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from organisation.together import Part, Together

APP = "fair"


def making() -> list[Part]:
    """Two tables that name each other; the second word on the first is added when both are there."""
    key = [("id", models.BigAutoField(primary_key=True))]
    stall = models.ForeignKey("fair.stall", models.CASCADE)
    return [
        CreateModel("Stall", [*key, ("name", models.CharField(max_length=20))]),
        CreateModel("Visit", [*key, ("stall", stall), ("day", models.DateField())]),
        AddField("stall", "best", models.ForeignKey("fair.visit", models.SET_NULL, null=True)),
        AddIndex("stall", models.Index(fields=["best"], name="stall_of_visit")),
        AddConstraint("visit", models.UniqueConstraint(fields=["stall", "day"], name="one_visit_a_day")),
    ]


def changing() -> list[Part]:
    return [
        AddField("visit", "remark", models.TextField(default="")),
        RemoveField("stall", "name"),
        AddIndex("visit", models.Index(fields=["day"], name="visit_day")),
    ]


def told(operations: list[Operation], state: ProjectState) -> ProjectState:
    after = state.clone()
    for operation in operations:
        operation.state_forwards(APP, after)
    return after


def run(operations: list[Operation], state: ProjectState) -> ProjectState:
    for operation in operations:
        after = told([operation], state)
        with connection.schema_editor() as editor:
            operation.database_forwards(APP, editor, state, after)
        state = after
    return state


def tables() -> list[tuple[str, str]]:
    """All that the database has of the fair: columns, indexes and constraints, as it words them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name || '.' || column_name, data_type || is_nullable || ordinal_position::text"
            " FROM information_schema.columns WHERE table_name LIKE 'fair\\_%%'"
            " UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'fair\\_%%'"
            " UNION ALL SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid::regclass::text LIKE 'fair\\_%%'"
            " ORDER BY 1, 2"
        )
        return list(cursor.fetchall())


@pytest.fixture
def one_by_one(db: None) -> tuple[ProjectState, list[tuple[str, str]]]:
    """What the operations leave when each is an operation of its own; the tables are gone again."""
    state = run([*making(), *changing()], ProjectState())
    found = tables()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE fair_stall, fair_visit CASCADE")
    return state, found


def test_the_same_state_and_the_same_tables(one_by_one: tuple[ProjectState, list[tuple[str, str]]]) -> None:
    expected_state, expected_tables = one_by_one
    state = run([Together(making()), Together(changing())], ProjectState())
    assert state == expected_state
    assert tables() == expected_tables
    assert len(expected_tables) > 15


def test_the_way_back(db: None) -> None:
    before = ProjectState()
    made = run([Together(making())], before)
    first = tables()
    changed = run([Together(changing())], made)
    with connection.schema_editor() as editor:
        Together(changing()).database_backwards(APP, editor, changed, made)
    # a column that comes back stands last
    assert {name for name, _words in tables()} == {name for name, _words in first}
    with connection.schema_editor() as editor:
        Together(making()).database_backwards(APP, editor, made, before)
    assert tables() == []


def test_models_that_were_worked_out_before_are_worked_out_anew() -> None:
    state = ProjectState()
    assert not list(state.apps.get_models())
    after = told([Together(making())], state)
    assert {model.__name__ for model in after.apps.get_models()} == {"Stall", "Visit"}


def test_it_says_what_it_does() -> None:
    assert Together(making()).describe().startswith("Create model Stall; Create model Visit; Add field best to stall")
