"""The page that says how many people the phone needs next week, and where those who are there fall short."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from contacts.rulebook import PICKUP, rulebook
from kpi import words
from kpi.erlang import in_time, needed
from kpi.staffing import AFTER_SECONDS, SLOT, Load, load_of
from organisation import wording
from organisation.workdays import local_day

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from organisation.snapshot import Organisation
    from organisation.workdays import Calendar

MOST_PEOPLE: Final = 99
FEWEST_PEOPLE: Final = 1
"""Whoever is open picks up the phone, also in a half hour in which nobody called for weeks."""
SHARE: Final = 0.9
"""While the norm has no share of its own."""
STEPS: Final = 5
EXACT: Final = lazy(
    "The method is called Erlang C. It takes it that callers come by chance, that nobody hangs up and that calls take about equally long. So it rather asks for one person too many than for one too few."
)


@dataclass(frozen=True)
class SlotCell:
    """`people` empty: closed. `says` is the whole sentence, for a pointer and for who listens."""

    people: str
    css: str
    says: str
    is_short: bool = False


@dataclass(frozen=True)
class DayRow:
    day: str
    day_long: str
    cells: list[SlotCell]
    note: str


@dataclass(frozen=True)
class Short:
    """A stretch of next week for which too few people are there."""

    day: str
    time: str
    words: str


@dataclass(frozen=True)
class StaffingPage:
    lead: str
    people: int | None
    """How many sit there: as asked, else as was usual."""
    usual: str
    slots: list[str]
    rows: list[DayRow]
    shorts: list[Short]
    sentence: str
    how: list[str]
    """What is computed, in sentences that everybody understands."""
    exact: StrPromise
    has_data: bool


def staffing_page(house: Organisation, at: datetime, people: int | None) -> StaffingPage:
    """`people`: how many sit at the phone, as asked; None: as many as usual, when that is known. Three queries."""
    today = local_day(at)
    calendar = house.calendar_of(house.front_office.pk).rules
    monday = today + timedelta(days=7 - today.weekday())
    lead = _("Next week, %(first)s to %(last)s.") % {
        "first": wording.day_long(monday, today),
        "last": wording.day_long(monday + timedelta(days=6), today),
    }
    found = load_of(calendar, today)
    limit = rulebook(house).pickup_seconds(monday, house)
    share = _share(house, monday)
    if found is None:
        return StaffingPage(lead, people, "", [], [], [], "", [], "", has_data=False)
    people = people or found.people or None
    days = [monday + timedelta(days=n) for n in range(7)]
    slots = _slots(calendar, days)
    plan = {
        (day, slot): max(
            FEWEST_PEOPLE,
            needed(found.calls.get((day.weekday(), slot), 0.0), SLOT * 60, found.length, limit, share),
        )
        for day in days
        for slot in slots
        if _is_open(calendar, day, slot)
    }
    most = max(plan.values(), default=0)
    rows = [_row(day, slots, plan, found, limit, most, people, today) for day in days if _is_shown(calendar, day)]
    shorts = _shorts(days, slots, plan, found, limit, people, today)
    return StaffingPage(
        lead=lead,
        people=people,
        usual=_usual(found),
        slots=[_time(slot) for slot in slots],
        rows=rows,
        shorts=shorts,
        sentence=_sentence(shorts, people, most),
        how=_how(found, limit, share, today),
        exact=EXACT,
        has_data=True,
    )


def _share(house: Organisation, day: date) -> float:
    norm = rulebook(house).norm(PICKUP, on=day, channel="phone", team_id=house.front_office.pk, subject_ids=frozenset())
    return float(norm.target) / 100 if norm is not None and norm.target is not None else SHARE


def _is_open(calendar: Calendar, day: date, slot: int) -> bool:
    begins, ends = slot * SLOT, (slot + 1) * SLOT
    return any(opens < ends and closes > begins for opens, closes in calendar.intervals(day))


def _slots(calendar: Calendar, days: list[date]) -> list[int]:
    spans = [span for day in days for span in calendar.intervals(day)]
    if not spans:
        return []
    return list(
        range(min(opens for opens, _closes in spans) // SLOT, -(-max(closes for _opens, closes in spans) // SLOT))
    )


def _is_shown(calendar: Calendar, day: date) -> bool:
    """A weekday on which we are open by habit stands there, also in the week in which it is a holiday."""
    return bool(calendar.intervals(day)) or bool(calendar.weekly.get(day.weekday()))


def _time(slot: int) -> str:
    return f"{slot * SLOT // 60}:{slot * SLOT % 60:02}"


def _row(
    day: date,
    slots: list[int],
    plan: dict[tuple[date, int], int],
    found: Load,
    limit: int,
    most: int,
    people: int | None,
    today: date,
) -> DayRow:
    cells = []
    for slot in slots:
        count = plan.get((day, slot))
        when = f"{_time(slot)}–{_time(slot + 1)}"
        if count is None:
            cells.append(SlotCell("", "heat__cell--0", _("%(time)s: closed") % {"time": when}))
            continue
        calls = found.calls.get((day.weekday(), slot), 0.0)
        says = ngettext("%(time)s: %(people)s person", "%(time)s: %(people)s people", count) % {
            "time": when,
            "people": count,
        }
        says += ", " + _("%(calls)s calls expected") % {"calls": wording.number(round(calls, 1))}
        is_short = people is not None and count > people
        if is_short and people is not None:
            kept = in_time(calls, SLOT * 60, found.length, people, limit)
            says += "; " + _("with %(people)s: %(share)s in time") % {
                "people": people,
                "share": wording.percent(kept, 0),
            }
        step = 1 + min(STEPS - 1, count * STEPS // (most + 1))
        cells.append(SlotCell(str(count), f"heat__cell--{step}", says, is_short))
    note = "" if any(cell.people for cell in cells) else _("closed")
    return DayRow(wording.day(day, today), wording.day_long(day, today), cells, note)


def _shorts(
    days: list[date],
    slots: list[int],
    plan: dict[tuple[date, int], int],
    found: Load,
    limit: int,
    people: int | None,
    today: date,
) -> list[Short]:
    """Half hours that follow each other are one stretch."""
    if people is None:
        return []
    stretches: list[tuple[date, list[int]]] = []
    for day in days:
        for slot in slots:
            if plan.get((day, slot), 0) <= people:
                continue
            if stretches and stretches[-1][0] == day and stretches[-1][1][-1] == slot - 1:
                stretches[-1][1].append(slot)
            else:
                stretches.append((day, [slot]))
    shorts = []
    for day, some in stretches:
        most = max(plan[(day, slot)] for slot in some)
        calls = [found.calls.get((day.weekday(), slot), 0.0) for slot in some]
        kept = sum(in_time(n, SLOT * 60, found.length, people, limit) * n for n in calls) / sum(calls)
        told = {"most": most, "people": people, "share": wording.percent(kept, 0)}
        shorts.append(
            Short(
                wording.day(day, today),
                f"{_time(some[0])}–{_time(some[-1] + 1)}",
                _("%(most)s needed; with %(people)s some %(share)s is picked up in time") % told,
            )
        )
    return shorts


def _sentence(shorts: list[Short], people: int | None, most: int) -> str:
    if people is None:
        return ngettext(
            "At the busiest moment %(count)s person is needed",
            "At the busiest moment %(count)s people are needed",
            most,
        ) % {"count": most}
    if not shorts:
        return ngettext("%(count)s person is enough all week", "%(count)s people are enough all week", people) % {
            "count": people
        }
    return ngettext("%(count)s moment with too few people", "%(count)s moments with too few people", len(shorts)) % {
        "count": len(shorts)
    }


def _usual(found: Load) -> str:
    if not found.people:
        return ""
    return ngettext(
        "In the last %(weeks)s weeks %(count)s person picked up on a day, on average. Are there fewer at the same time? Fill in that number.",
        "In the last %(weeks)s weeks %(count)s people picked up on a day, on average. Are there fewer at the same time? Fill in that number.",
        found.people,
    ) % {"weeks": found.weeks, "count": found.people}


def _how(found: Load, limit: int, share: float, today: date) -> list[str]:
    told = {
        "calls": wording.number(found.seen),
        "weeks": found.weeks,
        "first": wording.day(found.first, today),
        "last": wording.day(found.last, today),
        "length": words.length(found.length),
        "talk": words.length(found.length - AFTER_SECONDS),
        "after": words.length(AFTER_SECONDS),
        "share": wording.percent(share, 0),
        "limit": limit,
    }
    return [
        _(
            "We look at the calls of the last %(weeks)s weeks: %(calls)s calls, %(first)s to %(last)s. For each weekday and half hour we take the average. Days on which we were closed do not count."
        )
        % told,
        _("A call takes %(length)s on average: %(talk)s to talk and %(after)s to write it down.") % told,
        _(
            "The promise: %(share)s of the callers get somebody on the line within %(limit)s seconds. Callers do not come neatly one after another. So there must be more people than the average call asks for."
        )
        % told,
        _("Count people on top for who is ill, has a break or does other work."),
    ]
