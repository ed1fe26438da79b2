"""Takes a project or goal out of the programme with a reason, and brings it back. It is never removed: money, rounds and reports speak of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from contacts import normalize
from organisation import audit
from organisation.errors import Refused, Stale
from organisation.history import sign
from organisation.transact import one_transaction
from organisation.workdays import local_day
from programme.access import may_write
from programme.actions.ask_update import ask_update
from programme.models import Project

if TYPE_CHECKING:
    from organisation.models import User
    from programme.models import Goal


@one_transaction
def withdraw(row: Project | Goal, *, reason: str, version: int, by: User, at: datetime) -> None:
    """From today on; withdrawn twice is withdrawn, with the first reason."""
    fresh = _locked(row, by)
    if fresh.version != version:
        raise Stale(_("Somebody else changed this in the meantime."), fresh)
    if fresh.withdrawn_on is not None:
        return
    why = normalize.clean_line(reason, 300)
    if not why:
        raise Refused(_("Write down why it is withdrawn."), "reason")
    fresh.withdrawn_on, fresh.withdrawn_why = local_day(at), why
    _save(fresh, f"{_name(fresh)}.withdrawn", by=by, at=at)


@one_transaction
def bring_back(row: Project | Goal, *, by: User, at: datetime) -> None:
    """Counts again, as it stood."""
    fresh = _locked(row, by)
    if fresh.withdrawn_on is None:
        return
    fresh.withdrawn_on, fresh.withdrawn_why = None, ""
    _save(fresh, f"{_name(fresh)}.brought_back", by=by, at=at)
    if isinstance(fresh, Project):
        ask_update(fresh, at=at)


def _locked(row: Project | Goal, by: User) -> Project | Goal:
    if not may_write(by):
        raise PermissionDenied
    return type(row)._default_manager.select_for_update().get(pk=row.pk)


def _save(row: Project | Goal, act: str, *, by: User, at: datetime) -> None:
    row.version += 1
    sign(row, by=by, at=at)
    row.save(update_fields=["withdrawn_on", "withdrawn_why", "version"])
    audit.record(by=by, action=act, obj=row)


def _name(row: Project | Goal) -> str:
    return row._meta.model_name or ""
