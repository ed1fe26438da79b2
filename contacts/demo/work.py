"""The work that lies on the desks when the story stands still: new, picked up, waiting, to be called, late; per team."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from contacts.demo.case import Case
from contacts.demo.history import History, Planned
from contacts.demo.pattern import Weighted
from contacts.demo.subjects import Situation, Topic
from organisation.workdays import local_day

# per team: new and nobody's, picked up, waiting for the customer, to be called back, letters under way, late
OPEN_WORK = {
    "servicecentrum": (6, 4, 2, 0, 0, 0),
    "burgerzaken": (6, 10, 9, 4, 2, 1),
    "openbare-ruimte": (5, 7, 3, 2, 1, 0),
    "vergunningen": (5, 9, 13, 2, 8, 2),
    "sociaal-domein": (5, 8, 8, 4, 2, 1),
    "belastingen": (3, 5, 4, 2, 4, 0),
    "communicatie": (2, 2, 1, 0, 1, 0),
    "handhaving": (3, 4, 1, 1, 0, 1),
    "bestuur": (1, 4, 1, 0, 0, 0),
}
FATES = ("new", "open", "waiting", "callback", "letter", "late")
WRITTEN = Weighted({"email": 0.44, "form": 0.4, "phone": 0.09, "app": 0.04, "counter": 0.03})
DAYS_TO_ANSWER = 3
"""Working days that most norms give: what is older is late, and of that there is little."""
RISERS = (("Grofvuil ophalen", 14), ("Gladheid en strooien", 7), ("Rijbewijs verlengen", 6))
"""What is asked more often this week than in the weeks before."""
WIJZEND = Situation(
    "Parkeervakken Wijzend",
    "Sinds vorige week liggen er nieuwe parkeervakken op de Wijzend. Ik kan met mijn caravan de inrit niet meer uit.",
    "Is het niet eens met de nieuwe parkeervakken op de Wijzend.",
)


class Work:
    """Plans the current work on the days before the story stands still."""

    def __init__(self, history: History, day: date) -> None:
        self.history = history
        self.day = day
        self._topics = {
            code: Weighted(
                {index: topic.weight for index, topic in enumerate(history.place.topics) if topic.team == code}
            )
            for code in OPEN_WORK
        }

    def back(self, count: int) -> date:
        """The count-th working day before the day on which the story stands still."""
        return self.history.days.working_days_before(self.day, count)

    def plan(self, at: datetime, run: Callable[[datetime], Any]) -> None:
        """Has this happen at that moment, when it lies within the story."""
        if at < self.history.books.until - timedelta(minutes=20):
            self.history.planned.setdefault(local_day(at), []).append(Planned(at, run))

    def plan_all(self) -> None:
        """The work of every team, and what is asked more often this week."""
        for code, counts in OPEN_WORK.items():
            for fate, count in zip(FATES, counts, strict=True):
                for _one in range(count):
                    self._one(code, fate)
        for name, count in RISERS:
            for _one in range(count):
                self._asked(self.history.place.by_name(name), None)
        for _one in range(9):
            self._asked(self.history.place.by_name("Parkeren"), WIJZEND)

    def _one(self, code: str, fate: str) -> None:
        chance, history = self.history.chance, self.history
        topic = history.place.topics[self._topics[code].draw(chance)]
        channel = {"callback": "phone", "letter": "letter"}.get(fate) or WRITTEN.draw(chance)
        if fate in ("new", "open"):
            days = 1 + int(DAYS_TO_ANSWER * chance.uniform() ** 1.3)
        elif fate == "waiting":
            days = chance.number(3, 24)
        elif fate == "callback":
            days = 1
        elif fate == "letter":
            days = chance.number(3, 17)
        else:
            days = DAYS_TO_ANSWER + chance.number(1, 10)
        if topic.kind == "complaint" and fate == "open":
            days = chance.number(2, 20)
        outcome = {"letter": "open", "late": chance.pick(("new", "open"))}.get(fate, fate)
        self.plan(history.moment(self.back(days), channel), self._contact(channel, topic, None, outcome))

    def _asked(self, topic: Topic, situation: Situation | None) -> None:
        channel = self.history.chance.pick(("phone", "phone", "phone", "email", "form"))
        self.plan(
            self.history.moment(self.back(self.history.chance.number(1, DAYS_TO_ANSWER)), channel),
            self._contact(channel, topic, situation, ""),
        )

    def _contact(
        self, channel: str, topic: Topic, situation: Situation | None, fate: str
    ) -> Callable[[datetime], Case]:
        return lambda at: self.history.contact(at, channel, topic=topic, situation=situation, fate=fate)
