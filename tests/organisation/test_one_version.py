"""A page that only reads asks once which version of the settings counts; a change is seen by the very next request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from organisation.models import Municipality, Team
from organisation.snapshot import config_version, one_version, organisation, settings_changed

if TYPE_CHECKING:
    from typing import Any

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _settings_are_held() -> None:
    Municipality.objects.get_or_create(pk=1)
    organisation()


def test_within_one_reading_the_version_is_asked_once(django_assert_num_queries: Any) -> None:
    with one_version(), django_assert_num_queries(1):
        assert config_version() == config_version() == organisation().version


def test_outside_it_every_question_is_asked_anew(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        config_version()
        config_version()


def test_a_change_within_the_reading_is_seen() -> None:
    with one_version():
        before = config_version()
        settings_changed()
        assert config_version() > before


def test_the_next_reading_sees_what_another_process_changed() -> None:
    organisation()
    with one_version():
        before = config_version()
    Municipality.objects.filter(pk=1).update(config_version=before + 7)
    with one_version():
        assert config_version() == before + 7


@pytest.mark.django_db(transaction=True)
def test_what_was_read_before_a_rollback_is_not_taken_for_the_next_change() -> None:
    """As when a norm is saved, its clocks are computed again and that takes too long."""
    team = Team.objects.create(code="proef", name="Proef")
    with transaction.atomic():
        Team.objects.get(pk=team.pk).delete()
        assert team.pk not in organisation().teams
        transaction.set_rollback(True)
    Team.objects.create(code="ander", name="Ander")
    assert {one.name for one in organisation().teams.values()} >= {"Proef", "Ander"}
