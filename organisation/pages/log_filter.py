"""The filter of a list or figure that somebody took along: kept as the part of an address after `?`, shown in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final
from urllib.parse import parse_qsl

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from organisation import wording
from organisation.models import QuestionKind
from organisation.snapshot import Organisation, organisation

NAMES: Final[dict[str, Promise]] = {
    "lijst": lazy("list"),
    "status": lazy("status"),
    "termijn": lazy("Deadline"),
    "team": lazy("team"),
    "behandelaar": lazy("assignee"),
    "kanaal": lazy("channel"),
    "onderwerp": lazy("subject"),
    "soort": lazy("kind"),
    "zoek": lazy("words"),
    "van": lazy("from"),
    "tot": lazy("until"),
    "volgorde": lazy("Order"),
    "periode": lazy("period"),
    "dag": lazy("day"),
}
LOOKS: Final = frozenset({"kaarten", "tegels"})
"""How a page looked; that narrows nothing."""
STATUSES: Final[dict[str, Promise]] = {
    "all": lazy("everything"),
    "open": lazy("open"),
    "new": lazy("New"),
    "in_progress": lazy("In progress"),
    "waiting": lazy("Waiting for customer"),
    "closed": lazy("Answered"),
    "cancelled": lazy("Cancelled"),
}


def filter_words(text: str, people: Mapping[str, str]) -> str:
    """`periode week, dag ma 16 nov, team Burgerzaken`; `people`: the names of colleagues by number."""
    house = organisation()
    said = [
        f"{str(NAMES.get(name, name)).lower()} {_value(name, value, house, people)}"
        for name, value in _pairs(text)
        if name not in LOOKS
    ]
    return ", ".join(said) or _("everything")


def colleagues_in(texts: Iterable[str]) -> set[str]:
    """The numbers of those whose work these filters ask for."""
    return {value for text in texts for name, value in _pairs(text) if name == "behandelaar" and value.isdigit()}


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, max_num_fields=40)
    except ValueError:
        return []


def _value(name: str, value: str, house: Organisation, people: Mapping[str, str]) -> str:
    if name in ("team", "onderwerp"):
        rows = house.teams if name == "team" else house.subjects
        return next((one.name for pk, one in rows.items() if value in (str(pk), one.code)), value)
    if name in ("van", "tot", "dag"):
        try:
            return wording.day(date.fromisoformat(value))
        except ValueError:
            return value
    words: dict[str, object] = {
        "kanaal": wording.channel_inside(value),
        "soort": str(dict(QuestionKind.choices).get(value, value)).lower(),
        "status": str(STATUSES.get(value, value)).lower(),
        "behandelaar": people.get(value, value),
    }
    return str(words.get(name, value)).replace("_", " ")
