"""The cards of the dashboard: backlog, volumes, risers, channels, teams, busy hours and what is late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from channels_app.models.channel import DIGITAL_CHANNELS
from contacts.models import ServiceNorm
from contacts.queue_filters import NOBODY, QueueFilters
from kpi import charts, words
from kpi.measures.backlog import Load
from kpi.measures.base import Tally
from kpi.periods import Period
from kpi.reach import SMALL
from kpi.reading import Answer
from kpi.scope import Asked, Scope
from organisation import wording
from organisation.roles import Right
from organisation.snapshot import Organisation
from organisation.workdays import Calendar, local_day

if TYPE_CHECKING:
    from contacts.querysets import QuestionQuerySet
    from organisation.models import User

CHANNEL_ROWS = (
    (lazy("Phone"), "phone", ("phone",), "phone.pickup"),
    (lazy("E-mail"), "mail", ("email",), "email.answer"),
    (lazy("Form and app"), "forms", ("form", "app"), "form.answer"),
    (lazy("Letter"), "mailbox", ("letter",), "letter.respond"),
    (lazy("Chat and WhatsApp"), "message-circle", ("chat", "whatsapp"), "chat.first_response"),
    (lazy("Social media"), "at", ("social",), "social.respond"),
    (lazy("Counter and reception"), "building", ("counter", "reception", "appointment"), "visit.wait"),
    (lazy("At home and on the street"), "map-pin", ("home_visit", "street"), ""),
)
"""Words, icon, channels, and the promise by which the channel is judged."""


@dataclass(frozen=True)
class QueueLinks:
    """Addresses of the queue's lists that hold exactly what a number counts; empty for who may not open them."""

    asked: Asked
    house: Organisation
    is_open: bool
    user: User

    def to(self, *, term: str = "", assignee: str = "", status: str = "open", team_id: int | None = None) -> str:
        if not self.is_open:
            return ""
        team = team_id or next((t.pk for t in self.house.teams.values() if t.code == self.asked.team), None)
        subject = next((s.pk for s in self.house.subjects.values() if s.code == self.asked.subject), None)
        everybody = self.user.may(Right.QUESTIONS_ALL_TEAMS)
        filters = QueueFilters(
            scope="alles" if everybody else "team",
            status=status,
            term=term,
            assignee=assignee,
            team=team,
            channel=self.asked.channel,
            subject=subject,
        )
        return f"{reverse('contacts:queue')}?{filters.query()}"


@dataclass(frozen=True)
class LoadItem:
    count: str
    words: str
    href: str
    css: str = ""
    icon: str = ""


def load_items(total: Load, coming: Mapping[date, int], links: QueueLinks, today: date) -> list[LoadItem]:
    """Backlog and forecast as links; each count is the length of the list behind it."""
    items = [
        LoadItem(wording.number(total.open), _("open"), links.to()),
        LoadItem(wording.number(total.late), _("overdue"), links.to(term="te_laat"), "load__item--late" if total.late else "", "alert-triangle"),
        LoadItem(wording.number(total.soon), _("almost due"), links.to(term="bijna"), "load__item--soon" if total.soon else "", "hourglass"),
        LoadItem(wording.number(total.unassigned), _("without assignee"), links.to(assignee=NOBODY)),
        LoadItem(wording.number(total.waiting), _("waiting for customer"), links.to(status="waiting"), "load__item--pause" if total.waiting else "", "player-pause"),
    ]
    for day, count in coming.items():
        name = _("today") if day == today else wording.day(day, today)
        items.append(LoadItem(wording.number(count), _("due %(day)s") % {"day": name}, links.to(term=day.isoformat())))
    return items


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
    rows: list[VolumeRow]
    digital: str
    a_year_ago: str
    is_empty: bool


