"""Employees of the house, signed in as signing in does it."""

from __future__ import annotations

import time

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
