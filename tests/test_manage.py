"""What a person at the command line is told when a command cannot begin."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from django.core import management
from django.db import OperationalError, ProgrammingError

import manage
from opmeer_kcc.env import SettingError


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


class _Unknown(Exception):
    pgcode = manage.UNKNOWN[0]


class _Forbidden(Exception):
    pgcode = manage.FORBIDDEN


def _without_tables(_argv: list[str]) -> None:
    raise ProgrammingError from _Unknown()


def _without_rights(_argv: list[str]) -> None:
    raise ProgrammingError("permission denied for table contacts_question\n") from _Forbidden()


def _unreadable(_argv: list[str]) -> None:
    raise SettingError("DATABASE_URL must begin with postgresql://")


@pytest.mark.parametrize(
    ("fails", "told"),
    [
        (_without_tables, "run migrate first"),
        (_without_rights, r"\(permission denied for table contacts_question\): run grant_rights"),
        (_unreadable, "must begin with"),
    ],
)
def test_one_sentence_when_something_was_not_set_up(
    monkeypatch: pytest.MonkeyPatch, fails: Callable[[list[str]], None], told: str
) -> None:
    monkeypatch.setattr(management, "execute_from_command_line", fails)
    monkeypatch.setattr(sys, "argv", ["manage.py", "norm_due"])
    with pytest.raises(SystemExit, match=told):
        manage.main()


def _stopped(_argv: list[str]) -> None:
    raise KeyboardInterrupt


def test_ctrl_c_at_a_question_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(management, "execute_from_command_line", _stopped)
    monkeypatch.setattr(sys, "argv", ["manage.py", "set_up"])
    with pytest.raises(SystemExit) as ended:
        manage.main()
    assert ended.value.code == 130
