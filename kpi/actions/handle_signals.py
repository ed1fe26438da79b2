"""What people do with a signal: put it aside with a reason, follow it up, settle it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from contacts import normalize
from kpi.models import Signal
from organisation import audit
from organisation.clock import today
from organisation.errors import Refused, Stale
from organisation.history import sign
from organisation.models import Membership, User
from organisation.roles import Right, Role
from organisation.snapshot import Organisation, organisation
from organisation.transact import one_transaction
from organisation.workdays import local_day

LONGEST: Final = timedelta(days=366)
WORKERS: Final = (Role.FRONT_OFFICE, Role.TEAM_MEMBER, Role.TEAM_LEAD, Role.COORDINATOR)
STEERS: Final = (Role.TEAM_LEAD, Role.COORDINATOR)
"""May follow up any signal."""


def get_signal(user: User, pk: int, house: Organisation) -> Signal:
    """404 for a signal that this person does not see; 403 for who may only look."""
    signal = Signal.objects.visible_to(user, house).filter(pk=pk).first()
    if signal is None:
        raise Http404
    if not user.may(Right.SIGNALS_HANDLE):
        raise PermissionDenied
    return signal


@one_transaction
def dismiss(*, signal: Signal, by: User, at: datetime, reason: str, version: int | None = None) -> Signal:
    """Nothing needs to be done; the watch stays silent until the figure was as usual again."""
    fresh = _locked(signal, by, version)
    why = normalize.clean_line(reason, 300)
    if not why:
        raise Refused(_("Say in a few words why nothing needs to be done."), "reason")
    fresh.state, fresh.reason = Signal.State.DISMISSED, why
    return _save(fresh, by=by, at=at, act="signal.dismissed")


@one_transaction
def follow_up(
    *, signal: Signal, by: User, at: datetime, note: str, owner_id: int, until: date, version: int | None = None
) -> Signal:
    """Somebody does something about it, until a day; it stays on the list until it is settled."""
    fresh = _locked(signal, by, version)
    what = normalize.clean_line(note, 500)
    if not what:
        raise Refused(_("Say what happens now."), "note")
    today = local_day(at)
    if not today <= until <= today + LONGEST:
        raise Refused(_("Choose a day from today on, at most a year ahead."), "until")
    if owner_id not in {one.pk for one in owners_of(fresh, organisation(), candidates())}:
        raise Refused(_("Choose somebody who follows it up."), "owner_id")
    fresh.state, fresh.note, fresh.owner_id, fresh.follow_until = Signal.State.FOLLOWED, what, owner_id, until
    return _save(fresh, by=by, at=at, act="signal.followed")


@one_transaction
def settle(*, signal: Signal, by: User, at: datetime, reason: str = "", version: int | None = None) -> Signal:
    """What had to be done is done."""
    fresh = _locked(signal, by, version)
    if fresh.state != Signal.State.FOLLOWED:
        raise Refused(_("Only what is being followed up can be settled."))
    fresh.state, fresh.reason = Signal.State.DONE, normalize.clean_line(reason, 300)
    return _save(fresh, by=by, at=at, act="signal.settled")


@dataclass(frozen=True)
class Candidate:
    """Somebody who may follow signals up."""

    pk: int
    name: str
    steers: bool
    team_ids: frozenset[int]


def candidates() -> list[Candidate]:
    """Everybody at work here, with their teams; one query."""
    rows = (
        Membership.objects.valid_on(today())
        .filter(user__is_active=True, role__in=WORKERS)
        .order_by("user__name", "user_id")
        .values_list("user_id", "user__name", "role", "team_id")
    )
    found: dict[int, Candidate] = {}
    for pk, name, role, team_id in rows:
        known = found.get(pk, Candidate(pk, name, False, frozenset()))
        found[pk] = Candidate(pk, name, known.steers or role in STEERS, known.team_ids | {team_id})
    return list(found.values())


def owners_of(signal: Signal, house: Organisation, everybody: Iterable[Candidate]) -> list[Candidate]:
    """Who may follow this one up: leads and coordinators, and the people of its team."""
    team = house.subject_team(signal.subject_id) if signal.subject_id else None
    team_id = signal.team_id or (team.pk if team is not None else None)
    return [one for one in everybody if one.steers or team_id in one.team_ids]


def _locked(signal: Signal, by: User, version: int | None) -> Signal:
    if not by.may(Right.SIGNALS_HANDLE):
        raise PermissionDenied
    fresh = Signal.objects.select_for_update().get(pk=signal.pk)
    if not Signal.objects.visible_to(by, organisation()).filter(pk=fresh.pk).exists():
        raise Http404
    if version is not None and fresh.version != version:
        raise Stale(_("A colleague did something with this signal in the meantime."), fresh)
    if not fresh.is_alive:
        raise Refused(_("This signal is settled already."))
    return fresh


def _save(signal: Signal, *, by: User, at: datetime, act: str) -> Signal:
    signal.handled_by, signal.handled_at = by, at
    signal.version += 1
    sign(signal, by=by, at=at)
    signal.save()
    audit.record(by=by, action=act, obj=signal, figure=signal.code)
    return signal
