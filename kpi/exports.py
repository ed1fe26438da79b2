"""Figures and the lists behind them as files: cells that cannot run, sizes that are limited, acts on record (quality rule 41)."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from channels_app.models.channel import DIGITAL_CHANNELS
from contacts import normalize
from contacts.csv_cells import csv_text
from contacts.rulebook import rulebook
from kpi import words
from kpi.measures.base import COUNT, SHARE, Measure, Tally
from kpi.pages.cuts import by_quarter, hidden_quarters, quarter_name
from kpi.pages.figure_counts import has_quarters
from kpi.pages.filters import Question
from kpi.pages.queues import queue_cells, team_cells
from kpi.pages.row_words import WAITS, shown
from kpi.pages.rows import columns, rows_of
from kpi.periods import Period, between
from kpi.reach import export_teams, hides_small, rows_for
from kpi.reading import QUARTERS, Ask, read
from kpi.registry import MEASURES, ROLLED_UP
from kpi.scope import Scope
from kpi.shares import hidden_words, instead_of, is_cut, is_few
from kpi.target import Judgement, judge, norm_of
from organisation import audit, wording
from organisation.errors import Refused
from organisation.roles import Right
from organisation.rounding import beside
from organisation.snapshot import Organisation
from organisation.workdays import local_day

if TYPE_CHECKING:
    from organisation.models import User

REASON = 5
DAYS_PER_FILE = 1_100
Key = TypeVar("Key")


def csv_response(lines: Sequence[Sequence[object]], name: str) -> HttpResponse:
    """A file that a spreadsheet opens and does not run."""
    response = HttpResponse(csv_text(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def file_name(measure: Measure, period: Period, part: str = "") -> str:
    """`teruggebeld-op-tijd-2026-11-16-2026-11-22.csv`: the figure in the words of the screen."""
    return f"{slugify(str(measure.name)) or measure.code}{part}-{period.first}-{period.last}.csv"


def dashboard_lines(question: Question, user: User, house: Organisation, at: datetime) -> list[list[object]]:
    """Every figure of the period, one a line."""
    period, scope = question.asked.period, question.scope
    _check_reach(user, scope, house)
    codes = tuple(measure.code for measure in ROLLED_UP)
    (answer,) = read([Ask(codes, (period,))], scope, at=at, today=local_day(at))
    lines: list[list[object]] = [_head([_("Code"), _("Figure"), _("From"), _("Up to and including"), _("Of")])]
    small = hides_small(user)
    for code, measure in MEASURES.items():
        found = answer.get((code, 0, ""), Tally()) if measure.is_rolled_up else measure.count(scope, at)
        lead: list[object] = [
            code,
            str(measure.name),
            period.first.isoformat(),
            period.last.isoformat(),
            question.where,
        ]
        lines.append(lead + _cells(measure, found, scope, house, local_day(at), _alone(measure, found, scope, small)))
    return lines


def figure_lines(
    measure: Measure, question: Question, user: User, house: Organisation, at: datetime
) -> list[list[object]]:
    """One figure per day, team and channel of the period; of calls also per quarter of an hour, queue and team that picked up."""
    period, scope = question.asked.period, question.scope
    if period.days > DAYS_PER_FILE:
        raise Refused(_("Choose a period of at most three years for a file."))
    _check_reach(user, scope, house)
    days = tuple(between(day, day) for day in period.all_days())
    small, today = hides_small(user), local_day(at)
    lines: list[list[object]] = [_head([_("Cut by"), _("Which")])]

    def cells(one: Tally, its: Scope, instead: str) -> list[object]:
        return _cells(measure, one, its, house, today, instead)

    if not measure.is_rolled_up:
        alone = measure.count(scope, at)
        total = cells(alone, scope, _alone(measure, alone, scope, small))
        lines.append([_("period"), words.dates(period), *total])
        return lines
    asks = [
        Ask((measure.code,), (period,)),
        Ask((measure.code,), days),
        Ask((measure.code,), (period,), "team"),
        Ask((measure.code,), (period,), "channel"),
    ]
    if has_quarters(measure, scope):
        asks.append(Ask((measure.code,), (period,), QUARTERS))
    whole, by_day, by_team, by_channel, *by_quarters = read(
        asks,
        scope,
        at=at,
        today=today,
    )
    found = whole.get((measure.code, 0, ""), Tally())
    total = cells(found, scope, _alone(measure, found, scope, small))
    lines.append([_("period"), words.dates(period), *total])
    for (_code, index, _key), one, instead in _told(measure, sorted(by_day.items()), small):
        lines.append([_("day"), days[index].first.isoformat(), *cells(one, scope.over(days[index]), instead)])
    for (_code, _index, key), one, instead in _told(measure, sorted(by_team.items()), small):
        team = house.teams.get(int(key)) if key else None
        its_scope = scope.of_team(team.pk) if team is not None else scope
        lines.append([_("team"), team.name if team else "", *cells(one, its_scope, instead)])
    channels = sorted(by_channel.items())
    digital = [key in DIGITAL_CHANNELS for (_code, _index, key), _one in channels]
    for (_code, _index, key), one, instead in _told(measure, channels, small, digital):
        its_scope = scope.of_channel(key) if key else scope
        lines.append([_("channel"), str(wording.channel_name(key)), *cells(one, its_scope, instead)])
    for each in by_quarters:
        quarters = by_quarter(each)
        hours, hidden = [start // 4 for start in quarters], hidden_quarters(quarters)
        for start, one, instead in _told(measure, list(quarters.items()), small, hours, hidden=hidden):
            lines.append([_("quarter of an hour"), quarter_name(start), *cells(one, scope, instead)])
    for word, parts in (
        (_("queue"), queue_cells(measure, scope, at)),
        (_("team that picked up"), team_cells(measure, scope, house, at)),
    ):
        for name, one, instead in _told(measure, sorted(parts, key=lambda part: part[0]), small):
            lines.append([word, name, *cells(one, scope, instead)])
    return lines


def row_lines(
    measure: Measure,
    question: Question,
    part: str,
    reason: str,
    *,
    by: User,
    at: datetime,
    house: Organisation,
    limit: int,
) -> list[list[object]]:
    """The list behind a figure. More rows than allowed is refused, never cut off in silence; the reason goes on record."""
    if not (by.may(Right.LISTS_EXPORT) and by.may(Right.FIGURES_DRILL)):
        raise PermissionDenied
    reason = normalize.clean_line(reason, 300)
    if len(reason) < REASON:
        raise Refused(_("Write in a few words what the list is for."), "reason")
    column = Coalesce("settled_at", "due_at") if measure.source.name == "clock" else F(measure.source.moment)
    rows = rows_for(by, measure, rows_of(measure, question.scope, part, at), taken=True).annotate(its_moment=column)
    found = list(columns(measure, rows, by).order_by("-its_moment", "-id")[: limit + 1])
    if len(found) > limit:
        raise Refused(
            _("This list has more than %(limit)s rows. Choose a shorter period or a filter.")
            % {"limit": wording.number(limit)}
        )
    lines: list[list[object]] = [
        [
            _("Moment"),
            str(WAITS.get(measure.source.name, _("Wait"))),
            _("Question"),
            _("Number"),
            _("Team"),
            _("Channel"),
            _("Caller"),
            words.hits_word(measure) or _("In the norm"),
        ]
    ]
    for row in found:
        one = shown(measure, row, house, at)
        number = one.href.rstrip("/").rsplit("/", 1)[-1] if one.href else ""
        verdict = (_("yes") if one.is_hit else _("no")) if measure.kind == SHARE else ""
        moment = f"{wording.local(row['its_moment']):%Y-%m-%d %H:%M:%S}"
        wait = row.get("wait_seconds", row.get("held_seconds", row.get("level", "")))
        lines.append([moment, wait, one.title, number, one.team, one.channel, one.number, verdict])
    audit.record(
        by=by,
        action="export.list",
        rows=len(found),
        figure=measure.code,
        part=part,
        query=question.asked.query(),
        reason=reason,
    )
    return lines


def _check_reach(user: User, scope: Scope, house: Organisation) -> None:
    """A file holds what the screen shows: of more teams than somebody may take along it is refused, never narrowed in silence."""
    if not user.may(Right.FIGURES_EXPORT):
        raise PermissionDenied
    teams = export_teams(user)
    if teams is None or (scope.team_ids is not None and scope.team_ids <= teams):
        return
    names = sorted(house.teams[pk].name for pk in teams if pk in house.teams)
    raise Refused(
        _("You may download the figures of the teams that you lead: %(teams)s. Choose one of these teams first.")
        % {"teams": ", ".join(names)}
    )


def _head(lead: list[object]) -> list[object]:
    return [*lead, _("Numerator"), _("Denominator"), _("Value"), _("Norm"), _("Met")]


def _alone(measure: Measure, found: Tally, scope: Scope, small: bool) -> str:
    """What stands instead of a figure that is in no table, for who sees aggregates only; empty when it may be told."""
    return hidden_words(found.denominator) if small and is_cut(measure, scope) and is_few(measure, found) else ""


def _told(
    measure: Measure,
    cells: Sequence[tuple[Key, Tally]],
    small: bool,
    *levels: Sequence[Hashable],
    hidden: Sequence[bool] = (),
) -> list[tuple[Key, Tally, str]]:
    """The cells of one cut, each with what stands instead of its numbers: the total stands in the same file. `levels` and `hidden` as in
    `instead_of`."""
    said = instead_of(measure, [one for _key, one in cells], *levels, hidden=hidden) if small else [""] * len(cells)
    return [(key, one, instead) for (key, one), instead in zip(cells, said, strict=True)] if said is not None else []


def _cells(
    measure: Measure, found: Tally, scope: Scope, house: Organisation, today: date, instead: str
) -> list[object]:
    """Judged by the norm that holds for this part on its newest day, as on its own page. `instead`: what stands there of a hidden one."""
    if instead and not found.is_empty:
        return ["", instead, "", "", ""]
    norm = norm_of(measure, scope, house, rulebook(house), scope.period.newest_day(today))
    verdict = judge(measure, found, norm, scope.period.last)
    if found.is_empty:
        return ["", "", _("no data"), float(norm.target) if norm else "", ""]
    met = "" if verdict.is_met is None else _("yes") if verdict.is_met else _("no")
    return [
        found.numerator,
        found.denominator if measure.kind != COUNT else "",
        _value(measure, verdict),
        float(norm.target) if norm else "",
        met,
    ]


def _value(measure: Measure, verdict: Judgement) -> float | int | str:
    """A count is a whole number."""
    if verdict.value is None:
        return ""
    return int(verdict.value) if measure.kind == COUNT else round(beside(verdict.value, verdict.target, 2), 2)
