"""The wallboard: how today goes, for everybody in the room. Only counts; no name of a customer or an employee.

Who is signed in and sees aggregates only reads no small number of a team here either (`small`).
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.models import Question
from contacts.rulebook import Rulebook, rulebook
from kpi import words
from kpi.measures import backlog
from kpi.measures.backlog import Load
from kpi.measures.base import SHARE, Measure, Tally
from kpi.periods import DAY, Period
from kpi.reading import Ask, read
from kpi.registry import MEASURES
from kpi.scope import Scope
from kpi.shares import count_words, hidden_of, parts_words
from kpi.target import judge, norm_of
from kpi.waiting_calls import waiting_calls
from kpi.wall import Opening, opening
from organisation import charts, wording
from organisation.snapshot import Organisation
from organisation.workdays import local_day

FIRST: Final = ("phone.pickup", "phone.direct", "email.answer", "callback.done", "chat.first_response")
"""These stand first, the other promises after them when something of them was settled today."""
OTHERS: Final = ("social.respond", "letter.respond", "form.answer", "visit.wait")
SHOWN: Final = 6
TEAMS: Final = 6
KEPT: Final = timedelta(seconds=10)
"""So long one computation serves every screen."""


@dataclass(frozen=True)
class ChannelRow:
    """One promise today; `css` is ok, warn or none."""

    code: str
    name: str
    icon: str
    count: str
    bar: SafeString | str
    value: str
    norm: str
    state: str
    state_icon: str
    css: str


@dataclass(frozen=True)
class TeamRow:
    name: str
    open: str
    soon: str
    late: str
    has_late: bool


@dataclass(frozen=True)
class QueueTile:
    """Who waits on the phone now. `css` is soon or late, or empty when nobody waits."""

    count: str
    note: str
    seconds: int
    limit: int
    css: str


@dataclass(frozen=True)
class Wall:
    """Everything on the screen, without the clock: the screen itself knows what time it is."""

    where: str
    """The teams it is limited to; empty for all."""
    date: str
    opening: Opening
    has_phone: bool
    queue: QueueTile | None
    """None: no exchange tells us."""
    waiting: str
    """Waits for the customer; stands where the phone stands on a screen of teams that do not answer it."""
    longest: str
    """The longest wait of today's calls that are known; empty without any."""
    open: str
    unassigned: str
    soon: str
    has_soon: bool
    late: str
    has_late: bool
    late_note: str
    rows: list[ChannelRow]
    teams: list[TeamRow]
    other_teams: str


@dataclass(frozen=True)
class Fragment:
    """The screen as markup, with what a browser needs to ask for the next one."""

    html: str
    etag: str


def wall(house: Organisation, at: datetime, team_ids: frozenset[int] | None = None, *, small: bool = False) -> Wall:
    """Four queries: today's figures, what is open per team and who waits on the phone. `team_ids` None: all."""
    today = local_day(at)
    period = Period(DAY, today, today)
    scope = Scope(period, team_ids)
    has_phone = team_ids is None or house.front_office.pk in team_ids
    questions = Question.objects.all().open()
    loads = backlog.by_team(questions if team_ids is None else questions.filter(team_id__in=team_ids), at)
    total = sum(loads.values(), Load())
    first = [code for code in FIRST if has_phone or MEASURES[code].channel != "phone"]
    codes = (*first, *OTHERS, "phone.wait")
    (answer,) = read([Ask(codes, (period,))], scope, at=at, today=today)
    found = {code: answer.get((code, 0, ""), Tally()) for code in codes}
    rules = rulebook(house) if house.default_calendar is not None else None
    chosen = [*first, *(code for code in OTHERS if not found[code].is_empty)][:SHOWN]
    rows = [_row(MEASURES[code], found[code], scope, house, rules) for code in chosen]
    longest = found["phone.wait"].highest
    teams = _teams(loads, house, small)
    calendar = house.calendar_of(house.front_office.pk) if house.default_calendar is not None else None
    return Wall(
        where=where(house, team_ids),
        has_phone=has_phone,
        queue=_queue(house, at) if has_phone else None,
        waiting=wording.number(total.waiting),
        date=wording.day_long(today, today),
        opening=opening(calendar.rules if calendar is not None else None, at),
        longest="" if longest is None else words.seconds(longest),
        open=count_words(total.open, small),
        unassigned=ngettext("%(count)s without assignee", "%(count)s without assignee", total.unassigned)
        % {"count": wording.number(total.unassigned)},
        soon=count_words(total.soon, small),
        has_soon=bool(total.soon),
        late=count_words(total.late, small),
        has_late=bool(total.late),
        late_note=_late_note(teams, total),
        rows=rows,
        teams=teams[:TEAMS],
        other_teams=ngettext("and %(count)s team more", "and %(count)s teams more", len(teams) - TEAMS)
        % {"count": len(teams) - TEAMS}
        if len(teams) > TEAMS
        else "",
    )


