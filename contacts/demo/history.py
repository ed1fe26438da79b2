"""Two years of contacts: each comes in on a channel, at a moment that fits the town, and goes to the desk or to a team."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from contacts.demo.case import Case
from contacts.demo.hall import Hall
from contacts.demo.outgoing import SPOKEN
from contacts.demo.pattern import ANY_TIME, PHONE_HOURS, WEB_HOURS, Weighted, channels_on, expected
from contacts.demo.sheet import Row
from contacts.demo.subjects import Situation, Topic
from contacts.demo.written import Written
from contacts.norms.promises import norms_to_start
from contacts.norms.visits import HALL
from organisation.models import User
from organisation.workdays import local_day

DIRECT = {"phone": 0.82, "counter": 0.93, "reception": 0.95, "appointment": 0.95, "street": 0.35, "home_visit": 0.5}
"""Share of questions that can be answered at once which also are, per channel."""

RECENT_DAYS = 5
AT_THE_HOST = timedelta(seconds=20)
"""A host registers a visitor before a colleague comes; elsewhere the talk comes first."""


@dataclass(frozen=True)
class Planned:
    """Something that happens on a day besides the ordinary contacts, at this moment."""

    at: datetime
    run: Callable[[datetime], Any]


class History(Written):
    """Plays the contacts of every day; what comes back later (a second call) waits in `later`, current work in `planned`."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.later: dict[date, list[tuple[Topic, Row | None]]] = {}
        self.planned: dict[date, list[Planned]] = {}
        self.recent = self.days.working_days_before(self.place.last + timedelta(days=1), RECENT_DAYS)
        """From this day on the work of the teams is planned."""
        self._web = Weighted(dict(enumerate(WEB_HOURS)))
        self._phone = Weighted(dict(enumerate(PHONE_HOURS)))
        self.hall = Hall(self.place)

    def play(self) -> None:
        """Every day from the first to the last."""
        day = self.place.first
        while day <= self.place.last:
            self.play_day(day)
            day += timedelta(days=1)

    def play_day(self, day: date) -> None:
        """The first contacts of one day in order of time, then the calls that nobody answered."""
        is_open = self.days.calendar.is_working_day(day)
        channels = channels_on(day, is_open=is_open, first=self.place.first, last=self.place.last)
        mean = expected(day, self.days.calendar, self.place.first, self.place.last)
        count = int(mean * (0.86 + 0.28 * self.chance.uniform()) + self.chance.uniform())
        planned = self.planned.pop(day, [])
        count -= min(len(planned), count) // 3  # a day of which much work still lies there was no day of twice the work
        drawn = [channels.draw(self.chance) for _one in range(count)]
        moments: list[tuple[datetime, int, Any]] = [
            (self.moment(day, channel), place, channel) for place, channel in enumerate(drawn)
        ]
        moments += [(one.at, count + place, one) for place, one in enumerate(planned)]
        calls = 0
        back = self.later.pop(day, []) if is_open else []
        for at, _place, what in sorted(moments, key=lambda one: one[:2]):
            if isinstance(what, Planned):
                what.run(at)
                continue
            topic, customer = back.pop() if back and what in ("phone", "email") else (None, None)
            self.contact(at, what, topic=topic, customer=customer)
            calls += what == "phone"
        self.exchange.missed(self.days, day, answered=calls)

    def moment(self, day: date, channel: str) -> datetime:
        """A moment of this day that fits the channel."""
        if channel in ANY_TIME:
            return self.days.at(day, self._web.draw(self.chance) * 60 + self.chance.uniform() * 60)
        if channel == "letter":
            return self.days.at(day, 540 + self.chance.uniform() * 60)
        opens, closes = self.days.calendar.intervals(day)[0]
        while True:
            minutes = opens + (self._phone.draw(self.chance) + self.chance.uniform()) * 57
            if minutes < closes - 6:
                return self.days.at(day, minutes)

    # --- one contact ----------------------------------------------------------------------------------
    def contact(
        self,
        at: datetime,
        channel: str,
        *,
        topic: Topic | None = None,
        customer: Row | None = None,
        situation: Situation | None = None,
        fate: str = "",
        owner: User | None = None,
    ) -> Case:
        """A first contact at this moment and all that follows from it.

        `fate` is how it stands at the end: new, open, waiting or callback; empty: whatever chance brings.
        """
        self.fate, self.owner = fate, owner
        try:
            return self._arrives(at, channel, topic, customer, situation)
        finally:
            self.fate, self.owner = "", None

    def _arrives(
        self, at: datetime, channel: str, topic: Topic | None, customer: Row | None, situation: Situation | None
    ) -> Case:
        chance, day = self.chance, local_day(at)
        topic = topic or self.place.topic(day, chance)
        anonymous = not self.fate and channel in SPOKEN and chance.hit(0.14)
        if customer is None and not anonymous:
            customer = self.town.somebody(at)
        situation = situation or chance.pick(topic.situations)
        if channel in SPOKEN:
            return self._conversation(at, channel, topic, situation, customer)
        return self.message_in(at, channel, topic, situation, customer)

    def _conversation(
        self, at: datetime, channel: str, topic: Topic, situation: Situation, customer: Row | None
    ) -> Case:
        chance = self.chance
        by = chance.pick(self.place.people.desk)
        end, reason = self._ending(channel, topic, local_day(at))
        talk = 60 + int(420 * chance.uniform() ** 1.6)
        call = None
        if channel == "phone":
            call = self.exchange.answered(picked_up=at, by=by, caller=self.town.phone(customer) if customer else "")
            talk = int((call["ended_at"] - at).total_seconds())
        saved = min(at + timedelta(seconds=talk + chance.number(5, 60)), self.books.until - timedelta(minutes=1))
        if is_hall := channel in HALL:
            by = self.hall.host
        team_id, why, rule = self.route(channel, topic, situation, customer, "forward" if is_hall else end, by)
        slots = self.words.slots(local_day(at), customer, self.place.names[team_id])
        text = self.words.spoken(situation, topic, slots, end)
        contact = self.books.contact(
            channel=channel,
            at=at,
            by=by,
            customer=customer,
            registered_at=at + AT_THE_HOST if is_hall else saved,
            text=text,
            duration_seconds=None if is_hall else talk,
            call_id=call["id"] if call else None,
            is_answer=end == "direct" and not reason and not is_hall,
            address=self.town.phone(customer) if customer and channel == "phone" else "",
        )
        case = self._case(contact, topic, situation, slots, text, team_id, why, rule, by, end)
        if reason in ("wrong_number", "spam", "duplicate"):
            case.row.update(
                status="cancelled", close_reason=reason, closed_at=saved, closed_on=local_day(saved), assignee_id=by.pk
            )
            case.assignment["assignee_id"] = by.pk
            return case
        if reason:
            self._closed_at_once(case, saved, by, reason)
            return case
        promised = norms_to_start(
            channel=channel, kind=topic.kind, end="forward" if is_hall else end, acknowledge=False
        )
        for code in promised:
            case.start(code, contact, by=by)
        came = self.hall.waits(case, contact) if is_hall else None
        if came is None:
            self.hall.helped_at_once(case, contact, by)
        if end == "direct":
            if came is not None:
                saved = self.hall.answered(case, came, timedelta(seconds=talk))
            else:
                case.stop(at=saved, by=by, cause="answered at once")
                case.row.update(is_direct=True, answered_at=saved)
                self._closed_at_once(case, saved, by, "direct")
            self._comes_back(saved, topic, customer)
            if chance.hit(0.035) and customer:
                self._second_question(contact, by, saved, customer)
        elif end == "callback":
            self.call_back(case, contact, customer, by, saved)
        else:
            self.handle(case, topic, customer, saved)
        return case

    def _ending(self, channel: str, topic: Topic, day: date) -> tuple[str, str]:
        chance = self.chance
        if self.fate:
            return "callback" if self.fate == "callback" else "forward", ""
        if channel == "phone" and chance.hit(0.055):
            return "direct", chance.pick(("wrong_number", "connected", "connected", "connected", "internal"))
        share = DIRECT[channel] * (1.0 if topic.handling == "answer" else 0.42)
        if day >= self.recent:  # the teams have their hands full with what was planned for these days
            share = (1 + share) / 2
        if chance.hit(share):
            return "direct", ""
        if channel == "phone" and chance.hit(0.34):
            return "callback", ""
        return "forward", ""

    def _comes_back(self, at: datetime, topic: Topic, customer: Row | None) -> None:
        if customer is not None and self.chance.hit(0.045):
            day = self.days.working_day(local_day(at) + timedelta(days=self.chance.number(1, 6)), 0)
            self.later.setdefault(day, []).append((topic, customer))

    def _second_question(self, contact: Row, by: User, at: datetime, customer: Row) -> None:
        topic = self.place.topic(local_day(at), self.chance)
        situation = self.chance.pick(topic.situations)
        slots = self.words.slots(local_day(at), customer)
        text = self.words.spoken(situation, topic, slots, "direct")
        team_id, why, rule = self.route(contact["channel"], topic, situation, customer, "direct", by)
        case = self._case(contact, topic, situation, slots, text, team_id, why, rule, by)
        self.hall.helped_at_once(case, contact, by)
        case.row.update(is_direct=True, answered_at=at)
        self._closed_at_once(case, at, by, "direct")

    # --- written ---------------------------------------------------------------------------------------
