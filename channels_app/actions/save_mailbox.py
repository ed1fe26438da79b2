"""Saves a mailbox: the password sealed (under the newest key) and never shown again, the cursor at its beginning when it points elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app import sealing
from channels_app.models import Mailbox
from organisation.actions.save import save_edited, save_new
from organisation.roles import Right

if TYPE_CHECKING:
    from organisation.models import User

PLACE = ("host", "username", "folder")


@transaction.atomic
def save_mailbox(*, mailbox: Mailbox, fields: list[str], password: str, version: int | None, by: User) -> bool:
    """A new one (`version` None) or changed fields; an empty password leaves the old one. Raises `Stale` or `Sealed`."""
    if not by.may(Right.MAILBOXES_WRITE):
        raise PermissionDenied
    mailbox.password_encrypted = sealing.seal(password) if password else sealing.renewed(mailbox.password_encrypted)
    if version is None:
        save_new(mailbox, by=by, action="mailbox.added")
        return True
    before = Mailbox.objects.get(pk=mailbox.pk)
    if any(getattr(before, name) != getattr(mailbox, name) for name in PLACE):
        Mailbox.objects.filter(pk=mailbox.pk).update(uid_validity=None, last_uid=0, last_error="", last_read_at=None)
    return save_edited(
        mailbox, version=version, fields=[*fields, "password_encrypted"], by=by, action="mailbox.changed"
    )
