"""The migrations build exactly the models, and are named for their purpose."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import Field

from organisation.models import Heartbeat
from organisation.quick_models import copied, quick_models

OURS = ("organisation", "channels_app", "knowledge", "contacts", "surveys", "kpi", "programme")


@pytest.mark.django_db
def test_no_model_differs_from_its_migrations() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.django_db
def test_a_process_of_before_writes_on_after_a_column_was_added() -> None:
    """A migration runs while the old processes register; they name the columns they know."""
    field = models.JSONField(default=list)
    field.set_attributes_from_name("added_since")
    with connection.schema_editor() as editor:
        editor.add_field(Heartbeat, field)
    Heartbeat.objects.create(name="of before", beat_at=datetime(2026, 11, 30, tzinfo=UTC))
    with connection.cursor() as cursor:
        cursor.execute("SELECT added_since FROM organisation_heartbeat WHERE name = 'of before'")
        assert cursor.fetchone() == ("[]",)


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
