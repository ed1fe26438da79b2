"""The deadline of a question: in words, as blocks of working days, and the promise behind it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.norms.promises import COMPLAINT, KEPT_BY_A_MACHINE, is_of_kind
from contacts.pages.timeline_entry import moment_of
from organisation import wording
from organisation.workdays import local_day

if TYPE_CHECKING:
    from contacts.models import Question
    from organisation.snapshot import Organisation

MOST_BLOCKS = 7
Json = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One working day: done, now or to come."""

    words: str
    css: str


@dataclass(frozen=True)
class ClockCard:
    """`time` is the case in a few words; `norm` says which promise and what keeps it."""

    badge: wording.Badge | None
    head: wording.Badge | None
    """The same beside the title, with the whole sentence."""
    time: str
    norm: str
    steps: list[Step] = field(default_factory=list)
    steps_label: str = ""
    clock_id: int | None = None
    law: str = ""
    """The term of the law for a complaint, when another promise matters first."""


def clock_card(question: Question, clocks: list[Json], house: Organisation, at: datetime) -> ClockCard:
    """The promise that matters now: the first still to be kept, else the one that was settled last; with the term of the law."""
    clock = _main(question, clocks)
    return replace(_card(question, clock, house, at), law=_law(question, clock, clocks, at))


def _law(question: Question, shown: Json | None, clocks: list[Json], at: datetime) -> str:
    """Nothing when it is the clock that is shown, and for what is answered or no complaint."""
    of_law = [
        one for one in clocks if one["code"] == COMPLAINT and one["replaced"] is None and one["state"] != "cancelled"
    ]
    if not (question.is_open and of_law) or not is_of_kind(COMPLAINT, question.kind) or of_law[-1] is shown:
        return ""
    clock = of_law[-1]
    if clock["state"] == "met" or _answered(question, clock):
        return ""
    if clock["state"] == "paused":
        return _("Complaint: the term of the law (Awb 9:11) stands still too.")
    due_at = datetime.fromisoformat(clock["due_at"])
    day = {"day": wording.day(wording.last_day(due_at), local_day(at))}
    if at >= due_at:
        return _("Complaint: the term of the law (Awb 9:11) ended on %(day)s.") % day
    return _("Complaint: by law (Awb 9:11) at the latest on %(day)s.") % day


def _card(question: Question, clock: Json | None, house: Organisation, at: datetime) -> ClockCard:
    if clock is None:
        return ClockCard(None, None, _("No deadline"), _("No norm applies to this question."))
    due_at = datetime.fromisoformat(clock["due_at"])
    calendar = house.calendars.get(clock["calendar"]) or house.calendar_of(question.team_id)
    rules = calendar.rules
    today = local_day(at)
    last = wording.last_day(due_at)
    norm = _("Norm: %(name)s.") % {"name": clock["name"]}
    state = clock["state"]
    settled = not question.is_open or state in ("met", "cancelled") or _answered(question, clock)
    if settled:
        if state == "cancelled":
            return ClockCard(None, None, _("Deadline does not count"), norm, clock_id=clock["id"])
        badge = wording.deadline_words(due_at, "met" if state == "met" else "missed", at)
        stopped = moment_of(clock["stopped_at"]) or question.answered_at
        when = wording.day(stopped, today) if stopped else ""
        time = (
            _("Kept on %(day)s") % {"day": when}
            if state == "met" and when
            else _("Answered too late")
            if stopped
            else _("Not kept")
        )
        return ClockCard(
            badge,
            badge,
            time,
            f"{norm} {_('Last day: %(day)s.') % {'day': wording.day(last, today)}}",
            clock_id=clock["id"],
        )
    if state == "paused":
        left = clock["remaining"] or 0
        badge = wording.deadline_words(due_at, "paused", at)
        head = wording.Badge("paused", _("The clock stands still: waiting for the customer"), "player-pause")
        time = _days(left) if clock["unit"] in ("working_days", "calendar_days") else _("The clock stands still")
        return ClockCard(badge, head, time, f"{norm} {_('It goes on when the customer reacts.')}", clock_id=clock["id"])
    late = rules.working_days_between(last, today) if at >= due_at else None
    soon_at = moment_of(clock["soon_at"])
    shown = "soon" if soon_at is not None and at >= soon_at else "running"
    badge = wording.deadline_words(due_at, shown, at, late)
    ends = (
        _("The clock stops when you send an answer.")
        if clock["code"] != "callback.done"
        else _("The clock stops when the customer is called back.")
    )
    return ClockCard(
        _short(badge),
        _sentence(badge, last, today),
        _time_left(due_at, last, today, rules, at, late),
        f"{norm} {ends}",
        *_blocks(clock, last, today, rules),
        clock_id=clock["id"],
    )


