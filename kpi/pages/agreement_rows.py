"""Agreements with their results, as the list, one page and a file show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from kpi import words
from kpi.models import TeamAgreement
from kpi.pages.agreement_shapes import AgreementView, Badge, CellView, DayChoice, PromiseView
from kpi.periods import EARLIEST, LATEST, QUARTER, YEAR, period_of
from kpi.promise_words import BELOW, MET, Cell, Row, count_words, rows_of
from kpi.promises import COMING, DUE, LATE, OVER, periods_on, promises_of, state_on
from kpi.reach import hides_small
from kpi.scope import Asked
from organisation import wording
from organisation.addresses import address
from organisation.roles import Right
from organisation.snapshot import Organisation
from organisation.workdays import local_day

if TYPE_CHECKING:
    from organisation.models import User

NO_DAY: Final = date(1, 1, 1)
SIGNS: Final = {MET: ("circle-check", "text-ok"), BELOW: ("alert-triangle", "text-warn")}


def day_of(params: Mapping[str, str], today: date) -> date:
    """The day of which results are asked; today when the address says nothing that can be read."""
    try:
        day = date.fromisoformat(params.get("dag", ""))
    except ValueError:
        return today
    return day if EARLIEST <= day <= LATEST else today


def day_choice(day: date, newest: date) -> DayChoice:
    """The quarter and the year before are one press away: there a talk looks back."""
    quarter, year = period_of(QUARTER, newest).previous(), period_of(YEAR, newest).previous()
    return DayChoice(
        value=day.isoformat(),
        heads=[words.period_name(period, NO_DAY) for period in periods_on(day)],
        quick=[
            (words.period_name(quarter, NO_DAY), f"dag={quarter.last.isoformat()}"),
            (words.period_name(year, NO_DAY), f"dag={year.last.isoformat()}"),
        ],
        is_today=day == newest,
        words=wording.day_long(day, newest),
    )


def views_of(
    agreements: Sequence[TeamAgreement], user: User, house: Organisation, at: datetime, day: date, narrows: bool = False
) -> list[AgreementView]:
    """`narrows`: with the way to a norm of the team's own, for who may make one."""
    today = local_day(at)
    may_read, may_narrow = user.may(Right.NORMS_READ), narrows and user.may(Right.NORMS_WRITE)
    return [
        AgreementView(
            pk=row.pk,
            team=row.team.name,
            href=own_page(row),
            badge=badge_of(row, today),
            since=dates_of(row, today),
            who=str(row.agreed_with),
            talk=wording.day(row.review_on, today),
            sums=[count_words(found, number) for number in range(len(periods_on(day)))],
            rows=[_promise(one, row, may_read, may_narrow) for one in found],
        )
        for row, found in results_of(agreements, user, house, at, day)
    ]


def lines_of(
    user: User, rows: Sequence[TeamAgreement], house: Organisation, at: datetime, day: date
) -> list[list[object]]:
    """For a file: a line for each promise and period."""
    today = local_day(at)
    lines: list[list[object]] = [
        [
            _("Team"),
            _("From"),
            _("Last day"),
            _("State"),
            _("Next talk"),
            _("Code"),
            _("Promise"),
            _("Norm"),
            _("Period"),
            _("First day"),
            _("Up to and including"),
            _("Numerator"),
            _("Denominator"),
            _("Value"),
            _("Target"),
            _("Met"),
        ]
    ]
    for agreement, found in results_of(rows, user, house, at, day):
        lead: list[object] = [
            agreement.team.name,
            agreement.starts_on.isoformat(),
            agreement.ends_on.isoformat() if agreement.ends_on else "",
            badge_of(agreement, today).words,
            agreement.review_on.isoformat(),
        ]
        for row in found:
            for cell in row.cells:
                lines.append([*lead, row.promise.key, row.name, row.terms, *_cells(cell)])
    return lines


def _cells(cell: Cell) -> list[object]:
    is_known = not cell.tally.is_empty
    return [
        words.period_name(cell.period, NO_DAY),
        cell.period.first.isoformat(),
        cell.period.last.isoformat(),
        cell.tally.numerator if is_known else None,
        cell.tally.denominator if is_known else cell.behind,
        round(cell.value, 4) if cell.value is not None else None,
        cell.target,
        cell.words,
    ]


def results_of(
    agreements: Sequence[TeamAgreement], user: User, house: Organisation, at: datetime, day: date
) -> list[tuple[TeamAgreement, list[Row]]]:
    """All results in one reading."""
    promised = [(row, promises_of(row, house)) for row in agreements]
    asked = [(row.team_id, one) for row, promises in promised for one in promises]
    found = iter(rows_of(asked, periods_on(day), day, house, at, hides_small(user)))
    return [(row, [next(found) for _one in promises]) for row, promises in promised]


def _promise(row: Row, agreement: TeamAgreement, may_read: bool, may_narrow: bool) -> PromiseView:
    norm = row.norm
    href = address("contacts:norm", norm.pk) if norm is not None else ""
    can_narrow = may_narrow and norm is not None and not row.is_own and norm.length is not None
    return PromiseView(
        name=row.name,
        terms=row.terms or _("no norm on this day"),
        norm_href=href if may_read else "",
        own=_("own norm of this team") if row.is_own else _("the norm for everybody") if norm is not None else "",
        narrow_href=f"{href}?team={agreement.team_id}" if can_narrow else "",
        cells=[_cell(row, cell, agreement) for cell in row.cells],
    )


def _cell(row: Row, cell: Cell, agreement: TeamAgreement) -> CellView:
    icon, css = SIGNS.get(cell.state, ("circle-dashed", "muted"))
    href = ""
    if row.promise.measure is not None:
        subject = row.promise.subject_id
        asked = Asked(cell.period, team=agreement.team.code, subject=str(subject) if subject is not None else "")
        href = f"{address('kpi:figure', row.promise.code)}?{asked.query()}"
    return CellView(words.period_name(cell.period, NO_DAY), cell.shown, cell.behind, cell.words, icon, css, href)


def badge_of(row: TeamAgreement, today: date) -> Badge:
    return {
        COMING: Badge(_("begins later"), "", "calendar-event"),
        DUE: Badge(_("to be discussed"), "warning", "messages"),
        LATE: Badge(_("talk is late"), "danger", "alert-triangle"),
        OVER: Badge(_("ended"), "inactive", "flag-off"),
    }.get(state_on(row, today), Badge(_("in force"), "success", "circle-check"))


def own_page(row: TeamAgreement) -> str:
    return address("kpi:agreement", row.pk)


def dates_of(row: TeamAgreement, today: date) -> str:
    first = wording.day(row.starts_on, today)
    if row.ends_on is None:
        return _("from %(day)s") % {"day": first}
    return _("%(first)s up to and including %(last)s") % {"first": first, "last": wording.day(row.ends_on, today)}
