"""What each case of the corpus cost and what became of it, printed as a table at the end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from channels_app.adapters.email.sandbox import Sandbox
from contacts.rulebook import RULEBOOK
from organisation.snapshot import ORGANISATION
from tests.cast import settle_in
from tests.corpus.score import Note, Score
from tests.corpus.world import Known, Reader, begin

SCORE = Score()
FAILED: set[str] = set()


@pytest.fixture
def note(record_property: Any) -> Iterator[Note]:
    """For a test to say which case it was; what it cost is kept with its report."""
    note = Note()
    yield note
    record_property("corpus", note.as_property())


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "teardown":
        for name, value in report.user_properties:
            if name == "corpus":
                SCORE.add(value, report.nodeid in FAILED)  # type: ignore[arg-type]
    elif report.failed:
        FAILED.add(report.nodeid)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if os.environ.get("CORPUS_SCORE") and SCORE.rows:
        terminalreporter.write_line("")
        for line in SCORE.lines():
            terminalreporter.write_line(line)


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.FILES_DIR = Path(tmp_path_factory.getbasetemp()) / "files"


@pytest.fixture(scope="session")
def child() -> Iterator[Sandbox]:
    with Sandbox() as box:
        yield box


@pytest.fixture(scope="module")
def known(django_db_setup: None, django_db_blocker: Any) -> Iterator[Known]:
    """Made once for a whole module, inside a transaction that is rolled back; each case rolls back to here."""
    with django_db_blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:  # a bomb keeps the whole transaction waiting
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        ORGANISATION.forget()
        RULEBOOK.forget()
        yield begin(settle_in(), Reader())
        transaction.set_rollback(True)
