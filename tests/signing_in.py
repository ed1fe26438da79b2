"""`Client.force_login` leaves what signing in leaves for the pages: a session, and somebody who is there.

Not the lines in the logs, the moment of the last time and its history: of twelve statements three, in fifteen hundred tests.
What signing in writes is proven on its own page (tests/organisation/test_sign_in.py).
"""

from __future__ import annotations

import time

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.http import HttpRequest
from django.test import Client

from organisation.actions.set_presence import arrive
from organisation.clock import now
from organisation.models import User
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
    request.session.create()
    arrive(user=user, at=now())
    client._set_login_cookies(request)


def sign_in_straight() -> None:
    Client._login = _login
