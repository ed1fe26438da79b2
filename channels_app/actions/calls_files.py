"""A file of calls is brought, its columns are chosen, and it is taken in or thrown away; the next one like it knows its columns."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from channels_app.actions.import_calls import Report, heads_of, import_calls
from channels_app.calls_csv import COLUMNS
from channels_app.models import CallsFile
from organisation.errors import Refused
from organisation.roles import Right

if TYPE_CHECKING:
    from organisation.models import User

KEPT: Final = timedelta(days=1)


def bring_calls(*, by: User, at: datetime, source: str, name: str, raw: bytes) -> tuple[CallsFile | None, str]:
    """The file as it waits to be taken in, with its columns as they were the last time, else as their names say; or why it cannot be used."""
    if not by.may(Right.CALLS_IMPORT):
        raise PermissionDenied
    found, unusable = heads_of(raw)
    if unusable or not found:
        return None, unusable or "unreadable"
    heads = found["heads"]
    digest = hashlib.sha256(json.dumps(heads).encode()).hexdigest()
    like = CallsFile.objects.filter(heads_digest=digest).exclude(taken_in_at=None).order_by("-pk").first()
    return CallsFile.objects.create(
        source=source,
        file_name=name[:120],
        raw=raw,
        heads=[[head, first] for head, first in zip(heads, found["first"], strict=True)],
        heads_digest=digest,
        columns=like.columns if like is not None else found["guess"],
        taken_in_by=by,
        brought_at=at,
    ), ""


def choose_columns(*, file: CallsFile, columns: Mapping[str, Any]) -> None:
    """Ours → theirs; what is no column of the file is left out."""
    file.columns = {
        name: place
        for name, place in columns.items()
        if name in COLUMNS and isinstance(place, int) and 0 <= place < len(file.heads)
    }
    file.save(update_fields=["columns"])


def take_in_calls(*, file: CallsFile, by: User, at: datetime, pickup_seconds: Callable[[date], int]) -> Report:
    """Twice, also at the same moment, is harmless: a call is known by the exchange and its id."""
    if file.raw is None:
        raise Refused(_("This file was taken in already."))
    report = import_calls(
        by=by,
        at=at,
        source=file.source,
        raw=bytes(file.raw),
        pickup_seconds=pickup_seconds,
        columns=file.columns,
    )
    CallsFile.objects.filter(pk=file.pk).update(raw=None, taken_in_at=at)
    CallsFile.objects.filter(heads_digest=file.heads_digest, raw=None).exclude(pk=file.pk).delete()
    return report


def throw_away(*, pk: int, by: User) -> None:
    """Only one that was not taken in; the other has no bytes any more."""
    CallsFile.objects.filter(pk=pk, taken_in_by=by, taken_in_at=None).delete()


def forget_files(*, at: datetime) -> None:
    """What nobody took in."""
    CallsFile.objects.filter(taken_in_at=None, brought_at__lte=at - KEPT).delete()
