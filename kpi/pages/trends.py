"""What comes in: contacts per period, subjects that rise, and the hours in which the phone is busy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.models.channel import DIGITAL_CHANNELS
from kpi import risers as rises
from kpi import seasons, words
from kpi.measures.base import Tally
from kpi.periods import DATES, Period
from kpi.reach import SMALL
from kpi.reading import Answer
from kpi.registry import MEASURES
from kpi.scope import Asked
from kpi.shares import hidden_words, is_few
from organisation import charts, wording
from organisation.addresses import address
from organisation.snapshot import Organisation
from organisation.workdays import Calendar

HEAT_WEEKS = 8


@dataclass(frozen=True)
class VolumeRow:
    name: str
    phone: str
    digital: str
    other: str
    total: str


@dataclass(frozen=True)
class Volume:
    """Contacts per period as a chart, and the same as a table."""

    title: str
    chart: SafeString | str
    """Empty when every period has a part that is too small for who sees aggregates only."""
    rows: list[VolumeRow]
    digital: str
    a_year_ago: str
    season: str
    """How many contacts the same period of a year before had; empty when it cannot stand beside this one."""
    is_empty: bool


def volume(
    answer: Answer,
    line: Sequence[Period],
    year: Answer,
    period: Period,
    today: date,
    hides_small: bool,
    then: Mapping[str, Tally] = MappingProxyType({}),
) -> Volume:
    """Where a part is under ten, all parts and their total are hidden, and which share of it was digital; else the part could be worked out.
    Such a period has no column in the chart."""
    columns, rows, few = [], [], False
    phone, digital, other = _("Phone"), _("Digital"), _("Counter and letter")
    for index, one in enumerate(line):
        parts = [0, 0, 0]
        for (_code, bucket, channel), tally in answer.items():
            if bucket == index:
                place = 0 if channel == "phone" else 1 if channel in DIGITAL_CHANNELS else 2
                parts[place] += tally.denominator
        few = hides_small and any(0 < part < SMALL for part in parts)
        row = VolumeRow(
            words.period_name(one, today),
            *(hidden_words(part) if few and part else wording.number(part) for part in parts),
            "–" if few else wording.number(sum(parts)),
        )
        rows.append(row)
        said = f"{row.name}: {row.total}\n{phone} {row.phone}\n{digital} {row.digital}\n{other} {row.other}"
        columns.append((words.short_name(one), [] if few else parts, said))
        now = parts
    before = year.get(("contacts.digital", 0, ""), Tally())
    title = _("Contacts per %(period)s") % {"period": words.per(period.kind)}
    summary = _(
        "The total went from %(first)s to %(last)s. Phone %(phone)s, digital %(digital)s, counter and letter %(other)s."
    ) % {
        "first": rows[0].total,
        "last": rows[-1].total,
        "phone": rows[-1].phone,
        "digital": rows[-1].digital,
        "other": rows[-1].other,
    }
    label = f"{title}, {rows[0].name} – {rows[-1].name}"
    is_empty = all(row.total == wording.number(0) for row in rows)
    least = SMALL if hides_small else 1
    few_then = hides_small and is_few(MEASURES[seasons.VOLUME], before)  # its total stands beside its share
    return Volume(
        title=title,
        chart="" if not any(any(parts) for _name, parts, _said in columns) else charts.stacked(columns, label, summary),
        rows=rows,
        digital=wording.percent(now[1] / sum(now), 0) if sum(now) >= least and not few else "",
        a_year_ago=wording.percent(before.share, 0)
        if before.share is not None and before.denominator >= least and not few_then
        else "",
        season=_season(0 if few else sum(now), then, period, today, least),
        is_empty=is_empty,
    )


def _season(now: int, then: Mapping[str, Tally], period: Period, today: date, least: int) -> str:
    """`265 contacten; in week 48 van 2025 waren dat er 240 (+10 %)`."""
    before = then.get(seasons.VOLUME, Tally()).denominator
    if min(now, before) < least:
        return ""
    name = words.in_sentence(period.kind, words.period_name(period.a_year_before(), today))
    told = {"count": words.counted("contact", now), "then": wording.number(before), "period": name}
    return _("%(count)s; in %(period)s there were %(then)s (%(change)s)") % {
        **told,
        "change": seasons.change_words(now, before),
    }


@dataclass(frozen=True)
class Riser:
    place: int
    name: str
    href: str
    count: str
    more: str
    percent: str


@dataclass(frozen=True)
class Risers:
    """The strongest risers, and the subjects asked most; both against the same number of periods before."""

    risers: list[Riser]
    top: list[Riser]
    against: str


def risers(answer: Answer, period: Period, house: Organisation, asked: Asked, hides_small: bool) -> Risers:
    last = len(rises.line(period)) - 1
    rows = rises.rises(answer, last, house, SMALL if hides_small else 3, period.kind)

    def shown(chosen: list[rises.Rise]) -> list[Riser]:
        made = []
        for place, row in enumerate(chosen, start=1):
            href = f"{address('kpi:figure', 'questions.asked')}?{asked.query(subject=row.subject.code)}"
            more = f"+{wording.number(row.more)}" if row.more is not None else ""
            made.append(Riser(place, row.subject.name, href, wording.number(row.count), more, row.part))
        return made

    against = rises.against(period.kind, len(rises.known(answer, last, period.kind)))
    return Risers(shown(rises.rising(rows)), shown(rises.most(rows, 5)), against)


@dataclass(frozen=True)
class HeatCell:
    count: str
    css: str


@dataclass(frozen=True)
class Heat:
    """Calls or contacts per weekday and hour, averaged over the days of `heat_weeks` that were open and known."""

    title: str
    note: str
    is_phone: bool
    hours: list[str]
    rows: list[tuple[str, str, list[HeatCell]]]
    closed: str


def heat_weeks(last: date, today: date) -> tuple[Period, ...]:
    """Seven days each, the oldest first. The day that is going on is in none: its hours are still to come."""
    end = min(last, today - timedelta(days=1))
    starts = [end - timedelta(days=7 * step - 1) for step in range(HEAT_WEEKS, 0, -1)]
    return tuple(Period(DATES, first, first + timedelta(days=6)) for first in starts)


def heat(
    answer: Answer, weeks: Sequence[Period], calendar: Calendar, channel: str = "", hides_small: bool = False
) -> Heat | None:
    """Of the phone, or of the channel that is asked for. What is too small for who sees aggregates only is as light as can be.
    Weeks of before the first contact and days on which the office was closed for once make no average lower; weeks of a channel that is
    hardly used do."""
    seen: Counter[tuple[int, int, int]] = Counter()
    for (_code, bucket, key), tally in answer.items():
        if key:
            weekday, hour = (int(part) for part in key.split("-"))
            seen[(bucket, weekday, hour)] += tally.denominator
    begun = min((bucket for (bucket, _day, _hour), count in seen.items() if count), default=0)
    if seen.total() < SMALL * (len(weeks) - begun):
        begun = 0
    if 0 < begun < len(weeks) - 1:
        begun += 1  # of the week in which it began not every day is known
    opened: dict[int, list[int]] = {day: [] for day in range(7)}
    for bucket in range(begun, len(weeks)):
        for step in range(7):
            day = weeks[bucket].first + timedelta(days=step)
            if calendar.intervals(day) or not calendar.weekly.get(day.weekday()):
                opened[day.weekday()].append(bucket)
    totals: Counter[tuple[int, int]] = Counter()
    for (bucket, weekday, hour), count in seen.items():
        if bucket in opened[weekday]:
            totals[(weekday, hour)] += count
    counts = {place: total / len(opened[place[0]]) for place, total in totals.items()}
    few = {place for place, total in totals.items() if hides_small and 0 < total < SMALL}
    if not counts:
        return None
    opening = {day: calendar.weekly.get(day, ()) for day in range(7)}
    days = [day for day in range(7) if opening[day] or any(key[0] == day for key in counts)]
    used = [hour for _day, hour in counts] + [opens // 60 for day in days for opens, _end in opening[day]]
    ends = [hour for _day, hour in counts] + [(closes - 1) // 60 for day in days for _opens, closes in opening[day]]
    hours = list(range(min(used), max(ends) + 1))
    top = max(counts.values())
    lang = wording.language()
    rows = []
    for day in days:
        cells = []
        for hour in hours:
            is_open = any(opens < (hour + 1) * 60 and closes > hour * 60 for opens, closes in opening[day])
            value = counts.get((day, hour), 0.0)
            if not value and not is_open:
                cells.append(HeatCell("", "heat__cell--0"))
            elif (day, hour) in few:
                cells.append(HeatCell(f"< {wording.number(SMALL / len(opened[day]), 2)}", "heat__cell--1"))
            else:
                step = 1 + min(4, int(5 * value / top)) if top else 1
                cells.append(HeatCell(wording.number(value, 1 if top < 10 and value else 0), f"heat__cell--{step}"))
        rows.append((wording.DAYS[lang][day], wording.DAYS_LONG[lang][day], cells))
    is_phone = channel in ("", "phone")
    return Heat(
        _("How busy the phone is")
        if is_phone
        else _("How busy it is: %(channel)s") % {"channel": wording.channel_inside(channel)},
        _averaged(is_phone, len(weeks) - begun),
        is_phone,
        [f"{hour}–{hour + 1}" for hour in hours],
        rows,
        _("hatched: closed"),
    )


def _averaged(is_phone: bool, weeks: int) -> str:
    said = (
        ngettext("calls per hour, of %(weeks)s week", "calls per hour, averaged over %(weeks)s weeks", weeks)
        if is_phone
        else ngettext("contacts per hour, of %(weeks)s week", "contacts per hour, averaged over %(weeks)s weeks", weeks)
    )
    return said % {"weeks": weeks}