def volume(answer: Answer, line: Sequence[Period], year: Answer, period: Period, today: date) -> Volume:
    columns, rows = [], []
    for index, one in enumerate(line):
        parts = [0, 0, 0]
        for (_code, bucket, channel), tally in answer.items():
            if bucket == index:
                place = 0 if channel == "phone" else 1 if channel in DIGITAL_CHANNELS else 2
                parts[place] += tally.denominator
        columns.append((words.short_name(one), parts))
        name = words.period_name(one, today)
        rows.append(VolumeRow(name, *(wording.number(part) for part in parts), wording.number(sum(parts))))
    totals = [sum(parts) for _name, parts in columns]
    now = columns[-1][1]
    before = year.get(("contacts.digital", 0, ""), Tally())
    title = _("Contacts per %(period)s") % {"period": words.per(period.kind)}
    summary = _("The total went from %(first)s to %(last)s. Phone %(phone)s, digital %(digital)s, counter and letter %(other)s.") % {
        "first": wording.number(totals[0]),
        "last": wording.number(totals[-1]),
        "phone": rows[-1].phone,
        "digital": rows[-1].digital,
        "other": rows[-1].other,
    }
    label = f"{title}, {rows[0].name} – {rows[-1].name}"
    is_empty = not any(totals)
    return Volume(
        title=title,
        chart="" if is_empty else charts.stacked(columns, label, summary),
        rows=rows,
        digital=wording.percent(now[1] / sum(now), 0) if sum(now) else "",
        a_year_ago=wording.percent(before.share, 0) if before.share is not None else "",
        is_empty=is_empty,
    )


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
    last = max((bucket for _code, bucket, _key in answer), default=0)
    now: dict[int, int] = {}
    before: dict[int, int] = {}
    for (_code, bucket, key), tally in answer.items():
        if key:
            counts = now if bucket == last else before
            counts[int(key)] = counts.get(int(key), 0) + tally.denominator
    least = SMALL if hides_small else 3
    rows = []
    for pk, count in now.items():
        if count < least or pk not in house.subjects:
            continue
        usual = before.get(pk, 0) / max(1, last)
        more = count - round(usual)
        rows.append((more, count, pk, f"{wording.number(round(100 * more / usual))}\u00a0%" if usual >= 1 else _("new")))
    rising = sorted((row for row in rows if row[0] > 0), key=lambda row: (-row[0], -row[1], row[2]))[:5]
    top = sorted(rows, key=lambda row: (-row[1], row[2]))[:5]

    def shown(chosen: list[tuple[int, int, int, str]]) -> list[Riser]:
        made = []
        for place, (more, count, pk, percent) in enumerate(chosen, start=1):
            subject = house.subjects[pk]
            href = f"{reverse('kpi:figure', args=['questions.asked'])}?{asked.query(subject=subject.code)}"
            made.append(Riser(place, subject.name, href, wording.number(count), f"+{wording.number(more)}", percent))
        return made

    against = _("compared with the %(periods)s before") % {"periods": words.some_periods(period.kind, last)}
    return Risers(shown(rising), shown(top), against)


@dataclass(frozen=True)
class ChannelRow:
    name: str
    icon: str
    count: str
    bar: SafeString | str
    value: str
    norm: str
    is_met: bool | None
    href: str


def channel_rows(
    answer: Answer,
    last: int,
    tallies: Mapping[str, Sequence[Tally]],
    norms: Mapping[str, ServiceNorm | None],
    scope: Scope,
    query: str,
    hides_small: bool,
) -> list[ChannelRow]:
    """Contacts per channel beside the promise by which the channel is judged."""
    rows = []
    for name, icon, channels, code in CHANNEL_ROWS:
        if scope.channel and scope.channel not in channels:
            continue
        count = sum(answer.get(("contacts.digital", last, channel), Tally()).denominator for channel in channels)
        promise = tallies[code][-1] if code else Tally()
        if not count and promise.is_empty:
            continue
        norm = norms.get(code)
        share = _share(promise, hides_small and not scope.is_whole)
        target = float(norm.target) if norm else None
        rows.append(
            ChannelRow(
                name=str(name),
                icon=icon,
                count=_count(count, hides_small and not scope.is_whole),
                bar=charts.bullet(share, target),
                value=f"{words.points(share)} %" if share is not None else "–",
                norm=f"{words.points(target)} %" if target is not None else "–",
                is_met=_is_met(promise, norm) if share is not None else None,
                href=f"{reverse('kpi:figure', args=[code or 'contacts.digital'])}?{query}",
            )
        )
    return rows


@dataclass(frozen=True)
class TeamRow:
    name: str
    href: str
    open: str
    open_href: str
    late: int
    late_href: str
    bar: SafeString | str
    value: str
    is_met: bool | None


