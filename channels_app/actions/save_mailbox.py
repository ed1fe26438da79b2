"""Saves a mailbox: password, client secret and refresh token sealed (under the newest key) and never shown again, the cursor at its beginning when it points elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app import sealing
from channels_app.actions.mailbox_turn import PLACE
from channels_app.actions.refused_us import try_now
from channels_app.models import Mailbox
from organisation.actions.save import save_edited, save_new
from organisation.clock import now
from organisation.roles import Right

if TYPE_CHECKING:
    from organisation.models import User

SECRETS = {
    "password": "password_encrypted",
    "client_secret": "client_secret_encrypted",
    "refresh_token": "refresh_token_encrypted",
}
WHO_ASKS = ("sign_in", "token_url", "client_id", "grant", "scope", "username", "address")
"""What a token was given for: another one is asked when any of these changes."""
SENT_TO = ("host", "smtp_host", "token_url")
"""Who gets a secret to see: a kept one, which nobody may read, goes to no other server than the one it was typed for."""


@transaction.atomic
def save_mailbox(
    *, mailbox: Mailbox, fields: list[str], secrets: Mapping[str, str], version: int | None, by: User
) -> bool:
    """A new one (`version` None) or changed fields; an empty secret leaves the old one. Raises `Stale` or `Sealed`."""
    if not by.may(Right.MAILBOXES_WRITE):
        raise PermissionDenied
    before = Mailbox() if version is None else Mailbox.objects.get(pk=mailbox.pk)
    has_moved = any(getattr(mailbox, name) not in ("", getattr(before, name)) for name in SENT_TO)
    for name, column in SECRETS.items():
        typed = secrets.get(name, "")
        kept = "" if has_moved else sealing.renewed(getattr(mailbox, column))
        setattr(mailbox, column, sealing.seal(typed) if typed else kept)
    if version is None:
        save_new(mailbox, by=by, action="mailbox.added")
        return True
    if mailbox.address != before.address and mailbox.username.lower() in ("", before.address):
        mailbox.username = (
            mailbox.address
        )  # who signs in by address reads another mailbox now, with a cursor of its own
    if any(getattr(before, name) != getattr(mailbox, name) for name in PLACE):
        Mailbox.objects.filter(pk=mailbox.pk).update(uid_validity=None, last_uid=0, last_error="", last_read_at=None)
    if has_moved or any(secrets.values()) or any(getattr(before, name) != getattr(mailbox, name) for name in WHO_ASKS):
        Mailbox.objects.filter(pk=mailbox.pk).update(access_token_encrypted="", token_until=None)
    is_changed = save_edited(
        mailbox, version=version, fields=[*fields, *SECRETS.values()], by=by, action="mailbox.changed"
    )
    if is_changed:
        try_now(mailbox, now())
    return is_changed
