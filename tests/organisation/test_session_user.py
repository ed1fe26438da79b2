"""The person of a session comes with their roles, and is gone as soon as they may not sign in any more."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from organisation.clock import today
from organisation.models import Membership
from organisation.sessions import session_of
from organisation.sign_in import Employees
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _outside_a_request() -> None:
    session_of(0)  # one that a test before this left in its hands is not looked at


def test_person_and_roles_take_one_query(cast: Cast, django_assert_num_queries) -> None:
    roles = cast.fatima.roles
    with django_assert_num_queries(1):
        user = Employees().get_user(cast.fatima.pk)
        assert user == cast.fatima
        assert user.roles == roles
        assert [membership.team.name for membership in user.current_memberships if membership.team]


def test_a_role_that_ended_is_not_there_and_the_person_still_is(cast: Cast) -> None:
    Membership.objects.filter(user=cast.fatima).update(valid_until=today() - timedelta(days=1))
    user = Employees().get_user(cast.fatima.pk)
    assert user == cast.fatima
    assert user.roles == frozenset()


def test_who_may_not_sign_in_any_more_is_out_at_the_next_page(cast: Cast, client: Client) -> None:
    client.force_login(cast.fatima)
    assert client.get(reverse("contacts:queue")).status_code == 200
    type(cast.fatima).objects.filter(pk=cast.fatima.pk).update(is_active=False)
    assert Employees().get_user(cast.fatima.pk) is None
    assert client.get(reverse("contacts:queue")).status_code == 302


def test_nobody_is_nobody(cast: Cast) -> None:
    assert Employees().get_user(0) is None
