"""Keeps a view of the dashboard under a name, makes it one's own start, or throws it away."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.http import Http404
from django.utils.translation import gettext as _

from contacts import normalize
from kpi.models import FiguresView
from organisation import audit
from organisation.errors import Refused, Stale
from organisation.history import sign
from organisation.models import User as UserRow
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User

MOST: Final = 20


@one_transaction
def keep_view(*, by: User, at: datetime, name: str, query: str, is_default: bool, version: int = 0) -> FiguresView:
    """A name that one has already is saved over, if it is as it was seen."""
    name = normalize.clean_line(name, 60)
    if not name:
        raise Refused(_("Give the view a name."), "name")
    UserRow.objects.select_for_update().get(pk=by.pk)  # two tabs at once: one after the other
    own = FiguresView.objects.visible_to(by)
    view = own.filter(name=name).first()
    if view is None:
        if own.count() >= MOST:
            raise Refused(_("You have %(count)s views. Throw one away first.") % {"count": MOST}, "name")
        view = FiguresView(owner=by, name=name)
    elif view.version != version:
        raise Stale(_("You have a view with this name already."), view)
    else:
        view.version += 1
    view.query, view.is_default = query, is_default
    if is_default:
        _no_other(by, view, at)
    return _save(view, by, at, "view.kept")


@one_transaction
def start_with(*, by: User, at: datetime, pk: int, is_default: bool) -> FiguresView:
    """Opens the dashboard with this view, or with the usual one again. Twice is once."""
    view = get_view(by, pk)
    if view.is_default != is_default:
        view.is_default = is_default
        view.version += 1
        if is_default:
            _no_other(by, view, at)
        _save(view, by, at, "view.kept")
    return view


@one_transaction
def drop_view(*, by: User, at: datetime, pk: int) -> str:
    """Gone for its owner; who has the link keeps what the link says."""
    view = get_view(by, pk)
    sign(view, by=by, at=at)
    audit.record(by=by, action="view.dropped", obj=view)
    view.delete()
    return view.name


def get_view(by: User, pk: int) -> FiguresView:
    """404 for a view of somebody else; of one's own that was thrown away it is said that it is gone."""
    view = FiguresView.objects.visible_to(by).select_for_update().filter(pk=pk).first()
    if view is None:
        if FiguresView.history.filter(id=pk, owner_id=by.pk).exists():
            raise Refused(_("This view is gone already."))
        raise Http404
    return view


def _no_other(by: User, view: FiguresView, at: datetime) -> None:
    for other in FiguresView.objects.visible_to(by).filter(is_default=True).exclude(pk=view.pk):
        other.is_default = False
        other.version += 1
        _save(other, by, at, "")


def _save(view: FiguresView, by: User, at: datetime, act: str) -> FiguresView:
    sign(view, by=by, at=at)
    view.save()
    if act:
        audit.record(by=by, action=act, obj=view)
    return view
