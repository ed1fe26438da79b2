"""The head of every figures screen: period, team, channel and subject, kept in the address bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qsl

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from channels_app.models import Channel
from kpi import layout, words
from kpi.lookup import NotFound, find_channel, find_subject, find_team
from kpi.pages.cards import CARDS, usual_cards
from kpi.periods import DATES, DAY, MONTH, QUARTER, WEEK, YEAR, Period, period_of
from kpi.reach import teams_in_reach
from kpi.registry import TILES
from kpi.scope import Asked, Scope, read
from organisation import wording
from organisation.choice import Choice
from organisation.snapshot import Organisation

if TYPE_CHECKING:
    from organisation.models import User


LAYOUT = ("kaarten", "tegels")
Found = TypeVar("Found")


@dataclass(frozen=True)
class Question:
    """What is asked, judged against what this person may see: the scope to count with and the words to say it in."""

    asked: Asked
    scope: Scope
    where: str
    """`alle teams`, or what it is narrowed to."""
    complaint: str = ""
    """A sentence about something in the address that could not be used."""


@dataclass(frozen=True)
class Filters:
    """The controls, as the template shows them."""

    periods: list[Choice]
    teams: list[Choice]
    channels: list[Choice]
    subjects: SafeString
    subject: str
    hidden: list[tuple[str, str]]
    """What the filter form keeps of the period."""
    first: str
    last: str
    previous: str
    next: str
    is_narrowed: bool
    whole: str
    """The address without filters."""
    is_dates: bool
    layout: list[tuple[str, str]]
    """What every form keeps of the layout."""


def question_of(params: Mapping[str, str], user: User, house: Organisation, today: date) -> Question:
    """Reads the address bar; what cannot be used is left out and said."""
    asked = read(params, today=today)
    reach = teams_in_reach(user)
    team = _known(find_team, house, asked.team)
    if team is not None and reach is not None and team.pk not in reach:
        team = None
    channel = _known(find_channel, asked.channel) or ""
    subject = _known(find_subject, house, asked.subject)
    everything = _where(reach, house)
    complaints = [
        (
            asked.is_bad,
            _(
                "These days make no period. Choose a first and a last day, at most ten years apart. You see the last full week."
            ),
        ),
        (
            asked.team and team is None,
            _("There is no such team for you. You see: %(where)s.") % {"where": everything},
        ),
        (asked.channel and not channel, _("There is no such channel.")),
        (asked.subject and subject is None, _("There is no such subject.")),
    ]
    names = [
        team.name if team is not None else everything,
        wording.channel_inside(channel) if channel else "",
        subject.name if subject is not None else "",
    ]
    scope = Scope(
        asked.period,
        frozenset({team.pk}) if team is not None else reach,
        channel,
        house.subject_ids_below(subject.pk) if subject is not None else None,
    )
    clean = Asked(
        asked.period,
        team.code if team is not None else "",
        channel,
        subject.code if subject is not None else "",
        cards=layout.clean(asked.cards, tuple(CARDS), usual_cards(scope.team_ids)),
        tiles=layout.clean(asked.tiles, tuple(measure.code for measure in TILES)),
    )
    return Question(
        clean,
        scope,
        ", ".join(name for name in names if name),
        " ".join(sentence for is_wrong, sentence in complaints if is_wrong),
    )


def _known(find: Callable[..., Found], *typed: Any) -> Found | None:
    """What was typed last, looked up; None when nothing was typed, or nothing is called so."""
    try:
        return find(*typed) if typed[-1] else None
    except NotFound:
        return None


def _where(reach: frozenset[int] | None, house: Organisation) -> str:
    """Everything that somebody may see, in words."""
    if reach is None:
        return _("all teams")
    return ", ".join(sorted(house.teams[pk].name for pk in reach if pk in house.teams)) or _("no team")


def filters_of(question: Question, user: User, house: Organisation, today: date) -> Filters:
    asked = question.asked
    period = asked.period
    reach = teams_in_reach(user)
    teams = [
        t for t in house.teams.values() if (t.is_active or t.code == asked.team) and (reach is None or t.pk in reach)
    ]
    everybody = _("All teams") if reach is None else _("My teams")
    first, last = period.first, min(period.last, today) if period.holds(today) else period.last
    return Filters(
        periods=[
            Choice(asked.query(period=_switch(kind, period, today)), name, kind == period.kind)
            for kind, name in (
                (DAY, _("Today") if period.kind != DAY or period.first == today else _("Day")),
                (WEEK, _("Week")),
                (MONTH, _("Month")),
                (QUARTER, _("Quarter")),
                (YEAR, _("Year")),
            )
        ],
        teams=[Choice("", everybody, not asked.team)]
        + [Choice(t.code, t.name, t.code == asked.team) for t in sorted(teams, key=lambda t: t.name)],
        channels=[Choice("", _("All channels"), not asked.channel)]
        + [Choice(code, str(name), code == asked.channel) for code, name in Channel.choices],
        subjects=subject_options(house.version, asked.subject, house, wording.language()),
        subject=asked.subject,
        hidden=_kept(asked),
        first=first.isoformat(),
        last=last.isoformat(),
        previous=asked.query(period=period.previous()),
        next=asked.query(period=period.next()) if period.last < today else "",
        is_narrowed=bool(asked.team or asked.channel or asked.subject),
        whole=Asked(period, cards=asked.cards, tiles=asked.tiles).query(),
        layout=[pair for pair in parse_qsl(asked.query()) if pair[0] in LAYOUT],
        is_dates=period.kind == DATES,
    )


def _kept(asked: Asked) -> list[tuple[str, str]]:
    return [pair for pair in parse_qsl(asked.query()) if pair[0] in ("periode", "dag", "van", "tot", *LAYOUT)]


def _switch(kind: str, period: Period, today: date) -> Period:
    """The period of another kind that somebody means: today itself, else the one in which this period ends (or now)."""
    if kind == DAY:
        return period_of(DAY, today)
    return period_of(
        kind, today if period.holds(today) else min(period.last, today) if period.first <= today else period.first
    )


def _options(chosen: str, rows: list[tuple[str, list[tuple[str, str]]]]) -> SafeString:
    return format_html_join(
        "",
        '<optgroup label="{}">{}</optgroup>',
        (
            (
                theme,
                format_html_join(
                    "",
                    '<option value="{}"{}>{}</option>',
                    ((code, mark_safe(" selected") if code == chosen else "", name) for code, name in subjects),
                ),
            )
            for theme, subjects in rows
        ),
    )


_held: dict[tuple[int, str, str], SafeString] = {}


def subject_options(version: int, chosen: str, house: Organisation, language: str) -> SafeString:
    """The subjects as options per theme; kept per version of the settings, since there are over a hundred."""
    key = (version, chosen, language)
    if key not in _held:
        if len(_held) > 64:
            _held.clear()
        themes = sorted((s for s in house.subjects.values() if s.parent_id is None), key=lambda s: s.name)
        below: dict[int, list[tuple[str, str]]] = {}
        for subject in sorted(house.subjects.values(), key=lambda s: s.name):
            if subject.parent_id is not None:
                below.setdefault(house.subject_line(subject.pk)[-1].pk, []).append((subject.code, subject.name))
        _held[key] = _options(
            chosen,
            [
                (theme.name, [(theme.code, _("%(theme)s (all)") % {"theme": theme.name}), *below.get(theme.pk, [])])
                for theme in themes
            ],
        )
    return _held[key]


def heading(question: Question) -> str:
    """`16 t/m 22 november 2026, alle teams`."""
    return f"{words.dates(question.asked.period)}, {question.where}"
