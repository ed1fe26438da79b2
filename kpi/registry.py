"""Every figure by its code; a new one is added to a module in `measures` and stands here by itself."""

from __future__ import annotations

from kpi.measures import clocks, direct_answer, holding, language, phone, ratings, volumes
from kpi.measures.base import Measure, Source
from organisation.snapshot import Organisation

ORDER = ("phone.pickup", "phone.direct", "email.answer", "letter.respond", "social.respond", "callback.done")
"""The first tiles; the others follow in the order of their modules."""

_ALL = [
    *phone.MEASURES,
    *direct_answer.MEASURES,
    *clocks.MEASURES,
    *volumes.MEASURES,
    *holding.MEASURES,
    *ratings.MEASURES,
    *language.MEASURES,
]
MEASURES: dict[str, Measure] = {
    measure.code: measure
    for measure in sorted(_ALL, key=lambda m: ORDER.index(m.code) if m.code in ORDER else len(ORDER))
}
ROLLED_UP: tuple[Measure, ...] = tuple(measure for measure in MEASURES.values() if measure.is_rolled_up)
WATCHED: tuple[Measure, ...] = tuple(measure for measure in ROLLED_UP if measure.is_watched)
TILES: tuple[Measure, ...] = tuple(measure for measure in MEASURES.values() if measure.on_tile)


ANSWERS = (
    "email.answer",
    "letter.respond",
    "form.answer",
    "social.respond",
    "handover.answer",
    "callback.done",
    "complaint.settle",
)
"""What a team answers: the promises that count in "answered in time" per team."""
FRONT_OFFICE = frozenset({"phone.direct", "phone.repeat"})
"""Figures of the Servicecentrum alone: every question on the phone counts there, whoever holds it since."""


def concerns(code: str, team_ids: frozenset[int] | None, house: Organisation) -> bool:
    """Whether this figure says anything about these teams; None: all."""
    if code not in FRONT_OFFICE or team_ids is None:
        return True
    return any(house.teams[pk].is_front_office for pk in team_ids if pk in house.teams)


def sources() -> list[Source]:
    """The tables that figures count."""
    found: dict[str, Source] = {}
    for measure in ROLLED_UP:
        found.setdefault(measure.source.name, measure.source)
    return list(found.values())
