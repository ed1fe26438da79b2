"""The register of processing with what holds in this installation now."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from channels_app.models import Mailbox, MessageSource
from contacts.models import ApiClient
from organisation.models import Team, User
from organisation.snapshot import organisation
from privacy.pages.retention import length
from privacy.register import REGISTER, SECURITY, Processing
from privacy.terms import FIXED, chosen, term_of

FIXED_BY_CODE = {one.code: one for one in FIXED}


@dataclass(frozen=True)
class Entry:
    code: str
    name: str
    purpose: str
    basis: str
    people: str
    data: str
    receivers: tuple[str, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True)
class RegisterPage:
    municipality: str
    address: str
    email: str
    officers: tuple[str, ...]
    entries: tuple[Entry, ...]
    security: tuple[str, ...]


def register_page() -> RegisterPage:
    house = organisation().municipality
    officers = User.objects.filter(is_privacy_officer=True, is_active=True).order_by("name")
    receivers = _receivers()
    days = chosen()
    return RegisterPage(
        municipality=house.name,
        address=house.visiting_address,
        email=house.email,
        officers=tuple(officers.values_list("name", flat=True)),
        entries=tuple(_entry(one, receivers, days) for one in REGISTER),
        security=tuple(str(one) for one in SECURITY),
    )


def _entry(one: Processing, receivers: dict[str, tuple[str, ...]], days: dict[str, int]) -> Entry:
    return Entry(
        code=one.code,
        name=str(one.name),
        purpose=str(one.purpose),
        basis=str(one.basis),
        people=str(one.people),
        data=str(one.data),
        receivers=tuple(words for code in one.receivers for words in receivers[code]),
        terms=tuple(_term(code, days) for code in one.terms) or (_("as long as the municipality must account for it"),),
    )


def _term(code: str, days: dict[str, int]) -> str:
    one = term_of(code) or FIXED_BY_CODE[code]
    return f"{one.name}: {length(days.get(code, one.days))} {one.since}"


def _receivers() -> dict[str, tuple[str, ...]]:
    """Who gets such data, by name, as it is set up now."""
    teams = ", ".join(Team.objects.filter(is_active=True).order_by("name").values_list("name", flat=True))
    hosts = sorted(set(Mailbox.objects.filter(is_active=True).exclude(host="").values_list("host", flat=True)))
    sources = MessageSource.objects.filter(is_active=True).order_by("name").values_list("name", flat=True)
    clients = ApiClient.objects.filter(is_active=True).order_by("name").values_list("name", "scopes")
    return {
        "teams": (_("teams of the municipality: %(names)s") % {"names": teams},) if teams else (),
        "mail": tuple(_("mail server: %(name)s") % {"name": host} for host in hosts),
        "sources": tuple(_("service that brings messages: %(name)s") % {"name": name} for name in sources),
        "api": tuple(
            _("connection: %(name)s (%(rights)s)") % {"name": name, "rights": ", ".join(sorted(scopes))}
            for name, scopes in clients
        ),
        "officer": (_("the privacy officer and the coordinator"),),
        "admins": (_("functional administrators"),),
    }
