"""Saves a source of messages: its secrets sealed together (under the newest key) and never shown again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app.models import MessageSource
from channels_app.sources import sealed, secrets_of
from organisation.actions.save import save_edited, save_new
from organisation.roles import Right

if TYPE_CHECKING:
    from collections.abc import Mapping

    from organisation.models import User


@transaction.atomic
def save_source(
    *, source: MessageSource, fields: list[str], secrets: Mapping[str, str], version: int | None, by: User
) -> bool:
    """A new one (`version` None) or changed fields; an empty secret leaves the old one. Raises `Stale` or `Sealed`."""
    if not by.may(Right.MAILBOXES_WRITE):
        raise PermissionDenied
    typed = {name: value for name, value in secrets.items() if value}
    if version is None:
        source.secrets_encrypted = sealed(typed)
        save_new(source, by=by, action="message_source.added")
        return True
    before = MessageSource.objects.select_for_update().get(pk=source.pk)
    source.secrets_encrypted = before.secrets_encrypted
    has_moved = before.server != source.server  # what nobody may read goes to no other server either
    if typed or has_moved:
        known = {} if has_moved or all(secrets.values()) else secrets_of(before)  # all anew mends what no key opens
        source.secrets_encrypted = sealed({**known, **typed})
    if (before.account, before.server) != (source.account, source.server):
        MessageSource.objects.filter(pk=source.pk).update(cursor="", last_error="", last_heard_at=None)
    return save_edited(
        source, version=version, fields=[*fields, "secrets_encrypted"], by=by, action="message_source.changed"
    )
