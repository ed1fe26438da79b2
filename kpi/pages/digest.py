"""What stands in the weekly mail: the last full week against the norms, signals, and what waits now. Counts only.

Everything is asked as the dashboard of that person asks it, so that each link opens the very number that the mail names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.rulebook import rulebook
from kpi import risers, signal_words, words
from kpi.actions.send_digests import Digest
from kpi.measures import backlog
from kpi.measures.backlog import Load
from kpi.models import Signal
from kpi.pages import signals, trends, waiting
from kpi.pages.filters import Question, heading, question_of
from kpi.pages.tiles import Tile, series, tile
from kpi.pages.title import goals_title
from kpi.periods import WEEK, last_finished_week
from kpi.reach import teams_in_reach
from kpi.reading import Ask, read
from kpi.registry import MEASURES, TILES, concerns
from kpi.scope import WORD_OF
from kpi.target import norm_of
from organisation import wording
from organisation.roles import Right, Role
from organisation.snapshot import Organisation
from organisation.workdays import local_day

if TYPE_CHECKING:
    from organisation.models import User

MOST_SIGNALS: Final = 5
MOST_TEAMS: Final = 5


@dataclass(frozen=True)
class Goal:
    name: str
    value: str
    norm: str
    standing: str
    change: str
    is_met: bool
    href: str


@dataclass(frozen=True)
class Item:
    """A number or a sentence with the way to it; `is_late` only for what is overdue."""

    words: str
    href: str
    is_late: bool = False


@dataclass(frozen=True)
class Part:
    """What the mail says of one choice of teams: everything this person sees, or one of the teams that they lead."""

    name: str
    """The team, when the mail has a part for each; else empty."""
    title: str
    about: str
    dashboard: str
    goals: list[Goal]
    compared: str
    now: list[Item]
    late_teams: list[Item]
    coming: list[Item]
    risers: list[Item]
    against: str
    has_open: bool

    @property
    def is_empty(self) -> bool:
        return not (self.goals or self.has_open or self.risers)


@dataclass(frozen=True)
class Week:
    """Everything in the mail."""

    name: str
    title: str
    parts: list[Part]
    signals: list[Item]
    more_signals: str
    signals_href: str
    at: str
    every: str
    profile: str


def digest(user: User, house: Organisation, at: datetime, moment: datetime) -> Digest:
    """In the language that is active."""
    week = _week(user, house, at, moment)
    context = {"week": week}
    return Digest(
        subject=week.title,
        body=render_to_string("mail/week.txt", context),
        html=render_to_string("mail/week.html", context),
        is_empty=not week.signals and all(part.is_empty for part in week.parts),
    )


def _week(user: User, house: Organisation, at: datetime, moment: datetime) -> Week:
    today, asked_on = local_day(at), local_day(moment)
    period = last_finished_week(asked_on)
    told, more = _signals(user, house, today)
    parts = [_part(code, user, house, at, asked_on) for code in _own_teams(user, house)]
    title = parts[0].title
    if len(parts) > 1:
        names = {"period": words.period_name(period, asked_on), "count": words.number_word(len(parts))}
        title = _("%(period)s: your %(count)s teams") % names
    return Week(
        name=user.get_short_name(),
        title=title,
        parts=[part for part in parts if not part.is_empty] or parts[:1],
        signals=told,
        more_signals=more,
        signals_href=_whole(f"{reverse('kpi:signals')}?lijst=nieuw"),
        at=wording.moment_long(at, today),
        every=_every(house),
        profile=_whole(reverse("organisation:profile")),
    )


def _own_teams(user: User, house: Organisation) -> list[str]:
    """The codes of the teams that this person leads, when they see the figures of more; `[""]`: everything they see, together."""
    led = user.led_team_ids
    if Role.COORDINATOR in user.roles or teams_in_reach(user) == led:
        return [""]
    teams = sorted((house.teams[pk] for pk in led if pk in house.teams), key=lambda team: team.name)
    return [team.code for team in teams] or [""]


def _part(code: str, user: User, house: Organisation, at: datetime, asked_on: date) -> Part:
    today, period = local_day(at), last_finished_week(asked_on)
    params = {"periode": WORD_OF[WEEK], "dag": period.first.isoformat(), "team": code}
    question = question_of(params, user, house, asked_on)
    tiles, rising = _figures(question, house, at, asked_on)
    rows = backlog.open_questions(user, question.scope)
    loads = backlog.by_team(rows, at)
    total = sum(loads.values(), Load())
    coming = backlog.forecast(rows, at, house.calendar_of(None).rules)
    links = waiting.QueueLinks(question.asked, house, user.may(Right.QUESTIONS_READ), user)
    items = waiting.load_items(total, coming, links, today)
    days = items[len(items) - len(coming) :]
    goals = [_goal(one) for one in sorted(tiles, key=lambda one: one.css == "ok") if one.css != "none"]
    return Part(
        name=question.where if code and len(user.led_team_ids) > 1 else "",
        title=goals_title(tiles, period, asked_on),
        about=heading(question),
        dashboard=_whole(f"{reverse('kpi:dashboard')}?{question.asked.query()}"),
        goals=goals,
        compared=_("Plus or minus: the difference with %(period)s.") % {"period": words.previous_name(period, asked_on)}
        if any(one.change for one in goals)
        else "",
        now=[_item(one) for one in items if one not in days],
        late_teams=_late_teams(loads, house, links),
        coming=[_item(one) for one in days if one.count != "0"],
        risers=[_riser(one) for one in rising.risers],
        against=rising.against,
        has_open=bool(total.open),
    )


def _figures(question: Question, house: Organisation, at: datetime, today: date) -> tuple[list[Tile], trends.Risers]:
    """One round trip: the goals of this week and the one before, and the subjects."""
    period, scope = question.asked.period, question.scope
    codes = tuple(measure.code for measure in TILES if concerns(measure.code, scope.team_ids, house))
    pair = (period.previous(), period)
    goals, subjects = read(
        [Ask(codes, pair), Ask(("questions.asked",), risers.line(period), "subject")], scope, at=at, today=today
    )
    rules = rulebook(house)
    tiles = [
        tile(
            MEASURES[code],
            series(goals, code, len(pair)),
            norm_of(MEASURES[code], scope, house, rules, period.last),
            period,
            today=today,
            query=question.asked.query(),
        )
        for code in codes
    ]
    return tiles, trends.risers(subjects, period, house, question.asked, False)


def _goal(one: Tile) -> Goal:
    space = "" if wording.language() == "en" else "\u00a0"
    return Goal(
        name=one.name,
        value=f"{one.value}{space}{one.unit}".strip(),
        norm=one.norm,
        standing=one.state,
        change=one.delta if one.delta[:1] in ("+", "−") else "",
        is_met=one.css == "ok",
        href=_whole(one.href),
    )


def _item(one: waiting.LoadItem) -> Item:
    return Item(f"{one.count} {one.words}", _whole(one.href), "late" in one.css)


def _riser(one: trends.Riser) -> Item:
    told = {"subject": one.name, "count": one.count, "more": one.more, "part": one.percent}
    return Item(_("%(subject)s: asked %(count)s times, %(more)s (%(part)s)") % told, _whole(one.href))


def _signals(user: User, house: Organisation, today: date) -> tuple[list[Item], str]:
    """The newest open ones, as the list of new signals shows them, and how many there are more."""
    rows = list(Signal.objects.visible_to(user, house).filter(state=Signal.State.OPEN).order_by(*signals.URGENT)[:200])
    book = rulebook(house)
    told = [
        Item(signal_words.sentence(one, house, book, today), _whole(signal_words.link(one, house)))
        for one in rows[:MOST_SIGNALS]
    ]
    more = len(rows) - len(told)
    return told, ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more} if more else ""


def _late_teams(loads: dict[int, Load], house: Organisation, links: waiting.QueueLinks) -> list[Item]:
    """Where the overdue questions are, for who has more than one team."""
    late = [(house.teams[pk], load.late) for pk, load in loads.items() if load.late and pk in house.teams]
    if len(loads) < 2:
        return []
    late.sort(key=lambda pair: (-pair[1], pair[0].name))
    return [
        Item(f"{team.name}: {wording.number(count)}", _whole(links.to(term="te_laat", team_id=team.pk)), True)
        for team, count in late[:MOST_TEAMS]
    ]


def _every(house: Organisation) -> str:
    """`maandag om 7:00`."""
    day = wording.DAYS_LONG[wording.language()][house.municipality.digest_weekday - 1]
    return _("%(day)s at %(hour)s:00") % {"day": day, "hour": house.municipality.digest_hour}


def _whole(address: str) -> str:
    return f"{settings.SITE_URL}{address.removesuffix('?')}" if address else ""
