"""docs/design-rules.md names a test for each rule of quality.md §5; what only settings and the code itself can show is shown here."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
APPS = ("organisation", "channels_app", "knowledge", "contacts", "surveys", "privacy", "kpi", "programme", "opmeer_kcc")
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \|$", re.M)
OWN_CLOCK = {
    "organisation/clock.py": "the clock",
    "organisation/sessions.py": "sessions end by the time of the machine, as Django writes their end",
}
"""Where the time of the machine is meant."""


def nodes(words: str) -> Iterator[tuple[str, ast.AST]]:
    """What the code has in the modules that name one of the words at all, with its file: most name none, and need not be understood."""
    named = re.compile(words)
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            if "migrations" not in path.parts and named.search(text := path.read_text()):
                yield from ((str(path.relative_to(ROOT)), one) for one in ast.walk(ast.parse(text)))


def test_every_design_rule_names_tests_that_exist() -> None:
    rows = ROW.findall((ROOT / "docs" / "design-rules.md").read_text())
    assert [int(number) for number, *_rest in rows] == list(range(1, 47))
    tests = set(re.findall(r"def (test_\w+)\(", "".join(path.read_text() for path in ROOT.glob("tests/**/*.py"))))
    named = {number: re.findall(r"`(test_\w+)`", by) for number, _words, by in rows}
    assert {number: names for number, names in named.items() if not names or set(names) - tests} == {}


def test_the_broker_forgets_no_job_and_gives_none_twice_in_time() -> None:
    """Rule 5."""
    assert settings.CELERY_TASK_ACKS_LATE and settings.CELERY_TASK_REJECT_ON_WORKER_LOST
    assert settings.CELERY_TASK_IGNORE_RESULT and settings.CELERY_WORKER_PREFETCH_MULTIPLIER == 1
    broker = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    assert broker["visibility_timeout"] > settings.CELERY_TASK_TIME_LIMIT and broker["unacked_restore_interval"] <= 5


def test_no_job_waits_in_the_broker_for_its_moment() -> None:
    """Rules 6 and 9."""
    found = [
        path
        for path, one in nodes(r"\b(?:eta|countdown|crontab)\b")
        if (isinstance(one, ast.keyword) and one.arg in ("eta", "countdown"))
        or (isinstance(one, ast.Name) and one.id == "crontab")
    ]
    assert found == [] and settings.CELERY_TIMEZONE == "UTC"


def test_every_wait_has_an_end() -> None:
    """Rules 7, 23 and 37."""
    options = settings.DATABASES["default"]["OPTIONS"]
    assert '"connect_timeout": 3,' in (ROOT / "opmeer_kcc" / "settings.py").read_text(), "more patience in tests"
    assert settings.DATABASES["default"]["CONN_HEALTH_CHECKS"]
    for name in ("statement_timeout=", "lock_timeout=2000", "idle_in_transaction_session_timeout=10000"):
        assert name in options["options"]
    broker = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    assert (broker["socket_timeout"], broker["socket_connect_timeout"], settings.CELERY_TASK_TIME_LIMIT) == (2, 2, 60)
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE == 1_048_576 and settings.DATA_UPLOAD_MAX_NUMBER_FIELDS == 200
    assert settings.UPLOAD_MAX_BYTES == 25 * 1_048_576


def test_no_code_has_a_clock_of_its_own() -> None:
    """Rule 19: moments come from `organisation.clock`, so that a test or a fault can shift them."""
    found = {
        path
        for path, one in nodes(r"\.\s*(?:now|utcnow|today)\b|\bauto_now")
        if (
            isinstance(one, ast.Call)
            and isinstance(one.func, ast.Attribute)
            and ast.unparse(one.func) in ("datetime.now", "datetime.utcnow", "date.today", "timezone.now")
        )
        or (isinstance(one, ast.keyword) and one.arg in ("auto_now", "auto_now_add"))
    }
    assert found - OWN_CLOCK.keys() == set()


def test_fields_are_listed_one_by_one() -> None:
    """Rule 26: no form or serializer takes all fields, or all but some."""
    found = [
        path
        for path, one in nodes(r"\bexclude\s*=|__all__")
        if isinstance(one, ast.Assign)
        and isinstance(one.value, ast.Constant | ast.Tuple | ast.List)
        and any(
            isinstance(name, ast.Name)
            and (name.id == "exclude" or (name.id == "fields" and "__all__" in ast.unparse(one.value)))
            for name in one.targets
        )
    ]
    assert found == []


def test_htmx_keeps_nothing_and_runs_nothing() -> None:
    """Rule 34, in every page that loads it."""
    pages = [path.read_text() for path in (ROOT / "templates").rglob("*.html")]
    told = [found for page in pages for found in re.findall(r"<meta name=\"htmx-config\"\s+content='([^']+)'", page)]
    assert len(told) == sum("htmx-config" in page for page in pages) > 0
    for one in map(json.loads, map(unescape, told)):
        assert not any(one[name] for name in ("allowEval", "allowScriptTags", "includeIndicatorStyles"))
        assert one["selfRequestsOnly"] and one["historyCacheSize"] == 0
