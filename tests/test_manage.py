"""What a person at the command line is told when the database is away."""

from __future__ import annotations

import sys

import pytest
from django.core import management
from django.db import OperationalError

import manage


def _away(_argv: list[str]) -> None:
    raise OperationalError('connection to server at "127.0.0.1" failed: Connection refused\n\tIs the server running?')


def test_one_sentence_when_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(management, "execute_from_command_line", _away)
    monkeypatch.setattr(sys, "argv", ["manage.py", "norm_due"])
    with pytest.raises(
        SystemExit, match=r"^The database gives no answer: .*refused$"
    ):  # a text ends the process with 1
        manage.main()


def test_where_it_went_wrong_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(management, "execute_from_command_line", _away)
    monkeypatch.setattr(sys, "argv", ["manage.py", "norm_due", "--traceback"])
    with pytest.raises(OperationalError):
        manage.main()
