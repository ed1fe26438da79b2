"""The migrations build exactly the models, and are named for their purpose."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

OURS = ("organisation", "channels_app", "knowledge", "contacts", "surveys", "kpi", "programme")


@pytest.mark.django_db
def test_no_model_differs_from_its_migrations() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("app", OURS)
def test_migrations_are_named_for_their_purpose(app: str) -> None:
    folder = Path(apps.get_app_config(app).path) / "migrations"
    names = [path.stem for path in folder.glob("[0-9]*.py")]
    assert [name for name in names if re.search(r"_auto_|_and_more$|_[0-9]{8}", name)] == []
