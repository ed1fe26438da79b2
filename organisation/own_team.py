"""The own team of people: where they belong, also when they pick up the phone of the Servicecentrum (the "virtual team")."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from organisation.models import Membership


@dataclass(frozen=True)
class Place:
    """A membership in a team, as far as it decides the own team."""

    team_id: int
    is_front_office: bool
    valid_from: date | None
    valid_until: date | None

    def holds_on(self, day: date) -> bool:
        """As `Membership.objects.valid_on`."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day < self.valid_until)


class OwnTeams:
    """Of these people, on any day; one query, and none for nobody."""

    def __init__(self, people: Iterable[int]) -> None:
        asked = set(people)
        self._places: dict[int, list[Place]] = {}
        if not asked:
            return
        rows = Membership.objects.filter(user__in=asked, team__isnull=False).order_by("pk")
        columns = ("user_id", "team_id", "team__is_front_office", "valid_from", "valid_until")
        for person, *place in rows.values_list(*columns):
            self._places.setdefault(person, []).append(Place(*place))

    def on(self, day: date, person: int | None) -> int | None:
        """The team on that day; None for who has none."""
        return own_team([place for place in self._places.get(person or 0, ()) if place.holds_on(day)])


def own_team(places: Iterable[Place]) -> int | None:
    """One team for each person: a team of the organisation before the Servicecentrum, in which people hold a role *beside* their own
    team; of several the one that holds longest, then the one that was given first (pure)."""
    first = min(places, key=lambda one: (one.is_front_office, one.valid_from or date.min), default=None)
    return first.team_id if first is not None else None
