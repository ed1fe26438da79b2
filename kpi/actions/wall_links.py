"""Gives a big screen its own read-only address, changes what it shows and until when, ends it, and forgets what is long over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from contacts import normalize
from kpi.models import WallLink
from organisation import audit
from organisation.errors import Refused, Stale
from organisation.history import sign
from organisation.roles import Right
from organisation.snapshot import organisation
from organisation.tokens import hashed, hint, new_token
from organisation.transact import one_transaction
from organisation.workdays import day_start, local_day

if TYPE_CHECKING:
    from organisation.models import User

LONGEST_DAYS: Final = 365
"""Today and the last day included."""
KEPT: Final = timedelta(days=366)
"""So long an address that does not work any more stays on the list."""
TAKEN: Final = lazy("There is already a screen with this name.")
USED_EVERY: Final = timedelta(minutes=5)
"""A screen asks three times a minute; that it is alive is written down this often."""


@dataclass(frozen=True)
class LinkTerms:
    """What hangs where, which teams it shows (none: all), until which day (that day included)."""

    name: str
    team_ids: Sequence[int]
    last_day: date


def latest_last_day(today: date) -> date:
    """Of an address that is chosen today: it ends with that day, so at the latest when the same day begins a year later."""
    return today + timedelta(days=LONGEST_DAYS - 1)


@one_transaction
def add_link(*, terms: LinkTerms, by: User, at: datetime) -> tuple[WallLink, str]:
    """The link and its token; only the hash is kept, so this is the one time that the address can be shown."""
    _check(terms, by=by, at=at)
    link = WallLink(created_at=at, created_by=by, version=0)
    _fill(link, terms)
    token = _new_token(link)
    _save(link, by=by, at=at, reason=_("added"))
    audit.record(by=by, action="wall_link.added", obj=link, name=link.name, teams=list(link.team_ids))
    return link, token


@one_transaction
def change_link(*, link: WallLink, terms: LinkTerms, by: User, at: datetime, version: int | None = None) -> WallLink:
    """The address stays; a screen shows the other teams at its next question."""
    _check(terms, by=by, at=at, link=link)
    fresh = _locked(link, version)
    if fresh.ended_at is not None:
        raise Refused(_("This address has ended. Make a new one."))
    _fill(fresh, terms)
    _save(fresh, by=by, at=at, reason=_("changed"))
    audit.record(by=by, action="wall_link.changed", obj=fresh, name=fresh.name, teams=list(fresh.team_ids))
    return fresh


@one_transaction
def renew_link(*, link: WallLink, by: User, at: datetime, version: int | None = None) -> tuple[WallLink, str]:
    """A new address for the same screen; the old one stops working at once."""
    _may(by)
    fresh = _locked(link, version)
    if not fresh.works(at):
        raise Refused(_("This address has ended. Make a new one."))
    token = _new_token(fresh)
    fresh.last_used_at = None
    _save(fresh, by=by, at=at, reason=_("new address"))
    audit.record(by=by, action="wall_link.renewed", obj=fresh, name=fresh.name)
    return fresh, token


@one_transaction
def end_link(*, link: WallLink, by: User, at: datetime) -> WallLink:
    """From this moment on the address is not there. Ended twice is ended."""
    _may(by)
    fresh = _locked(link, None)
    if fresh.ended_at is None:
        fresh.ended_at = at
        _save(fresh, by=by, at=at, reason=_("ended"))
        audit.record(by=by, action="wall_link.ended", obj=fresh, name=fresh.name)
    return fresh


def link_of(token: str, at: datetime) -> WallLink | None:
    """The link that this token opens now; None for every other text, without saying why.

    What is looked up is the hash: how long that takes tells nothing about a token, and 256 bits are not guessed.
    """
    found: WallLink | None = WallLink.objects.filter(token_hash=hashed(token), ended_at=None, expires_at__gt=at).first()
    return found


def used(link: WallLink, at: datetime) -> None:
    """Writes down, now and then, that a screen is alive; no history, because nobody edited it."""
    if link.last_used_at is None or link.last_used_at < at - USED_EVERY:
        stale = Q(last_used_at=None) | Q(last_used_at__lt=at - USED_EVERY)
        WallLink.objects.filter(stale, pk=link.pk).update(last_used_at=at)


def forget_links(*, at: datetime) -> int:
    """Throws away what has not worked for a year; the history of who made and ended it stays as long as other history."""
    return WallLink.objects.filter(Q(ended_at__lte=at - KEPT) | Q(expires_at__lte=at - KEPT)).delete()[0]


def _may(by: User) -> None:
    if not by.may(Right.WALLBOARD_LINKS):
        raise PermissionDenied


def _locked(link: WallLink, version: int | None) -> WallLink:
    fresh = WallLink.objects.select_for_update().get(pk=link.pk)
    if version is not None and fresh.version != version:
        raise Stale(_("A colleague changed this address in the meantime."), fresh)
    return fresh


def _check(terms: LinkTerms, *, by: User, at: datetime, link: WallLink | None = None) -> None:
    _may(by)
    name = normalize.clean_line(terms.name, 60)
    if not name:
        raise Refused(_("Say where the screen hangs."), "name")
    same = WallLink.objects.filter(name__iexact=name, ended_at=None)
    if (same.exclude(pk=link.pk) if link is not None else same).exists():
        raise Refused(TAKEN, "name")
    teams = organisation().teams
    if any(pk not in teams for pk in terms.team_ids):
        raise Refused(_("Choose a team from the list."), "teams")
    today = local_day(at)
    if terms.last_day < today:
        raise Refused(_("Choose a day from today on."), "last_day")
    if terms.last_day > latest_last_day(today):
        raise Refused(_("An address is valid for at most a year."), "last_day")


def _fill(link: WallLink, terms: LinkTerms) -> None:
    link.name = normalize.clean_line(terms.name, 60)
    link.team_ids = sorted(set(terms.team_ids))
    link.expires_at = day_start(terms.last_day + timedelta(days=1))


def _new_token(link: WallLink) -> str:
    token = new_token()
    link.token_hash, link.token_hint = hashed(token), hint(token)
    return token


def _save(link: WallLink, *, by: User, at: datetime, reason: str) -> None:
    link.version += 1
    sign(link, by=by, at=at, reason=reason)
    try:
        with transaction.atomic():
            link.save()
    except IntegrityError as error:  # somebody else gave this name in the same instant
        raise Refused(TAKEN, "name") from error
