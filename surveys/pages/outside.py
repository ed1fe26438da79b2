"""What others measured of us: against the norm and earlier years, as a table and a line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from contacts.norms.defaults import STARTING_POINTS
from contacts.rulebook import rulebook
from organisation import charts, wording
from organisation.snapshot import Organisation
from organisation.workdays import local_day
from surveys.models import OutsideIndicator, OutsideResult

Unit = OutsideIndicator.Unit


@dataclass(frozen=True)
class ResultRow:
    """One measurement in words."""

    pk: int
    when: str
    score: str
    interval: str
    size: str
    source: str
    norm: str
    """How it stands to the norm of its time; empty without one."""
    norm_css: str
    change: str
    """Since the measurement before."""
    is_example: bool
    is_removed: bool
    is_selected: bool


@dataclass(frozen=True)
class IndicatorRow:
    code: str
    name: str
    score: str
    when: str
    source: str
    target: str
    norm: str
    norm_css: str
    change: str
    due: str
    """When it should be measured again."""
    is_due: bool
    is_example: bool


@dataclass(frozen=True)
class IndicatorPage:
    indicator: OutsideIndicator
    sentence: str
    target: str
    due: str
    rows: list[ResultRow]
    chart: SafeString | str


def indicator_rows(house: Organisation, at: datetime) -> list[IndicatorRow]:
    """Two queries."""
    found = []
    for one in OutsideIndicator.objects.prefetch_related("results"):
        standing = [row for row in one.results.all() if not row.is_removed]
        last, before = (standing[-1] if standing else None), (standing[-2] if len(standing) > 1 else None)
        target = target_of(one, house, at)
        found.append(
            IndicatorRow(
                code=one.code,
                name=one.name,
                score=shown(one.unit, last.value) if last else "–",
                when=moment(last) if last else "",
                source=last.source if last else "",
                target=_wanted(one, target) if target is not None else "–",
                norm=_to_norm(one, last, target)[0] if last else _("no data"),
                norm_css=_to_norm(one, last, target)[1] if last else "inactive",
                change=_change(one, last, before) if last else "",
                due=_due(one, last),
                is_due=_is_due(one, last, local_day(at).year),
                is_example=bool(last and last.is_example),
            )
        )
    return found


def indicator_page(one: OutsideIndicator, house: Organisation, at: datetime, selected: int = 0) -> IndicatorPage:
    every = list(one.results.all())
    standing = [row for row in every if not row.is_removed]
    before = dict(zip([row.pk for row in standing[1:]], standing[:-1], strict=True))
    target = target_of(one, house, at)
    last = standing[-1] if standing else None
    return IndicatorPage(
        indicator=one,
        sentence=_sentence(one, last, target),
        target=_wanted(one, target) if target is not None else "",
        due=_due(one, last),
        rows=[_row(one, row, before.get(row.pk), target, selected) for row in reversed(every)],
        chart=_chart(one, standing, target),
    )


def target_of(one: OutsideIndicator, house: Organisation, at: datetime) -> Decimal | None:
    """The target of its norm as it holds today, for everybody."""
    today = local_day(at)
    norms = [
        norm
        for norm in rulebook(house).norms.get(one.norm_code, ())
        if norm.team_id is None
        and norm.subject_id is None
        and norm.valid_from <= today
        and (norm.valid_until is None or today < norm.valid_until)
    ]
    return norms[-1].target if norms else None


def shown(unit: str, value: Decimal | float) -> str:
    """`6,7`, `68 %`, `1.204`."""
    exact = Decimal(str(value))
    if unit == Unit.PERCENT:
        return f"{wording.points(exact)}{wording.percent_sign()}"
    if unit == Unit.MARK:
        places = 2 if exact != round(exact, 1) else 1
        return wording.number(exact, places)
    return wording.number(exact)


def moment(row: OutsideResult) -> str:
    """`2025`, `juni 2025`."""
    if not row.month:
        return str(row.year)
    return f"{wording.MONTHS_LONG[wording.language()][row.month - 1]} {row.year}"


def short_moment(row: OutsideResult) -> str:
    return f"{wording.MONTHS[wording.language()][row.month - 1]} {row.year}" if row.month else str(row.year)


def interval(unit: str, value: Decimal, size: int | None) -> str:
    """Of a share between which it lies with 95 % certainty; of a mark nobody can tell from the mean alone."""
    if unit != Unit.PERCENT or not size:
        return "–"
    share = float(value) / 100
    half = 1.96 * math.sqrt(share * (1 - share) / size)
    low, high = max(0.0, share - half) * 100, min(1.0, share + half) * 100
    return f"{wording.number(round(low))} – {wording.number(round(high))}{wording.percent_sign()}"


def _row(
    one: OutsideIndicator, row: OutsideResult, before: OutsideResult | None, target: Decimal | None, selected: int
) -> ResultRow:
    norm, css = ("", "") if row.is_removed else _to_norm(one, row, target)
    return ResultRow(
        pk=row.pk,
        when=moment(row),
        score=shown(one.unit, row.value),
        interval=interval(one.unit, row.value, row.sample_size),
        size=wording.number(row.sample_size) if row.sample_size else "–",
        source=row.source,
        norm=norm,
        norm_css=css,
        change=_change(one, row, before) if before is not None else "",
        is_example=row.is_example,
        is_removed=row.is_removed,
        is_selected=row.pk == selected,
    )


def _must_exceed(one: OutsideIndicator) -> bool:
    """Its norm is where the municipality began: a score that equals it is no better."""
    return one.norm_code in STARTING_POINTS and not one.is_lower_better


def _wanted(one: OutsideIndicator, target: Decimal) -> str:
    text = shown(one.unit, target)
    return _("more than %(target)s") % {"target": text} if _must_exceed(one) else text


def _to_norm(one: OutsideIndicator, row: OutsideResult, target: Decimal | None) -> tuple[str, str]:
    """In words, and the colour of the badge."""
    if target is None:
        return "", "inactive"
    difference = row.value - target
    if difference == 0:
        if _must_exceed(one):
            return _("not above the norm yet"), "warning"
        return _("equal to the norm"), "success"
    words = _("above the norm") if difference > 0 else _("under the norm")
    return words, "success" if (difference > 0) != one.is_lower_better else "warning"


def _change(one: OutsideIndicator, row: OutsideResult, before: OutsideResult | None) -> str:
    """`+0,2 sinds 2023`."""
    if before is None:
        return ""
    difference = row.value - before.value
    sign = "+" if difference > 0 else "−"
    size = shown(one.unit, abs(difference)) if one.unit != Unit.PERCENT else wording.number(abs(difference).normalize())
    given = {"change": f"{sign}{size}", "when": moment(before)}
    if not difference:
        return _("the same as in %(when)s") % given
    if one.unit == Unit.PERCENT:
        return _("%(change)s points since %(when)s") % given
    return _("%(change)s since %(when)s") % given


def _due(one: OutsideIndicator, last: OutsideResult | None) -> str:
    return str(last.year + one.every_years) if last is not None and one.every_years else ""


def _is_due(one: OutsideIndicator, last: OutsideResult | None, year: int) -> bool:
    return last is not None and one.every_years is not None and last.year + one.every_years <= year


def _sentence(one: OutsideIndicator, last: OutsideResult | None, target: Decimal | None) -> str:
    """`Heldere taal: 71 % in 2025, boven de norm`."""
    if last is None:
        return one.name
    given = {"name": one.name, "score": shown(one.unit, last.value), "when": moment(last)}
    norm = _to_norm(one, last, target)[0]
    return (_("%(name)s: %(score)s in %(when)s") % given) + (f", {norm}" if norm else "")


def _chart(one: OutsideIndicator, standing: Sequence[OutsideResult], target: Decimal | None) -> SafeString | str:
    if len(standing) < 2:
        return ""
    points: list[Any] = [
        (short_moment(row), float(row.value), f"{moment(row)}\n{shown(one.unit, row.value)}\n{row.source}")
        for row in standing
    ]
    label = _("%(name)s: %(count)s measurements, the last %(score)s") % {
        "name": one.name,
        "count": len(standing),
        "score": shown(one.unit, standing[-1].value),
    }
    above = _("norm") if not one.is_lower_better else ""
    unit = wording.percent_sign() if one.unit == Unit.PERCENT else ""
    return charts.line(points, float(target) if target is not None else None, label, above, unit)
