"""The sources that are no mailbox and no account: telephone exchanges, the folder of the scanner, our own pages, apps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from channels_app.exchanges import APPS, CHAT, FORM, STREET, Exchange
from channels_app.pages.scans import Folder
from organisation import wording
from organisation.models import Heartbeat
from organisation.snapshot import Organisation

MOST: Final = 100


@dataclass(frozen=True)
class OtherRow:
    """A source that is no mailbox: a telephone exchange, the folder of the scanner, a page of ours, an app."""

    icon: str
    name: str
    state: str
    state_word: str
    heard: str
    is_form: bool = False


def other_rows(told: list[Exchange], folder: Folder | None, house: Organisation) -> list[OtherRow]:
    """One query more, for our own pages and the apps."""
    return [*(_exchange_row(one) for one in told), *_folder_row(folder), *_own_rows(house)]


def _exchange_row(one: Exchange) -> OtherRow:
    state, word = ("danger", _("silent")) if one.is_silent else ("success", _("is heard"))
    if one.trouble:
        state, word = "danger", _("cannot be read")
    return OtherRow("phone", one.name, state, word, wording.moment(one.heard_at))


def _folder_row(folder: Folder | None) -> list[OtherRow]:
    """The folder of the scanner, where there is one."""
    if folder is None:
        return []
    state, word = ("danger", _("does not work")) if folder.error else ("success", _("is looked at"))
    return [OtherRow("scan", _("Folder of the scanner"), state, word, folder.last or _("never"))]


def _own_rows(house: Organisation) -> list[OtherRow]:
    """The public form, the chat and the phones of employees, and every app that was heard."""
    rows = Heartbeat.objects.filter(Q(name__in=[FORM, CHAT, STREET]) | Q(name__startswith=APPS))
    heard = {row.name: (row.beat_at, str(row.detail.get("name") or row.name)) for row in rows[:MOST]}
    municipality = house.municipality
    own = [
        _own_row("forms", _("Public form"), heard.get(FORM), municipality.has_public_form, is_form=True),
        _own_row("message-circle", _("Chat"), heard.get(CHAT), municipality.has_chat),
        _own_row("map-pin", _("Quick report"), heard.get(STREET), True),
    ]
    apps = [(name, at) for key, (at, name) in heard.items() if key.startswith(APPS)]
    return own + [
        OtherRow("device-mobile", name, "success", _("is heard"), wording.moment(at)) for name, at in sorted(apps)
    ]


def _own_row(
    icon: str, name: str, last: tuple[datetime, str] | None, is_open: bool, *, is_form: bool = False
) -> OtherRow:
    state, word = ("success", _("is open")) if is_open else ("inactive", _("not in use"))
    return OtherRow(icon, name, state, word, wording.moment(last[0]) if last else _("never"), is_form=is_form)
