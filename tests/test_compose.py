"""docker-compose.yml is valid, and starts nothing without secrets of its own."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from opmeer_kcc.env import SETTINGS

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = shutil.which("docker-compose")
NEEDED = {
    "POSTGRES_PASSWORD": "x1",
    "APP_DATABASE_PASSWORD": "x3",
    "VALKEY_PASSWORD": "x2",
    "SECRET_KEY": "x" * 50,
    "FIELD_KEYS": "x",
    "ALLOWED_HOSTS": "kcc.example",
    "SITE_URL": "https://kcc.example",
    "SMTP_URL": "smtp://mail.example",
    "MAIL_FROM": "kcc@example.org",
}
needs_compose = pytest.mark.skipif(
    COMPOSE is None, reason="NOT RUN: docker-compose is not here: apt-get install docker-compose"
)


def _config(**settings: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", **settings}
    return subprocess.run(
        [str(COMPOSE), "-f", str(ROOT / "docker-compose.yml"), "config"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, Any]]:
    """What docker-compose makes of the file, which it must find valid."""
    done = _config(**NEEDED)
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, Any]] = yaml.safe_load(done.stdout)["services"]
    return found


@needs_compose
def test_no_log_grows_for_ever(services: dict[str, dict[str, Any]]) -> None:
    assert {name for name, one in services.items() if one.get("logging", {}).get("driver") != "local"} == set()


@needs_compose
def test_a_missing_secret_stops_the_start() -> None:
    """One, as docker-compose says it; that each of them is written so is looked at below."""
    done = _config(**{key: value for key, value in NEEDED.items() if key != "SECRET_KEY"})
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr


@needs_compose
def test_only_the_migration_and_the_backups_know_the_owner_of_the_tables(services: dict[str, dict[str, Any]]) -> None:
    told = {name: " ".join(map(str, one.get("environment", {}).values())) for name, one in services.items()}
    assert {name for name, text in told.items() if "opmeer:x1@" in text} == {"migrate", "backup"}
    ours = {"migrate", "web", "stream", "worker", "mailwatch", "backup", "beat"}
    assert {name for name, text in told.items() if "opmeer_app:x3@" in text} == ours


NOT_PASSED = {
    *("DEMO_MODE", "DEMO_PASSWORD", "DEBUG", "INSECURE_HTTP", "CLOCK_OFFSET_SECONDS", "FAILPOINTS"),  # no production
    *("DATA_DIR", "STATIC_ROOT", "COMPRESS_STATIC"),  # of the image
    *(
        "MIGRATE_DATABASE_URL",
        "STATEMENT_TIMEOUT_MS",
        "BACKUP_DIR",
        "BACKUP_KEYS",
        "BACKUP_KEEP_DAYS",
    ),  # of one service
    "METRICS_FROM_HERE",  # nothing comes from the container itself
}


def test_every_other_setting_of_the_readme_reaches_the_containers() -> None:
    """One that is left out of the file is not refused: it silently keeps its default."""
    passed = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["x-app"]["environment"]
    assert set(SETTINGS) - set(passed) == NOT_PASSED


def test_the_documents_name_what_has_no_effect_in_the_file_of_settings() -> None:
    text = (ROOT / "docs" / "operations.md").read_text()
    told = re.search(
        r"Every other setting of README.md may stand there too, except(.*?)use `METRICS_TOKEN`", text, re.S
    )
    assert told is not None
    set_by_the_file = {"DATABASE_URL", "REDIS_URL"}
    in_the_backup = {"BACKUP_DIR", "BACKUP_KEYS", "BACKUP_KEEP_DAYS"}
    assert set(re.findall(r"`(\w+)`", told.group(1))) == NOT_PASSED - in_the_backup | set_by_the_file


def test_what_the_administrator_keeps_beside_the_file_is_not_in_the_image() -> None:
    """docs/operations.md puts all secrets in `.env` there, and the image is built from that folder."""
    left_out = (ROOT / ".dockerignore").read_text().splitlines()
    assert {".env*", "backup", "var", ".git"} <= set(left_out)


def test_no_secret_has_a_default() -> None:
    """Nor is empty when it is forgotten."""
    text = (ROOT / "docker-compose.yml").read_text()
    secrets = re.findall(r"(?<!\$)\$\{?(\w*(?:PASSWORD|SECRET_KEY|FIELD_KEYS|SMTP_URL)\w*)(:?[-?]?)", text)
    assert {"SECRET_KEY", "POSTGRES_PASSWORD", "APP_DATABASE_PASSWORD", "FIELD_KEYS"} <= {
        name for name, _kind in secrets
    }
    assert {name for name, kind in secrets if kind != ":?"} <= {"SECRET_KEY_FALLBACKS"}


def test_the_database_and_the_broker_keep_no_rows_in_their_logs_and_are_not_root() -> None:
    """The entrypoint of Valkey's image gives up root for a command that it knows, and a shell is none."""
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    assert {"log_min_error_statement=panic", "log_error_verbosity=terse"} <= set(services["postgres"]["command"])
    assert services["valkey"]["command"][-1].startswith("exec docker-entrypoint.sh valkey-server ")
