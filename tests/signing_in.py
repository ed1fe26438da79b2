"""`Client.force_login` leaves what signing in leaves for the pages: a session, and somebody who is there.

Not the lines in the logs, the moment of the last time and its history, and in one statement: it is done thousands of times, and took a
tenth of the time of a test of a page. What signing in writes is proven on its own page (tests/organisation/test_sign_in.py).
"""

from __future__ import annotations

import time
from datetime import datetime

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.cached_db import SessionStore
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.utils.crypto import get_random_string

from organisation.actions.set_presence import arrive
from organisation.clock import now
from organisation.models import Presence, User
from organisation.second_factor import is_due

_as_django_does = Client._login


def _login(client: Client, user: User, backend: str | None = None) -> None:
    if client.cookies.get(settings.SESSION_COOKIE_NAME):  # who was here before has more to lose
        _as_django_does(client, user, backend)
        return
    request = HttpRequest()
    request.session = SessionStore()
    request.session.update(
        {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: backend or settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
            "begun": int(time.time()),
            "seen": int(time.time()),
            **({"code_due": True} if is_due(user) else {}),
        }
    )
    _write(request.session, user, now())
    client._set_login_cookies(request)


def _write(session: SessionStore, user: User, at: datetime) -> None:
    """The session as `create` leaves it, in the database and in the memory of this process, and the person as `arrive` does."""
    session._session_key = get_random_string(32, VALID_KEY_CHARS)
    row = session.create_model_instance(session._session)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_session (session_key, session_data, expire_date) VALUES (%s, %s, %s);"
            "INSERT INTO organisation_presence (user_id, status, note, changed_at) VALUES (%s, %s, '', %s) ON CONFLICT DO NOTHING",
            [row.session_key, row.session_data, row.expire_date, user.pk, Presence.Status.AVAILABLE, at],
        )
        was_there_before = cursor.rowcount == 0
    session._cache.set(session.cache_key, session._session, session.get_expiry_age())
    if was_there_before:
        arrive(user=user, at=at)


def sign_in_straight() -> None:
    Client._login = _login
