"""Who signed in, with the roles they hold today, and whether the second factor of their session still counts."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.models import Session
from django.db.models import QuerySet, Subquery
from django_otp import DEVICE_ID_SESSION_KEY

from organisation.clock import today
from organisation.models import Membership, User
from organisation.prepared import rows_prepared
from organisation.second_factor import is_theirs, named
from organisation.sessions import kept_of, session_of
from organisation.snapshot import version_column, version_found


def _session(key: str) -> QuerySet[Session, str]:
    return Session.objects.filter(pk=key).values("session_data")


class Employees(ModelBackend):
    """Signs in with name and password; every later page loads the person and their memberships in one query."""

    def get_user(self, user_id: int) -> User | None:
        """The person of the session; None when it ended, or they are gone or may not sign in any more."""
        session = session_of(user_id)
        device = str(session.get(DEVICE_ID_SESSION_KEY, "")) if session is not None else ""
        kind, number = named(device)
        held = rows_prepared(
            ("signed in", kind),
            lambda marks: (
                Membership.objects.valid_on(marks["day"])
                .filter(user=marks["user"])
                .select_related("user", "team")
                .annotate(config_version=version_column(), session=Subquery(_session(marks["session"])))
                .annotate(**({"device": is_theirs(kind, marks)} if kind else {}))
            ),
            {
                "day": today(),
                "user": int(user_id),
                "session": session.session_key if session is not None else "",
                **({"device": number} if kind else {}),
            },
        )
        if session is not None:
            kept = held[0].session if held else kept_of(session.session_key)  # type: ignore[arg-type]
            if not session.become(kept):
                return None
        if not held:
            return super().get_user(user_id)  # type: ignore[return-value]
        version_found(held[0].config_version)
        user = held[0].user
        user.__dict__["current_memberships"] = held
        if kind:
            user.__dict__["device_told"] = device, held[0].device
        return user if self.user_can_authenticate(user) else None
