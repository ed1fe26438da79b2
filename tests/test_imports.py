"""Imports run against the stream (architecture §1), and a few names never occur where they do harm."""

import re
from pathlib import Path

from importlinter import api

ROOT = Path(__file__).resolve().parent.parent
APPS = ("organisation", "channels_app", "knowledge", "contacts", "surveys", "kpi", "programme")
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "services", "managers"}


def _code(*apps: str) -> list[Path]:
    return [path for app in apps for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]


def test_the_contracts_of_the_architecture_are_declared() -> None:
    """script/lint runs them; here only that none was taken out."""
    found = api.read_configuration(str(ROOT / "pyproject.toml"))
    assert {contract["id"] for contract in found["contracts_options"]} >= {"apps", "rooms", "pure"}


def test_no_job_is_handed_to_the_broker_by_the_code_of_a_request() -> None:
    """quality §5 rule 2: the row is the queue; only the nudge of organisation may speak to the broker."""
    called = re.compile(r"\.(delay|apply_async|delay_on_commit|send_task)\(")
    found = [str(path.relative_to(ROOT)) for path in _code(*APPS) if called.search(path.read_text())]
    assert found == ["organisation/nudge.py"]


def test_no_module_has_a_name_that_says_nothing() -> None:
    found = [str(path) for path in _code(*APPS, "opmeer_kcc", "supervisor") if path.stem in FORBIDDEN_NAMES]
    assert found == []


def test_no_module_is_longer_than_three_hundred_lines() -> None:
    code = _code(*APPS, "opmeer_kcc", "supervisor")
    found = {str(path.relative_to(ROOT)) for path in code if len(path.read_text().splitlines()) > 300}
    assert found == set()
