"""One figure as a tile: value, norm, trend and the way to what lies behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.models import ServiceNorm
from kpi import words
from kpi.measures.base import SHARE, Measure, Tally
from kpi.measures.ratings import has_waiting
from kpi.periods import Period
from kpi.reach import SMALL
from kpi.shares import is_few, is_small
from kpi.target import Judgement, judge, value_of
from organisation import charts, wording
from organisation.addresses import address


@dataclass(frozen=True)
class Tile:
    """As the template shows it; `css` is ok, below or none."""

    code: str
    name: str
    icon: str
    css: str
    value: str
    unit: str
    state: str
    state_icon: str
    norm: str
    foot: str
    href: str
    delta: str
    delta_icon: str
    delta_words: str
    spark: SafeString | str = ""
    below: str = ""
    """For the lead of the page: the name, when it is under its norm."""


def tile(
    measure: Measure,
    tallies: Sequence[Tally],
    norm: ServiceNorm | None,
    period: Period,
    *,
    today: date,
    query: str = "",
    hides_small: bool = False,
    has_link: bool = True,
    names: Sequence[str] = (),
) -> Tile:
    """`tallies`: the periods before and this one, oldest first; `names`: of the same periods, for the words in the small line."""
    now = tallies[-1]
    is_hidden = hides_small and is_few(measure, now)
    verdict = judge(measure, Tally() if is_hidden else now, norm, period.last)
    css = "none" if verdict.is_met is None else "ok" if verdict.is_met else "below"
    is_waiting = now.is_empty and has_waiting(measure, period)
    too_few = (measure.is_too_few(now) or is_waiting) and not is_hidden
    state, icon = _state(verdict, now, is_hidden, too_few)

    def plotted(one: Tally) -> float | None:
        """What may be shown and says enough; else a gap."""
        is_short = measure.is_too_few(one) or (hides_small and (one.is_empty or is_few(measure, one)))
        return None if is_short else value_of(measure, one)

    before = plotted(tallies[-2]) if len(tallies) > 1 else None
    delta, arrow = _delta(measure, verdict.value, before)
    values = [plotted(one) for one in tallies]
    ending = wording.percent_sign() if measure.kind == SHARE else ""
    said = [
        f"{name}: {words.value_text(measure, value, verdict.target)}{ending if value is not None else ''}"
        for name, value in zip(names, values, strict=False)
    ]
    shown = words.value_text(measure, verdict.value, verdict.target)
    label = _("%(figure)s, %(count)s periods, the last %(value)s") % {
        "figure": measure.name,
        "count": len(values),
        "value": f"{shown}{ending}" if verdict.value is not None else shown,
    }
    return Tile(
        code=measure.code,
        name=words.name_of(measure, norm),
        icon=measure.icon,
        css=css,
        value=shown,
        unit="%" if measure.kind == SHARE and verdict.value is not None else "",
        state=state,
        state_icon=icon,
        norm=norm_words(norm),
        foot=_foot(measure, now, is_hidden, too_few),
        href=f"{address('kpi:figure', measure.code)}?{query}" if has_link else "",
        delta=delta,
        delta_icon=arrow,
        delta_words=_("compared with %(period)s") % {"period": words.previous_name(period, today)},
        spark=charts.spark(values, float(norm.target) if norm else None, label, said),
        below=words.name_of(measure, norm) if verdict.is_met is False else "",
    )


def _foot(measure: Measure, now: Tally, is_hidden: bool, too_few: bool) -> str:
    """How many stand behind the number, as far as that may be told."""
    if now.is_empty:
        return ""
    counted = words.counted(measure.noun, now.denominator)
    if is_hidden:
        return _("fewer than %(count)s") % {"count": SMALL} if is_small(now) else counted
    if too_few:
        return _("%(count)s; %(least)s needed") % {"count": counted, "least": measure.min_answers}
    return words.hits_of(measure, now)


def norm_words(norm: ServiceNorm | None) -> str:
    """`norm 90 %`."""
    return _("norm %(target)s") % {"target": words.target_of(norm)} if norm is not None else ""


def _state(verdict: Judgement, now: Tally, is_hidden: bool, too_few: bool) -> tuple[str, str]:
    if is_hidden:
        return _("too few to show"), "circle-dashed"
    if too_few:
        return _("too few answers"), "circle-dashed"
    if now.is_empty:
        return _("no data"), "circle-dashed"
    if verdict.is_met is None:
        return _("no norm"), "circle-dashed"
    if verdict.is_met:
        return _("norm met"), "circle-check"
    gap = verdict.below or 0.0
    if not gap:
        return _("not above the norm yet"), "alert-triangle"
    shown = max(0.1, round(gap, 1))
    words_ = ngettext("%(points)s point below the norm", "%(points)s points below the norm", _points(shown))
    return words_ % {"points": wording.number(shown)}, "alert-triangle"


def _points(shown: float) -> int:
    """`1,2 punt` in Dutch, `1.2 points` in English."""
    return 1 if shown == 1 or (shown < 2 and wording.language() == "nl") else 2


def _delta(measure: Measure, value: float | None, before: float | None) -> tuple[str, str]:
    if value is None or before is None:
        return "", ""
    change = round(value - before, 1)
    if change == 0:
        return wording.number(0, 1), "arrow-right"
    sign = "+" if change > 0 else "−"
    return f"{sign}{wording.number(abs(change), 1)}", "arrow-up-right" if change > 0 else "arrow-down-right"


def series(answer: Mapping[tuple[str, int, str], Tally], code: str, count: int, key: str = "") -> list[Tally]:
    """The tallies of a measure over the periods of an ask."""
    return [answer.get((code, index, key), Tally()) for index in range(count)]