def _queue(house: Organisation, at: datetime) -> QueueTile | None:
    found = waiting_calls(at)
    if found is None:
        return None
    limit = rulebook(house).pickup_seconds(local_day(at), house)
    if not found.count:
        return QueueTile("0", _("nobody waits"), 0, limit, "")
    told = {"time": words.seconds(found.seconds), "norm": words.seconds(limit)}
    css = "late" if found.seconds > limit else "soon"
    return QueueTile(wording.number(found.count), _("longest %(time)s of %(norm)s") % told, found.seconds, limit, css)


def where(house: Organisation, team_ids: frozenset[int] | None) -> str:
    """`Belastingen, Burgerzaken`; empty for all."""
    return ", ".join(sorted(house.teams[pk].name for pk in team_ids or () if pk in house.teams))


def _row(measure: Measure, tally: Tally, scope: Scope, house: Organisation, rules: Rulebook | None) -> ChannelRow:
    norm = norm_of(measure, scope, house, rules, scope.period.last) if rules is not None else None
    verdict = judge(measure, tally, norm, scope.period.last)
    has_value = verdict.value is not None and measure.kind == SHARE
    if not has_value:
        state, icon, css = _("no data"), "circle-dashed", "none"
    elif verdict.is_met is None:
        state, icon, css = _("no norm"), "circle-dashed", "none"
    elif verdict.is_met:
        state, icon, css = _("good"), "circle-check", "ok"
    else:
        state, icon, css = _("below"), "alert-triangle", "warn"
    target = float(verdict.target) if verdict.target is not None else None
    return ChannelRow(
        code=measure.code,
        name=words.name_of(measure, norm),
        icon=measure.icon,
        count=wording.number(tally.denominator) if has_value else "–",
        bar=charts.bullet(verdict.value, target) if has_value else "",
        value=words.shown(measure, verdict.value, verdict.target) if has_value else "–",
        norm=wording.percent(target / 100) if target is not None else "–",
        state=state,
        state_icon=icon,
        css=css,
    )


def _teams(loads: dict[int, Load], house: Organisation, small: bool) -> list[TeamRow]:
    """Most overdue first, then most open; what is hidden of who sees aggregates only stands as if it were nothing, for its place would tell it."""
    known = sorted(
        ((house.teams[pk], load) for pk, load in loads.items() if pk in house.teams), key=lambda row: row[0].name
    )
    columns = [
        [load.late for _team, load in known],
        [load.open for _team, load in known],
        [load.soon for _team, load in known],
    ]
    hidden = [hidden_of(counts) if small else [False] * len(counts) for counts in columns]
    words_ = [parts_words(counts, told) for counts, told in zip(columns, hidden, strict=True)]
    rows = []
    for place, (team, load) in enumerate(known):
        late, opened, soon = (column[place] for column in words_)
        order = tuple(
            0 if told[place] else -counts[place] for counts, told in zip(columns[:2], hidden[:2], strict=True)
        )
        has_late = bool(load.late) and any(word != "–" for word in words_[0])
        rows.append((order, TeamRow(team.name, opened, soon, late, has_late)))
    return [row for _order, row in sorted(rows, key=lambda pair: pair[0])]


def _late_note(teams: Sequence[TeamRow], total: Load) -> str:
    """Where most of what is overdue is."""
    if not total.late:
        return _("nothing is overdue")
    first = next((row for row in teams if row.has_late), None)
    if first is None:
        return ""
    return _("%(count)s at %(team)s") % {"count": first.late, "team": first.name}


_kept: dict[tuple[object, ...], tuple[datetime, Fragment]] = {}
_lock = threading.Lock()


def fragment(
    house: Organisation, at: datetime, team_ids: frozenset[int] | None = None, *, small: bool = False
) -> Fragment:
    """What every screen of these teams shows; made once in ten seconds in this process, however many screens ask."""
    key = (house.version, wording.language(), team_ids, small)
    kept = _kept.get(key)
    if kept is not None and timedelta() <= at - kept[0] < KEPT:
        return kept[1]
    with _lock:  # the other screens wait for this one computation
        kept = _kept.get(key)
        if kept is not None and timedelta() <= at - kept[0] < KEPT:
            return kept[1]
        html = render_to_string("kpi/wall_now.html", {"wall": wall(house, at, team_ids, small=small)})
        etag = hashlib.sha256(html.encode()).hexdigest()[:24]
        made = Fragment(html, f'"{etag}"')
        for old in [old for old, (moment, _made) in _kept.items() if not timedelta() <= at - moment < KEPT]:
            del _kept[old]
        _kept[key] = (at, made)
        return made


@lru_cache(maxsize=1)
def release() -> str:
    """Changes with every release that changes what a screen runs or how it looks: the screen then loads itself anew."""
    parts = (settings.SPECTACULAR_SETTINGS["VERSION"], *(static(name) for name in ("js/wall.js", "css/app.css")))
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:12]
