"""Finds the team and the subject that somebody means by code, name or number."""

from __future__ import annotations

from typing import TypeVar

from channels_app.models import Channel
from kpi.periods import Period
from kpi.scope import Scope
from organisation.models import Subject, Team
from organisation.numbers import whole
from organisation.snapshot import Organisation

T = TypeVar("T", Team, Subject)


class NotFound(ValueError):
    """There is no such team, channel or subject; `field` says which."""

    def __init__(self, field: str, asked: str) -> None:
        super().__init__(f"There is no {field} “{asked}”.")
        self.field = field
        self.asked = asked


def find_team(house: Organisation, asked: str) -> Team:
    return _find(house.teams, asked, "team")


def find_subject(house: Organisation, asked: str) -> Subject:
    return _find(house.subjects, asked, "subject")


def find_channel(asked: str) -> str:
    """The code of the channel, also when its name was given."""
    wanted = asked.strip().casefold()
    for code, name in Channel.choices:
        if wanted in (code, str(name).casefold()):
            return str(code)
    raise NotFound("channel", asked)


def scope_of(house: Organisation, period: Period, *, team: str = "", channel: str = "", subject: str = "") -> Scope:
    """The scope; raises `NotFound`. A subject brings everything below it."""
    return Scope(
        period,
        team_ids=frozenset({find_team(house, team).pk}) if team else None,
        channel=find_channel(channel) if channel else "",
        subject_ids=house.subject_ids_below(find_subject(house, subject).pk) if subject else None,
    )


def _find(rows: dict[int, T], asked: str, field: str) -> T:
    wanted = asked.strip().casefold()
    for row in rows.values():
        if wanted in (row.code.casefold(), row.name.casefold()):
            return row
    if (pk := whole(wanted)) in rows:
        return rows[pk]
    raise NotFound(field, asked)
