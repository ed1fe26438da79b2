"""The sources that are no mailbox and no account: telephone exchanges, the folder of the scanner, the public form."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from channels_app.exchanges import FORM, Exchange
from channels_app.pages.scans import Folder
from organisation import wording
from organisation.models import Heartbeat
from organisation.snapshot import Organisation


@dataclass(frozen=True)
class OtherRow:
    """A source that is no mailbox: a telephone exchange, the folder of the scanner, the public form."""

    icon: str
    name: str
    state: str
    state_word: str
    heard: str
    is_form: bool = False


def other_rows(told: list[Exchange], folder: Folder | None, house: Organisation) -> list[OtherRow]:
    """One query more, for the form."""
    return [*(_exchange_row(one) for one in told), *_folder_row(folder), _form_row(house)]


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


def _form_row(house: Organisation) -> OtherRow:
    last = Heartbeat.objects.filter(name=FORM).values_list("beat_at", flat=True).first()
    is_open = house.municipality.has_public_form
    state, word = ("success", _("is open")) if is_open else ("inactive", _("not in use"))
    return OtherRow("forms", _("Public form"), state, word, wording.moment(last) or _("never"), is_form=True)
