"""A database says itself whether it is the demo's: one of real people is never opened with passwords that everybody knows."""

from typing import Any

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.db import connection

from contacts.demo.people import give_password
from contacts.demo.staff import PEOPLE
from opmeer_kcc.checks import insecure
from opmeer_kcc.demo_accounts import ACCOUNTS, whose
from organisation.models import User

pytestmark = pytest.mark.django_db


def found() -> str:
    with connection.cursor() as cursor:
        return whose(cursor)


def add(*names: str, password: str = "") -> None:
    for name in names:
        held = password or make_password(f"{name}-secret")
        User.objects.create(username=name, name=name.title(), email=f"{name}@opmeer.example", password=held)


def test_the_accounts_of_the_readme_are_those_of_the_demo() -> None:
    assert set(ACCOUNTS) <= {person[0] for person in PEOPLE}


def test_people_of_the_demo_share_one_password_until_it_goes_into_real_use() -> None:
    assert found() == "nobody"
    add(*ACCOUNTS, password=make_password("opmeer-demo-2026"))
    assert found() == "demo"
    add("jansen")
    User.objects.filter(username="henk").update(is_active=False)  # as one does to show it
    assert found() == "demo"
    for name in ACCOUNTS:  # signing in gives a hash of its own when a newer Django hashes longer
        User.objects.filter(username=name).update(password=make_password("opmeer-demo-2026"))
    add("noor", "sem", password=make_password("opmeer-demo-2026"))
    assert found() == "demo"
    User.objects.filter(username__in=[*ACCOUNTS, "noor", "sem"]).update(is_active=False)
    assert found() == "real"


def test_real_people_may_have_the_names_of_the_demo() -> None:
    add(*ACCOUNTS)
    assert found() == "real"


def test_demo_mode_does_not_start_on_a_database_of_real_people(settings: Any) -> None:
    settings.DEMO_MODE, settings.FAILPOINTS = True, ""
    add("jansen", "henk")
    assert [sentence for sentence in insecure() if "DEMO_MODE" in sentence]
    User.objects.all().delete()
    add(*ACCOUNTS, password=make_password("opmeer-demo-2026"))
    assert not [sentence for sentence in insecure() if "DEMO_MODE" in sentence]


def test_the_accounts_of_a_demo_follow_the_password_that_the_page_of_signing_in_names(settings: Any) -> None:
    settings.DEMO_PASSWORD = "another-one-2026"
    assert not give_password()  # nobody is there
    add(*ACCOUNTS, password=make_password("opmeer-demo-2026"))
    add("jansen", password="kept")
    User.objects.filter(username="henk").update(password=make_password("own-secret"))
    assert give_password()
    opened = {one.username for one in User.objects.all() if check_password("another-one-2026", one.password)}
    assert opened == {*ACCOUNTS} - {"henk"}  # who chose an own password keeps it
    assert not give_password()
