"""Gives other systems a token, changes what it may do, and takes it back (quality rule 27)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from channels_app.exchanges import APPS, SOURCE, forget
from channels_app.models import Channel
from contacts import normalize
from contacts.models import ApiClient
from organisation import audit
from organisation.clock import local_day
from organisation.errors import Refused, Stale
from organisation.history import sign
from organisation.roles import Right
from organisation.tokens import hashed, hint, new_token
from organisation.transact import one_transaction
from organisation.workdays import day_start

if TYPE_CHECKING:
    from organisation.models import User

LONGEST_DAYS: Final = 365
"""Today and the last day included."""
SCOPES: Final = {
    "questions.read": lazy("Read questions and contacts"),
    "questions.write": lazy("Register contacts"),
    "customers.read": lazy("Find customers"),
    "subjects.read": lazy("Read subjects"),
    "articles.read": lazy("Read answers for citizens"),
    "kpi.read": lazy("Read figures"),
    "open311.write": lazy("Send reports by Open311"),
    "open311.read": lazy("Read how its own reports stand by Open311"),
    "calls.write": lazy("Send events of the telephone exchange"),
}


@dataclass(frozen=True)
class ClientTerms:
    """What a client may do, on which channels (none: all), until which day (that day included)."""

    name: str
    scopes: Sequence[str]
    channels: Sequence[str]
    last_day: date
    requests_per_minute: int = 600


def latest_last_day(today: date) -> date:
    """Of a token that is chosen today: it ends with that day, so at the latest when the same day begins a year later."""
    return today + timedelta(days=LONGEST_DAYS - 1)


@one_transaction
def add_client(*, terms: ClientTerms, by: User, at: datetime) -> tuple[ApiClient, str]:
    """The client and its token; the token is kept only as a hash, so this is the one time it can be shown."""
    _check(terms, by=by, at=at)
    client = ApiClient(created_at=at, version=0)
    _fill(client, terms)
    token = _new_token(client)
    _save(client, by=by, at=at, reason=_("added"))
    audit.record(by=by, action="api_client.added", obj=client, name=client.name, scopes=list(client.scopes))
    return client, token


@one_transaction
def change_client(
    *, client: ApiClient, terms: ClientTerms, by: User, at: datetime, version: int | None = None
) -> ApiClient:
    _check(terms, by=by, at=at, client=client)
    fresh = _locked(client, version)
    _fill(fresh, terms)
    _save(fresh, by=by, at=at, reason=_("changed"))
    audit.record(by=by, action="api_client.changed", obj=fresh, name=fresh.name, scopes=list(fresh.scopes))
    return fresh


@one_transaction
def renew_token(*, client: ApiClient, by: User, at: datetime, version: int | None = None) -> tuple[ApiClient, str]:
    """A new token; the old one stops working at once."""
    _may(by)
    fresh = _locked(client, version)
    if fresh.expires_at <= at:
        raise Refused(_("This connection is over. Choose a later last day first: a new token would open nothing."))
    token = _new_token(fresh)
    fresh.is_active = True
    _save(fresh, by=by, at=at, reason=_("new token"))
    audit.record(by=by, action="api_client.renewed", obj=fresh, name=fresh.name)
    return fresh, token


@one_transaction
def revoke_client(*, client: ApiClient, by: User, at: datetime) -> ApiClient:
    """From this moment on the token is refused."""
    _may(by)
    fresh = _locked(client, None)
    if fresh.is_active:
        fresh.is_active = False
        _save(fresh, by=by, at=at, reason=_("revoked"))
        audit.record(by=by, action="api_client.revoked", obj=fresh, name=fresh.name)
        forget(f"{APPS}{fresh.pk}")
        forget(f"{SOURCE}{fresh.pk}")  # an exchange that may tell nothing any more is no alarm
    return fresh


def _may(by: User) -> None:
    if not by.may(Right.API_CLIENTS_WRITE):
        raise PermissionDenied


def _locked(client: ApiClient, version: int | None) -> ApiClient:
    fresh = ApiClient.objects.select_for_update().get(pk=client.pk)
    if version is not None and fresh.version != version:
        raise Stale(_("A colleague changed this connection in the meantime."), fresh)
    return fresh


def _check(terms: ClientTerms, *, by: User, at: datetime, client: ApiClient | None = None) -> None:
    _may(by)
    name = normalize.clean_line(terms.name, 60)
    if not name:
        raise Refused(_("Give the connection a name."), "name")
    same = ApiClient.objects.filter(name__iexact=name)
    if (same.exclude(pk=client.pk) if client is not None else same).exists():
        raise Refused(_("There is already a connection with this name."), "name")
    if not terms.scopes or not set(terms.scopes) <= set(SCOPES):
        raise Refused(_("Choose at least one right."), "scopes")
    if not set(terms.channels) <= set(Channel.values):
        raise Refused(_("Choose a channel."), "channels")
    today = local_day(at)
    if terms.last_day < today:
        raise Refused(_("Choose a day from today on."), "last_day")
    if terms.last_day > latest_last_day(today):
        raise Refused(_("A token is valid for at most a year."), "last_day")
    if not 1 <= terms.requests_per_minute <= 6000:
        raise Refused(_("Choose 1 to 6000 requests per minute."), "requests_per_minute")


def _fill(client: ApiClient, terms: ClientTerms) -> None:
    client.name = normalize.clean_line(terms.name, 60)
    client.scopes = [scope for scope in SCOPES if scope in terms.scopes]
    client.channels = [channel for channel in Channel.values if channel in terms.channels]
    client.expires_at = day_start(terms.last_day + timedelta(days=1))
    client.requests_per_minute = terms.requests_per_minute


def _new_token(client: ApiClient) -> str:
    token = new_token()
    client.token_hash, client.token_hint = hashed(token), hint(token)
    return token


def _save(client: ApiClient, *, by: User, at: datetime, reason: str) -> None:
    client.version += 1
    sign(client, by=by, at=at, reason=reason)
    client.save()
