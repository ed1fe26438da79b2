"""Passwords: one's own, and the one-time password that an administrator gives out."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from organisation import audit
from organisation.clock import now
from organisation.models import User

ONE_TIME_DAYS = 7
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without letters and digits that look alike


def own_password_set(user: User) -> None:
    """Marks on the (not yet saved) person that the password is their own from now on."""
    user.password_changed_at = now()
    user.one_time_until = None


def random_password() -> str:
    """Seven groups of four, 138 bits; easy to read out on the phone."""
    return "-".join("".join(secrets.choice(ALPHABET) for _letter in range(4)) for _group in range(7))


@transaction.atomic
def give_one_time_password(*, person: User, by: User | None, at: datetime) -> str:
    """A new password that opens once within a week and must then be changed; ends the person's sessions. Shown once."""
    password = random_password()
    person.set_password(password)
    person.one_time_until = at + timedelta(days=ONE_TIME_DAYS)
    person.password_changed_at = None
    person.save(update_fields=["password", "one_time_until", "password_changed_at"])
    audit.record_account(by=by, action="password.given", person=person)
    return password
