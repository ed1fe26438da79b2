"""Every figure by its code; a new one is added to a module in `measures` and stands here by itself."""

from __future__ import annotations

from kpi.measures import clocks, direct_answer, holding, phone, volumes
from kpi.measures.base import Measure, Source

ORDER = ("phone.pickup", "phone.direct", "email.answer", "letter.respond", "social.respond", "callback.done")
"""The first tiles; the others follow in the order of their modules."""

_ALL = [*phone.MEASURES, *direct_answer.MEASURES, *clocks.MEASURES, *volumes.MEASURES, *holding.MEASURES]
MEASURES: dict[str, Measure] = {
    measure.code: measure
    for measure in sorted(_ALL, key=lambda m: ORDER.index(m.code) if m.code in ORDER else len(ORDER))
}
ROLLED_UP: tuple[Measure, ...] = tuple(measure for measure in MEASURES.values() if measure.is_rolled_up)
TILES: tuple[Measure, ...] = tuple(measure for measure in MEASURES.values() if measure.on_tile)


def sources() -> list[Source]:
    """The tables that figures count."""
    found: dict[str, Source] = {}
    for measure in ROLLED_UP:
        found.setdefault(measure.source.name, measure.source)
    return list(found.values())
