"""Who signed in, with the roles they hold today."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend

from organisation.clock import today
from organisation.models import Membership, User


class Employees(ModelBackend):
    """Signs in with name and password; every later page loads the person and their memberships in one query."""

    def get_user(self, user_id: int) -> User | None:
        """The person of the session; None when they are gone or may not sign in any more."""
        held = list(Membership.objects.valid_on(today()).filter(user=user_id).select_related("user", "team"))
        if not held:
            return super().get_user(user_id)  # type: ignore[return-value]
        user = held[0].user
        user.__dict__["current_memberships"] = held
        return user if self.user_can_authenticate(user) else None
