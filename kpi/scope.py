"""What a figure is asked for: a period, and perhaps a team, a channel and a subject; to and from the address bar (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import urlencode

from kpi.periods import DATES, NoSuchPeriod, Period, between, last_finished_week, period_of

WORDS: Final = {"dag": "day", "week": "week", "maand": "month", "kwartaal": "quarter", "jaar": "year"}
WORD_OF: Final = {kind: word for word, kind in WORDS.items()}


@dataclass(frozen=True)
class Scope:
    """`team_ids` and `subject_ids` None: all. A subject stands for itself and everything below it."""

    period: Period
    team_ids: frozenset[int] | None = None
    channel: str = ""
    subject_ids: frozenset[int] | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is narrowed."""
        return self.team_ids is None and not self.channel and self.subject_ids is None

    def over(self, period: Period) -> Scope:
        return replace(self, period=period)

    def of_team(self, team_id: int) -> Scope:
        return replace(self, team_ids=frozenset({team_id}))

    def of_channel(self, channel: str) -> Scope:
        return replace(self, channel=channel)


@dataclass(frozen=True)
class Asked:
    """The address bar in fields: codes as typed, dates read; `is_bad` when they make no period."""

    period: Period
    team: str = ""
    channel: str = ""
    subject: str = ""
    is_bad: bool = False
    cards: str = ""
    tiles: str = ""
    """The layout of the dashboard (kpi/layout.py); empty is the usual one."""

    def query(self, **change: object) -> str:
        """The query string of this question, with changes (`period`, `team`, `channel`, `subject`, `cards`, `tiles`)."""
        return query(replace(self, **change))  # type: ignore[arg-type]


def query(asked: Asked) -> str:
    """`periode=week&dag=2026-11-16&team=burgerzaken`; only what was asked."""
    period = asked.period
    if period.kind == DATES:
        pairs = [("van", period.first.isoformat()), ("tot", period.last.isoformat())]
    else:
        pairs = [("periode", WORD_OF[period.kind]), ("dag", period.first.isoformat())]
    pairs += [
        (name, value)
        for name, value in (
            ("team", asked.team),
            ("kanaal", asked.channel),
            ("onderwerp", asked.subject),
            ("kaarten", asked.cards),
            ("tegels", asked.tiles),
        )
        if value
    ]
    return urlencode(pairs, safe=",")


def read(params: Mapping[str, str], *, today: date) -> Asked:
    """The question that the address bar asks; without dates the last finished week."""
    is_bad = False
    period = last_finished_week(today)
    try:
        if params.get("van") or params.get("tot"):
            first = date.fromisoformat(params.get("van") or params.get("tot") or "")
            last = date.fromisoformat(params.get("tot") or params.get("van") or "")
            period = between(first, last)
        elif params.get("periode") or params.get("dag"):
            kind = WORDS.get(params.get("periode") or "week", "")
            day = date.fromisoformat(params["dag"]) if params.get("dag") else today
            whole = period_of(kind, day)
            between(whole.first, whole.last)
            period = whole
    except (ValueError, NoSuchPeriod, OverflowError):
        is_bad = True
    return Asked(
        period=period,
        team=params.get("team", "")[:60],
        channel=params.get("kanaal", "")[:12],
        subject=params.get("onderwerp", "")[:60],
        is_bad=is_bad,
        cards=params.get("kaarten", "")[:200],
        tiles=params.get("tegels", "")[:500],
    )
