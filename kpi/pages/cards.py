"""The cards of the dashboard: their names, their usual place and width, and how a row is filled whatever somebody chose."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

ROW: Final = 12
CARDS: Final[dict[str, tuple[Promise, int]]] = {
    "volume": (_("Contacts per period"), 8),
    "risers": (_("Strongest risers"), 4),
    "channels": (_("Per channel"), 6),
    "teams": (_("Per team"), 6),
    "heat": (_("How busy it is"), 7),
    "late": (_("Overdue"), 5),
    "way": (_("The shortest way"), 4),
    "held": (_("How long teams have a question"), 4),
    "steering": (_("Not digital, though there is a form"), 4),
}
"""Key, name, and columns of twelve."""
BETWEEN_TEAMS: Final = frozenset({"teams", "held"})
"""Of one team alone they are a table of one row."""
LIVE: Final = ("teams", "late")
"""Made at every request: they show what waits now."""


@dataclass(frozen=True)
class Card:
    """One card in its place; `html` is empty for a card that the template makes now."""

    key: str
    width: str
    html: SafeString | str = ""


def usual_cards(team_ids: Collection[int] | None) -> tuple[str, ...]:
    """What is shown to whoever chose nothing; `team_ids`: what is asked about, None for everything."""
    if team_ids is None or len(team_ids) != 1:
        return tuple(CARDS)
    return tuple(key for key in CARDS if key not in BETWEEN_TEAMS)


def laid_out(keys: Sequence[str], html: Mapping[str, str]) -> list[Card]:
    """The cards in this order; the last card of a row takes what is left of it."""
    rows: list[list[tuple[str, int]]] = []
    for key in keys:
        wide = CARDS[key][1]
        if rows and sum(width for _key, width in rows[-1]) + wide <= ROW:
            rows[-1].append((key, wide))
        else:
            rows.append([(key, wide)])
    cards = []
    for row in rows:
        for place, (key, wide) in enumerate(row, start=1):
            left = ROW - sum(width for _key, width in row[:-1])
            width = f"col-{wide if place < len(row) else left}"
            made = html.get(key, "").replace("card-width", width, 1)
            cards.append(Card(key, width, mark_safe(made)))  # noqa: S308 - a rendered template
    return cards
