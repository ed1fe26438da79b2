"""The visitors of the two years: helped at the counter at once, in the hall after a while by a colleague who comes for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from contacts.actions.visit_wait import HELPED_AT_ONCE
from contacts.demo.case import Case
from contacts.demo.pattern import Chance
from contacts.demo.place import Place
from contacts.demo.sheet import Row
from contacts.norms.promises import VISIT
from contacts.norms.visits import VISIT_CHANNELS
from organisation.models import User

IN_TIME: Final = 0.7
"""Share of those in the hall for whom somebody comes in time; with the counter it makes some 92 of 100."""
HELPED: Final = "Aan de balie geholpen."
_ONLY = frozenset({VISIT})


@dataclass(frozen=True)
class Came:
    """Who came for a visitor, and when."""

    at: datetime
    helper: User


class Hall:
    """Draws from a chance of its own: what else happens in the town does not depend on who waits."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.chance = Chance(f"hall {place.last.isoformat()}")
        self.host = place.people.users["receptie"]

    def waits(self, case: Case, contact: Row) -> Came:
        """A visitor in the hall, until somebody of the team comes."""
        came = Came(
            contact["registered_at"] + self._length(),
            self.chance.pick(self.place.people.members[case.row["team_id"]]),
        )
        case.start(VISIT, contact, by=self.host)
        case.stop(at=came.at, by=came.helper, cause="helped", codes=_ONLY)
        return came

    def helped_at_once(self, case: Case, contact: Row, by: User) -> None:
        """By who registers it; of a contact that is no visit nothing is kept."""
        if contact["channel"] in VISIT_CHANNELS:
            case.start(VISIT, contact, by=by)
            case.stop(at=contact["received_at"], by=by, cause=HELPED_AT_ONCE, codes=_ONLY)

    def answered(self, case: Case, came: Came, talk: timedelta) -> datetime:
        """Who came answers in person; gives when that was done."""
        helper, done = came.helper, came.at + talk
        case.assign(helper, at=came.at, by=helper)
        case.note(HELPED, at=done, by=helper)
        case.answered(at=done, by=helper)
        case.close(at=done, by=helper)
        return done

    def _length(self) -> timedelta:
        if self.chance.hit(IN_TIME):
            return timedelta(seconds=20 + int(520 * self.chance.uniform() ** 1.3))
        return timedelta(seconds=620 + int(1400 * self.chance.uniform() ** 2))
