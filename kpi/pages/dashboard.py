"""The dashboard: what is the case, which goals are met, what waits, where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.rulebook import rulebook
from kpi import words
from kpi.measures import backlog
from kpi.pages import cards
from kpi.pages.filters import Filters, Question, filters_of, heading
from kpi.pages.tiles import Tile, series, tile
from kpi.periods import DATES, DAY, MONTH, WEEK, YEAR, Period, period_of
from kpi.reach import hides_small
from kpi.reading import HOURS, Ask, read
from kpi.registry import MEASURES, TILES
from kpi.target import norm_of
from organisation import wording
from organisation.roles import Right
from organisation.snapshot import Organisation
from organisation.workdays import local_day

if TYPE_CHECKING:
    from organisation.models import User

SPARK = 6
RUN_UP = {DAY: 14, WEEK: 12, MONTH: 12, YEAR: 3, DATES: 6}
RISER_PERIODS = 5
HEAT_DAYS = 56
LATE_SHOWN = 5
ANSWERS = ("email.answer", "letter.respond", "form.answer", "social.respond", "handover.answer", "callback.done", "complaint.settle")
"""What a team answers: the promises that count in "answered in time" per team."""


@dataclass(frozen=True)
class Dashboard:
    """Everything on the screen."""

    title: str
    lead: str
    complaint: str
    filters: Filters
    query: str
    tiles: list[Tile]
    load: list[cards.LoadItem]
    volume: cards.Volume
    risers: cards.Risers
    channels: list[cards.ChannelRow]
    teams: list[cards.TeamRow]
    heat: cards.Heat | None
    late: list[cards.LateRow]
    late_count: int
    late_href: str
    oldest: str
    may_drill: bool
    may_export: bool
    printed: str


def dashboard(question: Question, user: User, house: Organisation, at: datetime) -> Dashboard:
    """Three queries for the figures and the backlog, one for the list of late questions."""
    today = local_day(at)
    scope, period = question.scope, question.asked.period
    query = question.asked.query()
    line = period.run_up(RUN_UP.get(period.kind, SPARK))
    spark = line[-SPARK:]
    a_year_ago = _a_year_before(period)
    codes = tuple(measure.code for measure in TILES)
    asks = [
        Ask(codes, spark),
        Ask(("contacts.digital",), line, "channel"),
        Ask(ANSWERS, (period,), "team"),
        Ask(("questions.asked",), period.run_up(RISER_PERIODS), "subject"),
        Ask(("contacts.digital",), (a_year_ago,)),
    ]
    has_heat = scope.team_ids is None and scope.subject_ids is None and scope.channel in ("", "phone")
    weeks = Period(DATES, period.last - timedelta(days=HEAT_DAYS - 1), period.last)
    if has_heat:
        asks.append(Ask(("phone.pickup",), (weeks,), HOURS))
    answers = read(asks, scope, at=at, today=today)
    rules = rulebook(house)
    norms = {code: norm_of(MEASURES[code], scope, house, rules) for code in {*codes, *ANSWERS}}
    is_small_hidden, may_drill = hides_small(user), user.may(Right.FIGURES_DRILL)
    tallies = {code: series(answers[0], code, len(spark)) for code in codes}
    with_data = [code for code in codes if any(not tally.is_empty for tally in tallies[code])] or list(codes[:8])
    tiles = [
        tile(
            MEASURES[code],
            tallies[code],
            norms[code],
            period,
            today=today,
            query=query,
            hides_small=is_small_hidden and not scope.is_whole,
        )
        for code in with_data
    ]
    rows = backlog.open_questions(user, scope)
    loads = backlog.by_team(rows, at)
    total = sum(loads.values(), backlog.Load())
    calendar = house.calendar_of(None).rules
    coming = backlog.forecast(rows, at, calendar)
    links = cards.QueueLinks(question.asked, house, may_drill and user.may(Right.QUESTIONS_READ), user)
    late = cards.late_rows(user, rows, house, at, LATE_SHOWN) if links.is_open else []
    return Dashboard(
        title=_title(tiles, period, today),
        lead=_lead(question, tiles, period, today),
        complaint=question.complaint,
        filters=filters_of(question, user, house, today),
        query=query,
        tiles=tiles,
        load=cards.load_items(total, coming, links, today),
        volume=cards.volume(answers[1], line, answers[4], period, today),
        risers=cards.risers(answers[3], period, house, question.asked, is_small_hidden),
        channels=cards.channel_rows(answers[1], len(line) - 1, tallies, norms, scope, query, is_small_hidden),
        teams=cards.team_rows(answers[2], ANSWERS, norms, loads, house, scope, links, question.asked, is_small_hidden),
        heat=cards.heat(answers[5], house.calendar_of(None).rules, period) if has_heat else None,
        late=late,
        late_count=total.late,
        late_href=links.to(term="te_laat"),
        oldest=wording.day(total.oldest, today) if total.oldest else "",
        may_drill=may_drill,
        may_export=user.may(Right.FIGURES_EXPORT),
        printed=wording.moment(at, today),
    )


def _a_year_before(period: Period) -> Period:
    """The same weekdays of 52 weeks ago, or the same month, quarter or year."""
    if period.kind in (DAY, WEEK, DATES):
        return Period(DATES, period.first - timedelta(days=364), period.last - timedelta(days=364))
    return period_of(period.kind, period.first.replace(year=period.first.year - 1))


def _title(tiles: list[Tile], period: Period, today: date) -> str:
    """What is the case: `Week 47: vier van de acht doelen gehaald`."""
    name = words.period_name(period, today)
    judged = [one for one in tiles if one.css != "none"]
    met = sum(one.css == "ok" for one in judged)
    if not judged:
        return _("%(period)s: no figures yet") % {"period": name}
    if met == len(judged):
        return ngettext("%(period)s: the one goal met", "%(period)s: all %(count)s goals met", met) % {
            "period": name,
            "count": words.number_word(met),
        }
    sentence = ngettext("%(period)s: %(met)s of the %(count)s goal met", "%(period)s: %(met)s of the %(count)s goals met", len(judged))
    return sentence % {"period": name, "met": words.number_word(met), "count": words.number_word(len(judged))}


def _lead(question: Question, tiles: list[Tile], period: Period, today: date) -> str:
    parts = [f"{heading(question)}."]
    if period.last >= today:
        parts.append(_("The period is not over yet."))
    below = [one.below for one in tiles if one.below]
    if below:
        parts.append(_("Below the norm: %(names)s.") % {"names": "; ".join(_in_sentence(name) for name in below[:3])})
        if len(below) > 3:
            parts[-1] = parts[-1][:-1] + " " + _("and %(count)s more.") % {"count": len(below) - 3}
    if any(one.delta for one in tiles):
        parts.append(_("Arrow: difference with %(period)s.") % {"period": words.previous_name(period, today)})
    return " ".join(parts)


def _in_sentence(name: str) -> str:
    """A norm's name inside a sentence begins with a small letter."""
    return name[:1].lower() + name[1:] if name[1:2].islower() or name[1:2] == "-" else name