def team_rows(
    answer: Answer,
    codes: Sequence[str],
    norms: Mapping[str, ServiceNorm | None],
    loads: Mapping[int, Load],
    house: Organisation,
    scope: Scope,
    links: QueueLinks,
    asked: Asked,
    hides_small: bool,
) -> list[TeamRow]:
    """Per team what is open and late now, and which part of its promises it kept in the period: sums, never averages of shares."""
    rows = []
    for team in sorted(house.teams.values(), key=lambda one: one.name):
        if scope.team_ids is not None and team.pk not in scope.team_ids:
            continue
        parts = {code: answer.get((code, 0, str(team.pk)), Tally()) for code in codes}
        kept = sum(parts.values(), Tally())
        load = loads.get(team.pk, Load())
        if kept.is_empty and not load.open:
            continue
        wanted = sum(float(norm.target) * parts[code].denominator for code in codes if (norm := norms.get(code)) is not None)
        target = wanted / kept.denominator if not kept.is_empty else None
        share = _share(kept, hides_small)
        rows.append(
            TeamRow(
                name=team.name,
                href=f"{reverse('kpi:dashboard')}?{asked.query(team=team.code)}",
                open=_count(load.open, hides_small),
                open_href=links.to(team_id=team.pk),
                late=load.late if not hides_small or load.late >= SMALL else 0,
                late_href=links.to(term="te_laat", team_id=team.pk),
                bar=charts.bullet(share, target),
                value=f"{words.points(share)} %" if share is not None else "–",
                is_met=share >= target if share is not None and target is not None else None,
            )
        )
    return rows


def _share(tally: Tally, hides_small: bool) -> float | None:
    if tally.is_empty or (hides_small and tally.denominator < SMALL):
        return None
    return 100 * tally.numerator / tally.denominator


def _count(count: int, hides_small: bool) -> str:
    return f"< {SMALL}" if hides_small and 0 < count < SMALL else wording.number(count)


def _is_met(tally: Tally, norm: ServiceNorm | None) -> bool | None:
    return None if norm is None or tally.is_empty else tally.numerator * 100 >= norm.target * tally.denominator


@dataclass(frozen=True)
class HeatCell:
    count: str
    css: str


@dataclass(frozen=True)
class Heat:
    """Calls per weekday and hour, averaged over 8 weeks."""

    hours: list[str]
    rows: list[tuple[str, str, list[HeatCell]]]
    closed: str


def heat(answer: Answer, calendar: Calendar) -> Heat | None:
    counts: dict[tuple[int, int], float] = {}
    for (_code, _bucket, key), tally in answer.items():
        if key:
            weekday, hour = (int(part) for part in key.split("-"))
            counts[(weekday, hour)] = tally.denominator / 8
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
            else:
                step = 1 + min(4, int(5 * value / top)) if top else 1
                cells.append(HeatCell(wording.number(value, 1 if top < 10 and value else 0), f"heat__cell--{step}"))
        rows.append((wording.DAYS[lang][day], wording.DAYS_LONG[lang][day], cells))
    return Heat([f"{hour}–{hour + 1}" for hour in hours], rows, _("hatched: closed"))


@dataclass(frozen=True)
class LateRow:
    badge: wording.Badge | None
    title: str
    href: str
    team: str
    owner: str


def late_rows(user: User, rows: QuestionQuerySet, house: Organisation, at: datetime, count: int) -> list[LateRow]:
    """The questions that are late longest, with who holds them."""
    found: Any = (
        rows.overdue(at)
        .filter(sort_at__lte=at)
        .order_by("sort_at", "id")
        .values("number", "title", "team_id", "due_at", "assignee__name")[:count]
    )
    today = local_day(at)
    shown = []
    for row in found:
        last = wording.last_day(row["due_at"])
        late = house.calendar_of(row["team_id"]).rules.working_days_between(last, today)
        shown.append(
            LateRow(
                badge=wording.deadline_words(row["due_at"], "late", at, late),
                title=row["title"],
                href=reverse("contacts:question", args=[row["number"]]),
                team=house.teams[row["team_id"]].name if row["team_id"] in house.teams else "",
                owner=row["assignee__name"] or "",
            )
        )
    return shown
