"""The dashboard: what is the case, which goals are met, what waits, where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from contacts.rulebook import rulebook
from kpi import layout, risers, seasons, words
from kpi.measures import backlog
from kpi.measures.ratings import has_waiting
from kpi.open_days import OpenDays
from kpi.pages import tables, trends, waiting, ways
from kpi.pages.cards import CARDS, LIVE, Card, laid_out, usual_cards
from kpi.pages.filters import Filters, Question, filters_of
from kpi.pages.tiles import Tile, series, tile
from kpi.pages.title import goals_title, lead
from kpi.periods import DATES, DAY, MONTH, WEEK, YEAR, Period
from kpi.reach import SMALL, hides_small, teams_in_reach
from kpi.reading import HOURS, Answer, Ask, joined, not_rolled_up, state
from kpi.registry import ANSWERS, MEASURES, TILES, concerns
from kpi.scope import Scope
from kpi.target import norm_of
from organisation import wording
from organisation.kept import Kept
from organisation.roles import Right
from organisation.snapshot import Organisation
from organisation.workdays import local_day

if TYPE_CHECKING:
    from organisation.models import User

SPARK = 6
RUN_UP = {DAY: 14, WEEK: 12, MONTH: 12, YEAR: 3, DATES: 6}
FORM_DAYS = 91
"""A subject has a form when one was used in the last three months."""
LATE_SHOWN = 5


@dataclass(frozen=True)
class Steady:
    """What depends on the figures alone, with its markup: kept as long as the figures are the same."""

    title: str
    lead: str
    filters: Filters
    tiles: list[Tile]
    volume: trends.Volume
    risers: trends.Risers
    channels: list[tables.ChannelRow]
    heat: trends.Heat | None
    way: list[ways.WayItem]
    held: list[ways.WayItem]
    is_held_few: bool
    """Teams had questions, but too few to say how long each."""
    steering: list[ways.WayItem]
    by_team: Answer
    may_open_rows: bool
    empty: list[str]
    """The tiles without an answer that counts; which of them have some that do not count yet (`too_few`) is in no figure."""
    too_few: frozenset[str]
    serial: int = 0
    """Another one for whatever was made anew."""
    filters_html: str = ""
    tiles_html: Mapping[str, str] = field(default_factory=dict)
    cards_html: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Waiting:
    """What waits now in words: kept as long as the figures beside it and the counts are the same."""

    load: list[waiting.LoadItem]
    teams: list[tables.TeamRow]
    late_href: str


@dataclass(frozen=True)
class Dashboard:
    """Everything on the screen."""

    steady: Steady
    tiles_html: SafeString
    cards: list[Card]
    complaint: str
    query: str
    load: list[waiting.LoadItem]
    teams: list[tables.TeamRow]
    late: list[waiting.LateRow]
    late_count: int
    late_href: str
    oldest: str
    may_drill: bool
    may_export: bool
    printed: str


def dashboard(
    question: Question, user: User, house: Organisation, at: datetime, look: Mapping[str, Any] | None = None
) -> Dashboard:
    """One query for the state of the figures, at most two for what is not held yet, two for what waits now. `look`: who looks at the
    questions on it, which is written along."""
    today = local_day(at)
    scope = question.scope
    small, may_drill = hides_small(user), user.may(Right.FIGURES_DRILL)
    hides_few = small and not scope.is_whole
    figures = _steady(question, user, house, at, today, small)
    loads, coming = backlog.open_now(user, scope, at, house.calendar_of(None).rules)
    total = sum(loads.values(), backlog.Load())
    links = waiting.QueueLinks(question.asked, house, may_drill and user.may(Right.QUESTIONS_READ), user)
    since = total.late_since if links.is_open else None
    found = backlog.late_longest(user, scope, at, since, LATE_SHOWN, look) if since else []
    late = waiting.late_rows(user, found, house, at)
    counted = (figures.serial, *loads.items(), *coming.items(), links.is_open, user.may(Right.QUESTIONS_ALL_TEAMS))

    def words_of() -> Waiting:
        return Waiting(
            waiting.load_items(total, coming, links, today, hides_few, small),
            tables.team_rows(
                figures.by_team,
                ANSWERS,
                lambda code, its: norm_of(MEASURES[code], its, house, rulebook(house), its.period.newest_day(today)),
                loads,
                house,
                scope,
                links,
                question.asked,
                small,
            ),
            links.to(term="te_laat"),
        )

    waits = _waiting.get(counted, words_of)
    keys = layout.shown(question.asked.cards, tuple(CARDS), usual_cards(scope.team_ids))
    shown = [key for key in keys if key in figures.cards_html or (key in LIVE and (key != "late" or may_drill))]
    codes = layout.shown(question.asked.tiles, tuple(measure.code for measure in TILES))
    return Dashboard(
        steady=figures,
        tiles_html=mark_safe("".join(figures.tiles_html.get(code, "") for code in codes)),  # noqa: S308 - rendered templates
        cards=laid_out(shown, figures.cards_html),
        complaint=" ".join(part for part in (question.complaint, _not_for_you(question, may_drill)) if part),
        query=question.asked.query(),
        load=waits.load,
        teams=waits.teams,
        late=late,
        late_count=total.late,
        late_href=waits.late_href,
        oldest=wording.day(total.oldest, today) if total.oldest and not (hides_few and total.open < SMALL) else "",
        may_drill=may_drill,
        may_export=user.may(Right.FIGURES_EXPORT),
        printed=wording.printed(at),
    )


def _not_for_you(question: Question, may_drill: bool) -> str:
    """A view of somebody else may have a card that this person does not see: that is said, not left out in silence."""
    if may_drill or "late" not in question.asked.cards.split(","):
        return ""
    return _("The card %(card)s is left out: it holds questions of customers, and you see figures only.") % {
        "card": CARDS["late"][0]
    }


_kept: Final[Kept[Steady]] = Kept(24)
_waiting: Final[Kept[Waiting]] = Kept(24)
_open_days: Final = OpenDays()
_serials: Final = count(1)


def _steady(question: Question, user: User, house: Organisation, at: datetime, today: date, small: bool) -> Steady:
    """Kept under everything that it is made of: the state of the roll-up, and what the rows say when a day is not over."""
    held = state()
    asks = _asks(question, today)
    key = (question, house.version, wording.language(), today, small, teams_in_reach(user))

    def kept(made_of: tuple[object, ...], build: Callable[[], Steady]) -> Steady:
        made = _kept.get(made_of, lambda: replace(build(), serial=next(_serials)))
        few = _too_few(made.empty, question.asked.period)
        if few == made.too_few:
            return made
        return _kept.get((*made_of, few), lambda: replace(build(), serial=next(_serials)))

    live = _open_days.get(
        (key, question.scope), held, at, lambda: not_rolled_up(asks, question.scope, held, at=at, today=today)
    )

    def build() -> Steady:
        return _build(question, user, house, today, small, joined(asks, question.scope, held, live))

    return kept((held, live, key), build)


def _too_few(codes: Sequence[str], period: Period) -> frozenset[str]:
    return frozenset(code for code in codes if has_waiting(MEASURES[code], period))


def _asks(question: Question, today: date) -> list[Ask]:
    """What the cards read, in the order in which `_build` takes the answers."""
    scope, period = question.scope, question.asked.period
    line = period.run_up(RUN_UP.get(period.kind, SPARK))
    last = min(period.last, today)
    asks = [
        Ask(tuple(measure.code for measure in TILES), line[-SPARK:]),
        Ask(("contacts.digital",), line, "channel"),
        Ask(ANSWERS, (period,), "team"),
        Ask(("questions.asked",), risers.line(period), "subject"),
        Ask(("contacts.digital",), (period.a_year_before(),)),
        Ask(ways.WAY, line[-2:]),
        Ask(("teams.held",), (period,), "team"),
        Ask(("questions.digital",), (period,), "subject"),
        Ask(("questions.form",), (Period(DATES, last - timedelta(days=FORM_DAYS - 1), last),), "subject"),
    ]
    asks += seasons.asks((seasons.VOLUME,), seasons.year_before(period, today))
    if _has_heat(scope):
        code = "phone.pickup" if scope.channel in ("", "phone") else "contacts.digital"
        asks.append(Ask((code,), trends.heat_weeks(period.last, today), HOURS))
    return asks


def _has_heat(scope: Scope) -> bool:
    """The hours of the week are not kept per team or subject."""
    return scope.team_ids is None and scope.subject_ids is None


def _build(
    question: Question, user: User, house: Organisation, today: date, small: bool, answers: Sequence[Answer]
) -> Steady:
    scope, period = question.scope, question.asked.period
    query = question.asked.query()
    line = period.run_up(RUN_UP.get(period.kind, SPARK))
    spark = line[-SPARK:]
    codes = tuple(measure.code for measure in TILES)
    rules = rulebook(house)
    norms = {code: norm_of(MEASURES[code], scope, house, rules, period.newest_day(today)) for code in codes}
    tallies = {code: series(answers[0], code, len(spark)) for code in codes}
    here = [code for code in codes if concerns(code, scope.team_ids, house)]
    with_data = [code for code in here if any(not tally.is_empty for tally in tallies[code])] or here[:8]
    empty = [code for code in with_data if tallies[code][-1].is_empty]
    small_here = small and not scope.is_whole
    shared: dict[str, Any] = {"today": today, "query": query, "hides_small": small_here}
    shared["names"] = [words.period_name(one, today) for one in spark]
    tiles = [tile(MEASURES[code], tallies[code], norms[code], period, **shared) for code in with_data]
    then = seasons.known(answers[9:11]) if seasons.year_before(period, today) else {}
    held = ways.held_rows(answers[6], house, question.asked, small)
    made = Steady(
        title=goals_title(tiles, period, today),
        lead=lead(question, tiles, period, today),
        filters=filters_of(question, user, house, today),
        tiles=tiles,
        volume=trends.volume(answers[1], line, answers[4], period, today, small, then),
        risers=trends.risers(answers[3], period, house, question.asked, small),
        channels=tables.channel_rows(answers[1], len(line) - 1, tallies, norms, scope, question.asked, small),
        heat=trends.heat(
            answers[-1],
            trends.heat_weeks(period.last, today),
            house.calendar_of(house.front_office.pk).rules,
            scope.channel,
            small,
        )
        if _has_heat(scope)
        else None,
        way=ways.way_items(
            answers[5],
            period,
            query,
            today,
            small_here,
            [code for code in ways.WAY if concerns(code, scope.team_ids, house)],
        ),
        held=held,
        is_held_few=bool(answers[6]) and not held,
        steering=ways.steering_rows(answers[7], answers[8], house, question.asked, small),
        by_team=answers[2],
        may_open_rows=not small,
        empty=empty,
        too_few=_too_few(empty, period),
    )
    controls = {"filters": made.filters, "address": reverse("kpi:dashboard")}
    return replace(
        made,
        filters_html=render_to_string("kpi/filters.html", controls),
        tiles_html={one.code: render_to_string("kpi/cards/tile.html", {"tile": one}) for one in tiles},
        cards_html={
            key: render_to_string(f"kpi/cards/{key}.html", {"page": made})
            for key in CARDS
            if key not in LIVE and (key != "heat" or made.heat is not None)
        },
    )
