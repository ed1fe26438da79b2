"""Outside demo mode nothing starts that would be unsafe; every refusal says what to do."""

from typing import Any

import pytest
from django.db import connection

from opmeer_kcc import checks
from opmeer_kcc.checks import insecure
from organisation.models import User

STRONG = "9f-kLw2_pQ7xR4tZ8vB1nM5cD3sG6hJ0aE-yUoIqWzXe_rTyU"


@pytest.fixture(autouse=True)
def in_production(settings: Any) -> None:
    settings.DEMO_MODE = False
    settings.SECRET_KEY = STRONG
    settings.FIELD_KEYS = ["MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="]
    settings.INSECURE_HTTP = False
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["kcc.opmeer.example"]
    settings.FAILPOINTS = ""
    settings.CLOCK_OFFSET_SECONDS = 0


@pytest.fixture
def _safe_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own test database may run with fsync off, and as the owner of its tables."""
    monkeypatch.setattr(checks, "MUST_BE_ON", ())
    monkeypatch.setattr(checks, "wrong_rights", lambda cursor: [])  # tests/test_database_roles.py


@pytest.mark.django_db
@pytest.mark.usefixtures("_safe_database")
def test_a_good_installation_starts() -> None:
    assert insecure() == []


@pytest.mark.django_db
@pytest.mark.usefixtures("_safe_database")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 60),
        ("DEBUG", True),
        ("FIELD_KEYS", []),
        ("INSECURE_HTTP", True),
        ("ALLOWED_HOSTS", ["*"]),
        ("FAILPOINTS", "after_commit"),
        ("OIDC_ISSUER", "http://provider.example"),
        ("CLOCK_OFFSET_SECONDS", 60),
    ],
)
def test_each_weak_setting_is_refused_by_its_name(settings: Any, name: str, value: object) -> None:
    setattr(settings, name, value)
    assert [sentence for sentence in insecure() if name in sentence]


@pytest.mark.django_db
@pytest.mark.usefixtures("_safe_database")
def test_plain_http_is_accepted_when_only_this_machine_can_reach_it(settings: Any) -> None:
    settings.INSECURE_HTTP = True
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    assert insecure() == []


@pytest.mark.django_db
@pytest.mark.usefixtures("_safe_database")
def test_open_demo_accounts_are_refused_outside_a_demo(settings: Any) -> None:
    user = User(username="fatima", name="Fatima")
    user.set_password(settings.DEMO_PASSWORD)
    user.save()
    assert any("fatima" in sentence for sentence in insecure())
    user.is_active = False
    user.save()
    assert insecure() == []


@pytest.mark.django_db
def test_a_database_that_may_lose_commits_is_refused() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    assert any("synchronous_commit" in sentence for sentence in insecure())


@pytest.mark.django_db
@pytest.mark.usefixtures("_safe_database")
def test_a_demo_may_be_open(settings: Any) -> None:
    settings.DEMO_MODE = True
    settings.SECRET_KEY = "short"
    assert insecure() == []
