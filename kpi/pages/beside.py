"""Figures that stand beside a figure: waiting, giving up, repeat traffic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from kpi import words
from kpi.measures.base import Tally
from kpi.pages.cuts import value_words
from kpi.pages.figure_counts import BESIDE
from kpi.reach import SMALL
from kpi.registry import MEASURES
from kpi.scope import Scope
from kpi.shares import is_cut, is_few, is_small
from kpi.target import value_of
from organisation.addresses import address

if TYPE_CHECKING:
    from kpi.measures.base import Measure

NOTHING: Final = "–"


@dataclass(frozen=True)
class Fact:
    """A figure beside the figure."""

    name: str
    value: str
    note: str
    href: str


def facts_of(measure: Measure, query: str, beside: Mapping[str, Tally], scope: Scope, small: bool) -> list[Fact]:
    """`small`: for who sees aggregates only. Each stands on fewer rows than the figure itself, so each is hidden by its own size."""
    facts = []
    for code in BESIDE.get(measure.code, ()):
        other = MEASURES[code]
        found = beside.get(code, Tally())
        is_hidden = small and is_cut(other, scope) and is_few(other, found)
        href = f"{address('kpi:figure', code)}?{query}"
        facts.append(
            Fact(
                str(other.name),
                NOTHING if is_hidden else value_words(other, value_of(other, found)),
                _("fewer than %(count)s") % {"count": SMALL}
                if is_hidden and is_small(found)
                else words.counted(other.noun, found.denominator)
                if is_hidden
                else ""
                if found.is_empty
                else words.hits_of(other, found),
                href,
            )
        )
        if code == "phone.wait":
            is_told = found.highest is not None and not found.is_empty and not is_hidden
            facts.append(Fact(_("Longest wait"), words.seconds(found.highest or 0) if is_told else NOTHING, "", href))
    return facts
