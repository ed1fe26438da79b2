"""Saving what people edit: never over somebody else's change, always with history and a line in the audit trail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from organisation import audit
from organisation.clock import now
from organisation.errors import Stale
from organisation.models import User
from organisation.signals import EMAIL_CHANGED, account_changed


@transaction.atomic
def save_new(row: Model, *, by: User | None, action: str) -> None:
    """Adds the row."""
    row.save()
    audit.record(by=by, action=action, obj=row)


@transaction.atomic
def save_edited(row: Model, *, version: int, fields: Iterable[str], by: User | None, action: str) -> bool:
    """Saves these fields when the row still has this version; raises `Stale` with the present row otherwise.

    Gives False, and writes nothing, when nothing differs.
    """
    now_there: Any = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if now_there.version != version:
        raise Stale(_("Somebody else changed this in the meantime."), now_there)
    changed = [name for name in fields if getattr(now_there, name) != getattr(row, name)]
    if not changed:
        return False
    row.version = version + 1  # type: ignore[attr-defined]
    row.save(update_fields=[*changed, "version"])
    audit.record(by=by, action=action, obj=row, fields=changed)
    if isinstance(row, User) and "email" in changed:
        earlier = str(now_there.email)
        account_changed.send(User, person=row, action=EMAIL_CHANGED, by=by, at=now(), earlier_email=earlier)
    return True
