"""Takes a row out, and puts it back from its history."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from organisation import audit
from organisation.errors import Refused
from organisation.models import User
from organisation.transact import one_transaction
from programme.access import may_change


@one_transaction
def remove_row(row: Any, *, by: User, name: str) -> int:
    """Gives the number in the history by which it comes back."""
    if not may_change(by, row):
        raise PermissionDenied
    pk = row.pk
    audit.record(by=by, action=f"{name}.removed", obj=row)
    row.delete()
    removed = type(row).history.filter(id=pk, history_type="-").order_by("-history_date", "-history_id").first()
    return int(removed.history_id)


def removed_before(model: Any, pk: int) -> Any:
    """The row as it was when somebody removed it; None when it never was there, or still is."""
    kept = model.history.filter(id=pk, history_type="-").order_by("-history_date", "-history_id").first()
    return kept.instance if kept is not None and not model._default_manager.filter(pk=pk).exists() else None


@one_transaction
def put_back(model: Any, history_id: int, *, by: User, name: str) -> Any:
    """The row as it was; put back twice is put back. Refused when something took its place."""
    kept = model.history.filter(history_id=history_id, history_type="-").first()
    if kept is None:
        raise Http404
    there = model._default_manager.filter(pk=kept.id).first()
    row = there or kept.instance
    if not may_change(by, row):
        raise PermissionDenied
    if there is not None:
        return there
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(_("This cannot be put back: something else took its place.")) from error
    audit.record(by=by, action=f"{name}.added", obj=row)
    return row
