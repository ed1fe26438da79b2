"""Phone calls as the exchange would have logged them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from contacts.demo.books import Books
from contacts.demo.pattern import Chance, Days
from contacts.demo.sheet import Row
from organisation.models import Municipality, User
from organisation.own_team import OwnTeams
from organisation.workdays import AMSTERDAM, Calendar

SOURCE = "demo"


class Exchange:
    """Logs calls that were answered, given up, or came when nobody was there."""

    def __init__(self, books: Books, chance: Chance, calendar: Calendar) -> None:
        self.books = books
        self.chance = chance
        self.calendar = calendar
        self.teams = OwnTeams(User.objects.values_list("pk", flat=True))
        self.team_least = Municipality._meta.get_field("phone_team_least").default

    def answered(self, *, picked_up: datetime, by: User, caller: str) -> Row:
        """A call that was picked up at this moment; on Monday mornings people wait longer."""
        local = picked_up.astimezone(AMSTERDAM)
        busy = 0.17 if local.weekday() == 0 and local.hour < 12 else 0.07
        wait = self.chance.number(31, 160) if self.chance.hit(busy) else int(2 + 28 * self.chance.uniform() ** 1.7)
        entered = picked_up - timedelta(seconds=wait)
        ended = picked_up + timedelta(seconds=45 + int(380 * self.chance.uniform() ** 1.8))
        outcome = "answered" if self.calendar.is_open(entered) else "outside_hours"
        return self._row(
            outcome,
            entered,
            wait,
            caller,
            answered_at=picked_up,
            ended_at=ended,
            answered_by_id=by.pk,
            answered_team_id=self.teams.on(entered.astimezone(AMSTERDAM).date(), by.pk),
        )

    def missed(self, days: Days, day: date, *, answered: int) -> None:
        """The calls of a day that nobody answered."""
        chance = self.chance
        if days.calendar.is_working_day(day):
            for _call in range(_about(answered * 0.052, chance)):
                wait = chance.number(2, 5) if chance.hit(0.18) else chance.number(8, 190)
                entered = days.open_moment(day)
                self._row("abandoned", entered, wait, self._somebody(), ended_at=entered + timedelta(seconds=wait))
            for _call in range(_about(answered * 0.008, chance)):
                entered = days.open_moment(day)
                self._row("voicemail", entered, 240, self._somebody(), ended_at=entered + timedelta(seconds=290))
        for _call in range(_about(0.7, chance)):
            entered = days.at(day, chance.number(1030, 1290))
            self._row(
                "outside_hours",
                entered,
                0,
                self._somebody(),
                ended_at=entered + timedelta(seconds=chance.number(6, 30)),
            )

    def _somebody(self) -> str:
        """A number that nobody in the demo has; one in three is hidden."""
        count = len(self.books.calls.rows)
        return f"+316{10_000_000 + count * 7_919 % 90_000_000}" if count % 3 else ""

    def _row(self, outcome: str, entered: datetime, wait: int, caller: str, **values: object) -> Row:
        digits = caller.replace(" ", "")
        return self.books.calls.add(
            source=SOURCE,
            external_key=f"call-{len(self.books.calls.rows) + 1:06d}",
            queue="Algemeen nummer",
            caller="+31" + digits[1:] if digits.startswith("0") else digits,
            entered_at=entered,
            entered_on=entered.astimezone(AMSTERDAM).date(),
            wait_seconds=wait,
            outcome=outcome,
            team_least=self.team_least,
            **values,
        )


def _about(mean: float, chance: Chance) -> int:
    whole = int(mean)
    return whole + (1 if chance.hit(mean - whole) else 0)
