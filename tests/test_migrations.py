"""The migrations build exactly the models, and are named for their purpose."""

import re
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import Field

from organisation.models import Heartbeat
from organisation.quick_models import copied, quick_models

OURS = ("organisation", "channels_app", "knowledge", "contacts", "surveys", "privacy", "kpi", "programme")


@pytest.mark.django_db
def test_no_model_differs_from_its_migrations() -> None:
    told = StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=told, no_color=True)
    except SystemExit:
        pytest.fail(f"script/manage makemigrations --name … is to be run:\n{told.getvalue()}", pytrace=False)


def add(name: str, field: "Field[Any, Any]") -> "Field[Any, Any]":
    field.set_attributes_from_name(name)
    field.model = Heartbeat
    with connection.schema_editor() as editor:
        editor.add_field(Heartbeat, field)
    return field


def held(name: str, column: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM organisation_heartbeat WHERE name = %s", [name])
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_a_process_of_before_writes_on_after_a_column_was_added() -> None:
    """A migration runs while the old processes register; they name the columns they know."""
    at = datetime(2026, 11, 30, tzinfo=UTC)
    Heartbeat.objects.create(name="there already", beat_at=at)
    add("a_list", models.JSONField(default=list))
    add("a_text", models.CharField(max_length=9, default="x", null=True))
    add("a_moment", models.DateTimeField(default=lambda: at))
    add("nothing", models.IntegerField(null=True))
    Heartbeat.objects.create(name="of before", beat_at=at)
    for name in ("there already", "of before"):
        found = [held(name, column) for column in ("a_list", "a_text", "a_moment", "nothing")]
        assert found == ["[]", "x", at, None]


@pytest.mark.django_db
def test_a_column_whose_default_was_kept_can_get_another_type() -> None:
    old = add("a_switch", models.BooleanField(default=False))
    new = models.CharField(max_length=9, default="no")
    new.set_attributes_from_name("a_switch")
    new.model = Heartbeat
    Heartbeat.objects.create(name="there", beat_at=datetime(2026, 11, 30, tzinfo=UTC))
    with connection.schema_editor() as editor:
        editor.alter_field(Heartbeat, old, new)
    assert held("there", "a_switch") == "false"


@pytest.mark.django_db
def test_a_migration_may_take_longer_than_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """An index on a million rows that is broken off stays behind, unusable, and the next migrate finds it in its way."""
    limits: list[str] = []

    def look(*_given: Any, **_options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            limits.append(cursor.fetchone()[0])

    monkeypatch.setattr(migrate.Command, "handle", look)
    call_command("migrate", verbosity=0)
    look()
    assert limits[0] == "0" and limits[1] != "0"


@pytest.mark.django_db
def test_an_index_made_beside_the_old_processes_waits_for_their_transactions() -> None:
    """A page gives up a lock after two seconds; here that would leave the half of an index. Anything else goes on giving up."""
    index = models.Index(fields=["beat_at"], name="a_new_one")
    for concurrently in (True, False):
        with connection.schema_editor(atomic=False, collect_sql=True) as editor:
            editor.add_index(Heartbeat, index, concurrently=concurrently)
            editor.remove_index(Heartbeat, index, concurrently=concurrently)
        waits = [("lock_timeout" in said, "CONCURRENTLY" in said) for said in editor.collected_sql]
        one = [(True, False), (False, True), (True, False)] if concurrently else [(False, False)]
        assert waits == one * 2


@pytest.mark.parametrize("app", OURS)
def test_migrations_are_named_for_their_purpose(app: str) -> None:
    folder = Path(apps.get_app_config(app).path) / "migrations"
    names = [path.stem for path in folder.glob("[0-9]*.py")]
    assert [name for name in names if re.search(r"_auto_|_and_more$|_[0-9]{8}", name)] == []


def test_a_copied_field_is_the_field_that_django_builds_anew() -> None:
    states = MigrationLoader(None).project_state().models
    told = MigrationAutodetector(ProjectState(), ProjectState()).deep_deconstruct
    assert len(states) > 150
    for state in states.values():
        copies = [copied(field) for field in state.fields.values()]
        for field, copy in zip(state.fields.values(), copies, strict=True):
            anew = field.clone()
            assert told(copy) == told(anew), (state.name, field)
            assert copy.__dict__.keys() == anew.__dict__.keys(), (state.name, field)
            assert copy.remote_field is None or copy.remote_field.field is copy is not field
        assert copies == sorted(copies), "the columns stand in another order"
    before = Field.clone
    with quick_models():
        assert Field.clone is before, "only while a model is worked out"
    assert Field.clone is before
