"""Outside demo mode nothing starts that would be unsafe; every refusal says what to do."""

from typing import Any

import pytest
from celery.signals import beat_init
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from opmeer_kcc import beat, checks
from opmeer_kcc.celery import refuse_what_is_insecure
from opmeer_kcc.checks import insecure
from opmeer_kcc.plain_parts import plain_parts
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
    settings.SITE_URL = "https://kcc.opmeer.example"
    settings.SECOND_FACTOR_REQUIRED = True
    settings.FAILPOINTS = ""
    settings.CLOCK_OFFSET_SECONDS = 0
    settings.PLAIN_HOSTS = [connection.settings_dict["HOST"]]


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
        ("SITE_URL", "http://kcc.opmeer.example"),
        ("SECOND_FACTOR_REQUIRED", False),
        ("METRICS_TOKEN", "secret"),
    ],
)
def test_each_weak_setting_is_refused_by_its_name(settings: Any, name: str, value: object) -> None:
    setattr(settings, name, value)
    assert [sentence for sentence in insecure() if name in sentence]


@pytest.mark.django_db
@pytest.mark.usefixtures("_safe_database")
def test_figures_are_not_open_to_this_machine_where_everybody_comes_by_its_proxy(settings: Any) -> None:
    settings.METRICS_FROM_HERE = True
    assert insecure() == []
    settings.PROXY_COUNT = 1
    assert any("METRICS_FROM_HERE" in sentence for sentence in insecure())


@pytest.mark.django_db
@pytest.mark.usefixtures("_safe_database")
def test_plain_http_is_accepted_when_only_this_machine_can_reach_it(settings: Any) -> None:
    settings.INSECURE_HTTP, settings.SECOND_FACTOR_REQUIRED = True, False
    settings.SITE_URL = "http://127.0.0.1:8000"
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    assert insecure() == []


@pytest.mark.django_db
@pytest.mark.usefixtures("_safe_database")
def test_open_demo_accounts_are_refused_outside_a_demo(settings: Any) -> None:
    for name in ("fatima", "greet"):  # the second is not among those of the README, and as open
        user = User(username=name, name=name.title())
        user.set_password(settings.DEMO_PASSWORD)
        user.save()
    assert any("fatima, greet" in sentence for sentence in insecure())
    User.objects.filter(username="fatima").update(is_active=False)
    assert any("greet" in sentence for sentence in insecure())
    User.objects.update(is_active=False)
    assert insecure() == []


@pytest.mark.django_db
@pytest.mark.usefixtures("_safe_database")
@pytest.mark.parametrize(
    ("loaded_with", "said_now"), [("opmeer-demo-2026", "another"), ("another", "opmeer-demo-2026")]
)
def test_demo_accounts_are_open_whatever_their_password_is_said_to_be_now(
    settings: Any, loaded_with: str, said_now: str
) -> None:
    settings.DEMO_PASSWORD = said_now
    held = make_password(loaded_with)
    for name in ("fatima", "henk"):
        User.objects.create(username=name, name=name.title(), password=held)
    assert any("fatima, henk" in sentence for sentence in insecure())


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


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("REDIS_URL", "redis://:x@far:6379/0"),
        ("ASTERISK_AMI", "ami://user:x@far:5038"),
        ("CLAMD", "tcp://far:3310"),
        ("SMTP", {"host": "far", "tls": "none"}),
        ("OWNER_DATABASE", {"HOST": "far", "OPTIONS": {}}),
        ("OWNER_DATABASE", {"HOST": "far", "OPTIONS": {"sslmode": "prefer"}}),
        ("OWNER_DATABASE", {"HOST": "far", "OPTIONS": {"sslmode": "allow"}}),
    ],
)
def test_a_part_on_another_machine_without_tls_is_refused_unless_it_is_named(
    settings: Any, name: str, address: object
) -> None:
    setattr(settings, name, address)
    assert [sentence for sentence in plain_parts() if "far" in sentence and "PLAIN_HOSTS" in sentence]
    settings.PLAIN_HOSTS = [*settings.PLAIN_HOSTS, "far"]
    assert plain_parts() == []


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("REDIS_URL", "rediss://:x@far:6379/0"),
        ("REDIS_URL", "redis://127.0.0.1:6379/0"),
        ("CLAMD", "unix:///run/clamav/clamd.ctl"),
        ("SMTP", {"host": "far", "tls": "starttls"}),
        ("OWNER_DATABASE", {"HOST": "far", "OPTIONS": {"sslmode": "verify-full"}}),
        ("OWNER_DATABASE", {"HOST": "/run/postgresql", "OPTIONS": {}}),
    ],
)
def test_tls_and_the_machine_itself_are_accepted(settings: Any, name: str, address: object) -> None:
    setattr(settings, name, address)
    assert plain_parts() == []


def test_the_worker_refuses_as_the_web_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Celery leaves Django's checks out here."""
    monkeypatch.setattr("opmeer_kcc.checks.insecure", lambda: ["FAILPOINTS is set."])
    with pytest.raises(SystemExit, match="FAILPOINTS is set"):
        refuse_what_is_insecure()


@pytest.mark.django_db
@pytest.mark.usefixtures("_safe_database")
def test_beat_lets_another_process_ask_what_is_insecure(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = beat.IS_SECURE[2:]
    assert asked[0] == "check"
    call_command(*asked)
    settings.FAILPOINTS = "after_commit"
    with pytest.raises(SystemCheckError, match="FAILPOINTS is set"):
        call_command(*asked)
    monkeypatch.setattr(beat, "IS_SECURE", ["false"])
    with pytest.raises(SystemExit):
        beat_init.send(sender=None)
    monkeypatch.setattr(beat, "IS_SECURE", ["true"])
    beat_init.send(sender=None)