def _main(question: Question, clocks: list[Json]) -> Json | None:
    counted = [clock for clock in clocks if clock["replaced"] is None and is_of_kind(clock["code"], question.kind)]
    human = [clock for clock in counted if clock["code"] not in KEPT_BY_A_MACHINE]
    running = [clock for clock in human if clock["state"] == "running"]
    running += [clock for clock in human if clock["state"] == "missed" and not _answered(question, clock)]
    if question.is_open and running:
        return min(running, key=lambda clock: clock["due_at"])
    paused = [clock for clock in human if clock["state"] == "paused"]
    if question.is_open and paused:
        return paused[0]
    settled = [clock for clock in human if clock["state"] in ("met", "missed")]
    return (settled or human or [None])[-1]


def _answered(question: Question, clock: Json) -> bool:
    started = moment_of(clock["started_at"])
    return question.answered_at is not None and started is not None and question.answered_at >= started


def _days(count: int) -> str:
    return ngettext("%(count)s working day left", "%(count)s working days left", count) % {"count": count}


def _time_left(due_at: datetime, last: date, today: date, rules: Any, at: datetime, late: int | None) -> str:
    if late is not None:
        return wording.days_late(late) if late else _("Overdue since %(time)s") % {"time": wording.clock(due_at)}
    if last == today:
        midnight = wording.local(due_at).time().hour == 0 and wording.local(due_at).date() > today
        return _("Until this evening") if midnight else _("Until %(time)s") % {"time": wording.clock(due_at)}
    return _days(max(1, rules.working_days_between(today, last)))


def _short(badge: wording.Badge | None) -> wording.Badge | None:
    if badge is None or badge.state == "late":
        return badge
    word = _("almost overdue") if badge.state == "soon" else _("in time")
    return wording.Badge(badge.state, word, badge.icon, badge.title)


def _sentence(badge: wording.Badge | None, last: date, today: date) -> wording.Badge | None:
    if badge is None:
        return None
    day = wording.day(last, today)
    if badge.state == "late":
        return wording.Badge("late", _("%(late)s: it was due %(day)s") % {"late": badge.word, "day": day}, badge.icon)
    by = _("by today, %(day)s") % {"day": day} if last == today else _("by %(day)s") % {"day": day}
    if badge.state == "soon":
        return wording.Badge("soon", _("Almost overdue: %(by)s") % {"by": by}, badge.icon)
    return wording.Badge("ok", by[:1].upper() + by[1:], badge.icon)


def _blocks(clock: Json, last: date, today: date, rules: Any) -> tuple[list[Step], str]:
    """A block for each working day of a short promise; the rest is said in words."""
    started = moment_of(clock["started_at"])
    if clock["unit"] != "working_days" or started is None:
        return [], ""
    days: list[date] = []
    day = max(local_day(started), last - timedelta(days=60))
    while day < last and len(days) <= MOST_BLOCKS:
        day += timedelta(days=1)
        if rules.is_working_day(day):
            days.append(day)
    if len(days) > MOST_BLOCKS or not days:
        return [], ""
    steps = []
    for one in days:
        words = _("today") if one == today else " ".join(wording.day(one, today).split(" ")[:2])
        css = "done" if one < today else "now" if one == today else ""
        steps.append(Step(words, css))
    return steps, ngettext("%(count)s working day", "%(count)s working days", len(days)) % {"count": len(days)}
