"""Employees of the house, signed in as signing in does it."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

from faults.ledger import Answer, ask

CSRF = "a" * 32


def signed_in(pk: int) -> dict[str, str]:
    """The cookies of a session of this employee."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from organisation.models import User

    person = User.objects.get(pk=pk)
    session = SessionStore()
    session[SESSION_KEY] = str(pk)
    session[BACKEND_SESSION_KEY] = "organisation.sign_in.Employees"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session["begun"] = session["seen"] = int(time.time())
    session.save()
    return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={CSRF}"}


class Reader:
    """Somebody who opens these pages in turn while the block runs."""

    PAUSE = 0.1

    def __init__(self, port: int, cookies: dict[str, str], paths: Sequence[str]) -> None:
        self.answers: list[Answer] = []
        self._port, self._cookies, self._paths = port, cookies, paths
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._read, name="reader", daemon=True)

    def __enter__(self) -> Reader:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ends.set()
        self._thread.join()

    @property
    def seconds(self) -> list[float]:
        return [one.seconds for one in self.answers]

    def _read(self) -> None:
        while not self._ends.wait(self.PAUSE):
            path = self._paths[len(self.answers) % len(self._paths)]
            self.answers.append(ask(self._port, "GET", path, headers=self._cookies))
