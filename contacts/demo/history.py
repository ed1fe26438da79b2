"""Two years of contacts: each comes in on a channel, and runs its course in the hands of the desk and the teams."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from contacts.actions.route import choose_team
from contacts.demo.books import Books, Case
from contacts.demo.calls import Exchange
from contacts.demo.customers import Town
from contacts.demo.pattern import ANY_TIME, PHONE_HOURS, WEB_HOURS, Chance, Days, Weighted, channels_on, expected
from contacts.demo.people import People
from contacts.demo.sheet import Row
from contacts.demo.subjects import Situation, Topic
from contacts.demo.texts import ASK_BACK, ATTEMPTS, FORWARDS, NOTES, Words, long_day
from contacts.norms.clock import last_day_of
from contacts.norms.promises import ACKNOWLEDGE, STOPPED_BY_ACKNOWLEDGEMENT, norms_to_start
from organisation.models import User
from organisation.snapshot import Organisation
from organisation.workdays import local_day

SPOKEN = frozenset({"phone", "counter", "reception", "appointment", "street", "home_visit"})
TALK = frozenset({"chat", "whatsapp"})
DIRECT = {"phone": 0.74, "counter": 0.90, "reception": 0.93, "appointment": 0.94, "street": 0.35, "home_visit": 0.5}
"""Share of questions that can be answered at once which also are, per channel."""
LATE = {"vergunningen": 0.085, "sociaal-domein": 0.045, "openbare-ruimte": 0.035, "handhaving": 0.04}
"""Share of questions a team answers too late; 1.5 percent for the others."""
SPREAD = {1: (55, 45), 3: (26, 34, 25, 15), 5: (12, 18, 24, 26, 20), 20: tuple([1] * 4 + [3] * 12 + [4] * 4)}
"""Working days between receipt and answer when it is in time, per length of the norm."""


@dataclass
class Place:
    """Everything the story needs of the municipality."""

    house: Organisation
    people: People
    topics: list[Topic]
    first: date
    last: date

    def __post_init__(self) -> None:
        self.codes = {team.pk: code for code, team in self.people.teams.items()}
        self.names = {team.pk: team.name for team in self.people.teams.values()}
        self._by_month = {
            month: Weighted({index: topic.weight * (3 if month in topic.months else 1) for index, topic in enumerate(self.topics)})
            for month in range(1, 13)
        }

    def topic(self, day: date, chance: Chance) -> Topic:
        return self.topics[self._by_month[day.month].draw(chance)]

    def by_name(self, name: str) -> Topic:
        return next(topic for topic in self.topics if topic.name == name)


class History:
    """Plays the contacts of every day; what comes back later (a second call, a reaction) waits in `later`."""

    def __init__(self, *, books: Books, place: Place, days: Days, chance: Chance) -> None:
        self.books, self.place, self.days, self.chance = books, place, days, chance
        self.town = Town(books, chance)
        self.words = Words(chance)
        self.exchange = Exchange(books, chance)
        self.later: dict[date, list[tuple[Topic, Row | None]]] = {}
        self._web = Weighted(dict(enumerate(WEB_HOURS)))
        self._phone = Weighted(dict(enumerate(PHONE_HOURS)))

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
        moments = sorted((self._moment(day, channel), channel) for channel in (channels.draw(self.chance) for _one in range(count)))
        calls = 0
        back = self.later.pop(day, []) if is_open else []
        for at, channel in moments:
            topic, customer = back.pop() if back and channel in ("phone", "email") else (None, None)
            self.contact(at, channel, topic=topic, customer=customer)
            calls += channel == "phone"
        self.exchange.missed(self.days, day, answered=calls)

    def _moment(self, day: date, channel: str) -> datetime:
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
    def contact(self, at: datetime, channel: str, *, topic: Topic | None = None, customer: Row | None = None) -> Case | None:
        """A first contact at this moment and all that follows from it."""
        chance, day = self.chance, local_day(at)
        topic = topic or self.place.topic(day, chance)
        anonymous = channel in SPOKEN and chance.hit(0.14)
        if customer is None and not anonymous:
            customer = self.town.somebody(at)
        situation = chance.pick(topic.situations)
        if channel in SPOKEN:
            return self._conversation(at, channel, topic, situation, customer)
        return self._message(at, channel, topic, situation, customer)

    def _conversation(self, at: datetime, channel: str, topic: Topic, situation: Situation, customer: Row | None) -> Case | None:
        chance = self.chance
        by = chance.pick(self.place.people.desk)
        end, reason = self._ending(channel, topic)
        talk = 60 + int(420 * chance.uniform() ** 1.6)
        call = None
        if channel == "phone":
            call = self.exchange.answered(picked_up=at, by=by, caller=self.town.phone(customer) if customer else "")
            talk = int((call["ended_at"] - at).total_seconds())
        saved = min(at + timedelta(seconds=talk + chance.number(5, 60)), self.books.until - timedelta(minutes=1))
        team_id, why, rule = self._route(channel, topic, situation, customer, end, by)
        slots = self.words.slots(local_day(at), customer, self.place.names[team_id])
        text = self.words.spoken(situation, topic, slots, end)
        contact = self.books.contact(
            channel=channel, at=at, by=by, customer=customer, registered_at=saved, text=text, duration_seconds=talk,
            call_id=call["id"] if call else None, is_answer=end == "direct" and not reason,
            address=self.town.phone(customer) if customer and channel == "phone" else "",
        )
        case = self._case(contact, topic, situation, slots, text, team_id, why, rule, by, end)
        if reason in ("wrong_number", "spam", "duplicate"):
            case.row.update(status="cancelled", close_reason=reason, closed_at=saved, closed_on=local_day(saved), assignee_id=by.pk)
            case.assignment["assignee_id"] = by.pk
            return case
        if reason:
            self._closed_at_once(case, saved, by, reason)
            return case
        for code in norms_to_start(channel=channel, kind=topic.kind, end=end, acknowledge=False):
            case.start(code, contact, by=by)
        if end == "direct":
            case.stop(at=saved, by=by, cause="answered at once")
            case.row.update(is_direct=True, answered_at=saved)
            self._closed_at_once(case, saved, by, "direct")
            self._comes_back(saved, topic, customer)
            if chance.hit(0.035) and customer:
                self._second_question(contact, by, saved, customer)
        elif end == "callback":
            self._call_back(case, contact, customer, by, saved)
        else:
            self._handle(case, topic, customer, saved, 3)
        return case

    def _ending(self, channel: str, topic: Topic) -> tuple[str, str]:
        chance = self.chance
        if channel == "phone" and chance.hit(0.055):
            return "direct", chance.pick(("wrong_number", "connected", "connected", "connected", "internal"))
        share = DIRECT[channel] * (1.0 if topic.handling == "answer" else 0.28)
        if chance.hit(share):
            return "direct", ""
        if channel == "phone" and chance.hit(0.34):
            return "callback", ""
        return "forward", ""

    def _route(self, channel: str, topic: Topic, situation: Situation, customer: Row | None, end: str, by: User | None) -> tuple[int, str, int | None]:
        if end == "direct" and by is not None:
            return self.place.house.front_office.pk, f"Direct beantwoord door {by.name}", None
        routed = choose_team(
            channel=channel, subject_id=topic.row.pk, text=f"{situation.title} {situation.text}", kind=topic.kind,
            customer_kind=customer["kind"] if customer else None, house=self.place.house,
        )
        return routed.team.pk, routed.reason, routed.rule_id

    def _case(self, contact: Row, topic: Topic, situation: Situation, slots: dict[str, str], text: str, team_id: int, why: str,
              rule: int | None, by: User | None, end: str = "open") -> Case:
        return Case(
            self.books, contact=contact, subject=topic.row, kind=topic.kind, title=situation.title.format_map(slots), text=text,
            team_id=team_id, reason=why, by=by, rule_id=rule,
        )

    def _closed_at_once(self, case: Case, at: datetime, by: User, reason: str) -> None:
        case.row.update(assignee_id=by.pk, status="closed", close_reason=reason, closed_at=at, closed_on=local_day(at))
        case.assignment["assignee_id"] = by.pk

    def _comes_back(self, at: datetime, topic: Topic, customer: Row | None) -> None:
        if customer is not None and self.chance.hit(0.045):
            day = self.days.working_day(local_day(at) + timedelta(days=self.chance.number(1, 6)), 0)
            self.later.setdefault(day, []).append((topic, customer))

    def _second_question(self, contact: Row, by: User, at: datetime, customer: Row) -> None:
        topic = self.place.topic(local_day(at), self.chance)
        situation = self.chance.pick(topic.situations)
        slots = self.words.slots(local_day(at), customer)
        text = self.words.spoken(situation, topic, slots, "direct")
        team_id, why, rule = self._route(contact["channel"], topic, situation, customer, "direct", by)
        case = self._case(contact, topic, situation, slots, text, team_id, why, rule, by)
        case.row.update(is_direct=True, answered_at=at)
        self._closed_at_once(case, at, by, "direct")

    # --- written ---------------------------------------------------------------------------------------
    def _message(self, at: datetime, channel: str, topic: Topic, situation: Situation, customer: Row | None) -> Case:
        chance = self.chance
        machine = channel in ("email", "form", "app")
        by = None if machine else chance.pick(self.place.people.desk)
        is_talk = channel in TALK
        team_id, why, rule = self._route(channel, topic, situation, customer, "direct" if is_talk else "open", by)
        slots = self.words.slots(local_day(at), customer, self.place.names[team_id])
        text = self.words.written(situation, slots)
        saved = at + timedelta(seconds=chance.number(4, 50))
        if is_talk:
            saved = at + timedelta(minutes=chance.number(1, 13) if chance.hit(0.94) else chance.number(17, 40))
        elif channel in ("letter", "social"):
            opened = self.days.working_day(local_day(at), 1 if channel == "letter" and chance.hit(0.15) else 0)
            saved = self.days.open_moment(opened, after=at)
        saved = min(saved, self.books.until - timedelta(minutes=1))
        address = self.town.email(customer) if customer and machine else ""
        contact = self.books.contact(
            channel=channel, at=at, by=by, customer=customer, registered_at=saved, text=text, address=address, is_answer=is_talk,
            address_name=customer["name"] if customer and machine else "",
            subject_line=situation.title.format_map(slots) if channel == "email" else "",
        )
        case = self._case(contact, topic, situation, slots, text, team_id, why, rule, by)
        if channel == "email" and chance.hit(0.022):
            case.cancel(at=self.days.open_moment(self.days.working_day(local_day(at), 0), after=saved), by=chance.pick(self.place.people.desk), reason="spam")
            if case.row["closed_at"] >= self.books.until:
                self._still_new(case)
            return case
        acknowledged = self._acknowledge(case, contact, customer, address, saved) if channel in ACKNOWLEDGE and address else False
        for code in norms_to_start(channel=channel, kind=topic.kind, end="direct" if is_talk else "open", acknowledge=False):
            case.start(code, contact, by=by)
        if is_talk and by is not None:
            case.stop(at=saved, by=by, cause="answered at once")
            case.row.update(is_direct=True, answered_at=saved)
            self._closed_at_once(case, saved, by, "direct")
        elif channel == "social" and by is not None and chance.hit(0.3):
            case.answered(at=saved, by=by, cause="no reaction needed")
            case.row["answered_at"] = None
            self._closed_at_once(case, saved, by, "no_reaction_needed")
        elif channel == "letter":
            self._letter(case, contact, topic, customer, saved)
        else:
            self._handle(case, topic, customer, saved, 1 if channel == "social" else 3, acknowledged=acknowledged)
        return case

    def _still_new(self, case: Case) -> None:
        case.row.update(status="new", close_reason="", closed_at=None, closed_on=None)

    def _acknowledge(self, case: Case, contact: Row, customer: Row | None, address: str, at: datetime) -> bool:
        code = ACKNOWLEDGE[contact["channel"]]
        clock = case.start(code, contact, by=None)
        sent = at + timedelta(seconds=self.chance.number(15, 110) if self.chance.hit(0.997) else self.chance.number(400, 3000))
        sent = min(sent, self.books.until - timedelta(seconds=20))
        norm = self.books.norm("email.answer")
        last = long_day(local_day(last_day_of(self.books.deadline(norm, contact["received_at"]).due_at))) if norm else ""
        self.books.message(
            purpose="acknowledgement", key=f"contact:{contact['id']}", at=at, to=address, name=contact["address_name"],
            subject=f"Wij hebben uw bericht ontvangen [{case.row['number']}]",
            body=self.words.acknowledgement(customer, case.row["number"], last), number=case.row["number"], is_automatic=True, sent_at=sent,
        )
        if clock is not None:
            case.stop(at=sent, by=None, cause="acknowledged", codes=STOPPED_BY_ACKNOWLEDGEMENT)
        return True

    def _letter(self, case: Case, contact: Row, topic: Topic, customer: Row | None, at: datetime) -> None:
        if not self.chance.hit(0.45):
            self._handle(case, topic, customer, at, 5)
            return
        day = self.days.working_day(local_day(at), self.chance.number(0, 4) if self.chance.hit(0.93) else 6)
        sent = self.days.open_moment(day, after=at)
        if sent >= self.books.until:
            return
        by = self._somebody(case.row["team_id"])
        case.assign(by, at=sent, by=by)
        self._out(case, customer, sent, by, "letter", "Bevestiging van ontvangst: wij hebben uw brief ontvangen en gaan ermee aan de slag.", is_answer=False)
        case.stop(at=sent, by=by, cause="acknowledged", codes=STOPPED_BY_ACKNOWLEDGEMENT)
        if topic.kind != "complaint":
            case.start("letter.answer", contact, by=by)
        self._handle(case, topic, customer, sent, 20)

    # --- a team at work -----------------------------------------------------------------------------------
    def _somebody(self, team_id: int) -> User:
        return self.chance.pick(self.place.people.members[team_id])

    def _days_taken(self, team_id: int, length: int, channel: str) -> int:
        late = LATE.get(self.place.codes[team_id], 0.015) * (1.9 if channel == "letter" else 1.0)
        if self.chance.hit(late):
            return length + 1 + int(4 * self.chance.uniform() ** 2)
        point = self.chance.uniform() * sum(SPREAD[length])
        for count, weight in enumerate(SPREAD[length]):
            point -= weight
            if point < 0:
                return count
        return length

    def _handle(self, case: Case, topic: Topic, customer: Row | None, at: datetime, length: int, *, acknowledged: bool = False) -> None:
        """The team picks it up and answers, unless the story stands still before that."""
        chance, until = self.chance, self.books.until
        team_id = case.row["team_id"]
        if topic.kind == "complaint":
            taken = 4 + int(24 * chance.uniform())
        else:
            taken = self._days_taken(team_id, length, case.row["channel"])
        received = local_day(at if length == 20 else case.row["received_at"])
        answer_at = self.days.open_moment(self.days.working_day(received, max(taken, 0)), after=at)
        if answer_at <= at:
            answer_at = at + timedelta(minutes=chance.number(20, 90))
        age = (until - at).days
        if age < 30 and chance.hit(0.30 if age < 3 else 0.17 if age < 8 else 0.03):
            answer_at = until + timedelta(days=1)
            if age >= 4 and length != 20 and topic.kind != "complaint" and chance.hit(0.55):
                self._waits(case, customer, at)
                return
        picked = at + (answer_at - at) * (0.1 + 0.7 * chance.uniform())
        picked = self.days.open_moment(self.days.working_day(local_day(picked), 0), after=max(at, case.assignment["from_at"]))
        if picked >= answer_at:
            picked = at + (answer_at - at) / 2
        if picked >= until:
            return
        if chance.hit(0.05):
            picked = self._transfer(case, at, picked)
            team_id = case.row["team_id"]
        by = case_owner = self._somebody(team_id)
        if case.row["assignee_id"] is None:
            lead = self.place.people.leads[team_id]
            if age < 6 and chance.hit(0.25):
                if answer_at >= until:
                    return
            case.assign(by, at=picked, by=lead if chance.hit(0.35) and lead is not by else by)
        if chance.hit(0.12):
            noted = picked + (min(answer_at, until) - picked) * chance.uniform()
            case.note(chance.pick(NOTES).format_map(self.words.slots(local_day(noted), customer, self.place.names[team_id])), at=noted, by=by)
        if customer is not None and answer_at - picked > timedelta(days=1) and chance.hit(0.13):
            self._asks_again(case, customer, picked, answer_at)
        if answer_at >= until:
            return
        if customer is not None and length == 3 and chance.hit(0.07):
            answer_at = self._asked_customer(case, customer, picked, by)
            if answer_at >= until:
                return
        self._answer(case, topic, customer, answer_at, case_owner)
        if customer is not None and chance.hit(0.03):
            self._reacts(case, topic, customer, answer_at, by)

    def _transfer(self, case: Case, at: datetime, picked: datetime) -> datetime:
        others = [team.pk for team in self.place.people.teams.values() if team.pk != case.row["team_id"]]
        moved = at + (picked - at) * 0.5
        by = self._somebody(case.row["team_id"])
        case.forward(self.chance.pick(others), at=moved, by=by, reason=f"{self.chance.pick(FORWARDS)} ({by.name})")
        return picked

    def _waits(self, case: Case, customer: Row | None, at: datetime) -> None:
        """Still waiting for the customer when the story stands still."""
        moment = self.days.open_moment(self.days.working_day(local_day(at), self.chance.number(0, 2)), after=at)
        if moment >= self.books.until:
            return
        by = self._somebody(case.row["team_id"])
        case.assign(by, at=moment, by=by)
        asked = moment + timedelta(minutes=self.chance.number(5, 50))
        self._out(case, customer, asked, by, self._reply_channel(case, customer), self.chance.pick(ASK_BACK), is_answer=False, purpose="question_back")
        case.wait(at=asked, by=by)

    def _asked_customer(self, case: Case, customer: Row, at: datetime, by: User) -> datetime:
        """Asks the customer, who reacts after some days; gives the moment of the answer."""
        asked = at + timedelta(minutes=self.chance.number(5, 60))
        if asked >= self.books.until:
            return self.books.until + timedelta(days=1)
        self._out(case, customer, asked, by, self._reply_channel(case, customer), self.chance.pick(ASK_BACK), is_answer=False, purpose="question_back")
        case.wait(at=asked, by=by)
        reacted = asked + timedelta(days=self.chance.number(1, 9), minutes=self.chance.number(0, 300))
        if reacted >= self.books.until:
            return reacted
        back = self.books.contact(channel="email", at=reacted, by=None, customer=customer, text="Zie hieronder wat u vroeg. Ik hoop dat u nu verder kunt.", address=self.town.email(customer))
        case.attach(back)
        case.resume(at=reacted, by=None)
        return self.days.open_moment(self.days.working_day(local_day(reacted), self.chance.number(0, 2)), after=reacted)

    def _asks_again(self, case: Case, customer: Row, after: datetime, before: datetime) -> None:
        day = self.days.working_day(local_day(after), 1)
        moment = self.days.open_moment(day)
        if not after < moment < min(before, self.books.until):
            return
        by = self.chance.pick(self.place.people.desk)
        call = self.exchange.answered(picked_up=moment, by=by, caller=self.town.phone(customer))
        again = self.books.contact(
            channel="phone", at=moment, by=by, customer=customer, call_id=call["id"], address=self.town.phone(customer),
            text="Belt om te vragen hoe het ermee staat. Uitgelegd dat het team ermee bezig is.", duration_seconds=int((call["ended_at"] - moment).total_seconds()),
        )
        case.attach(again)

    def _reply_channel(self, case: Case, customer: Row | None) -> str:
        channel = case.row["channel"]
        if channel in ("letter", "social"):
            return channel
        if customer is not None and customer["id"] in self.town.email_of:
            return "email"
        return "phone" if channel in SPOKEN else "email"

    def _out(self, case: Case, customer: Row | None, at: datetime, by: User, channel: str, text: str, *, is_answer: bool, purpose: str = "reply") -> Row:
        """A message or conversation from the team to the customer."""
        address = ""
        if channel == "email" and customer is not None:
            address = self.town.email(customer)
        elif channel == "phone" and customer is not None:
            address = self.town.phone(customer)
        contact = self.books.contact(
            channel=channel, at=at, by=by, customer=customer, direction="out", text=text, is_answer=is_answer, address=address,
            subject_line=f"Uw vraag [{case.row['number']}]" if channel == "email" else "",
        )
        if address and channel == "email":
            message = self.books.message(
                purpose=purpose, key=f"contact:{contact['id']}", at=at, to=address, name=customer["name"] if customer else "",
                subject=f"Uw vraag [{case.row['number']}]", body=text, number=case.row["number"], sent_at=at + timedelta(seconds=40),
            )
            contact["outbound_id"] = message["id"]
        case.attach(contact)
        return contact

    def _answer(self, case: Case, topic: Topic, customer: Row | None, at: datetime, by: User) -> None:
        slots = self.words.slots(local_day(at), customer)
        text = self.words.reply(topic, slots, customer, by.name, self.place.names[case.row["team_id"]])
        channel = self._reply_channel(case, customer)
        if channel == "phone":
            text = f"Teruggebeld en uitgelegd. {topic.answer.split('. ')[0]}".strip()
        self._out(case, customer, at, by, channel, text, is_answer=True)
        case.answered(at=at, by=by)
        case.close(at=at, by=by)

    def _reacts(self, case: Case, topic: Topic, customer: Row, at: datetime, by: User) -> None:
        """The customer is not satisfied: the question opens again, with the norm of the channel of the reaction."""
        moment = at + timedelta(days=self.chance.number(1, 12), minutes=self.chance.number(0, 400))
        if moment >= self.books.until:
            return
        back = self.books.contact(
            channel="email", at=moment, by=None, customer=customer, address=self.town.email(customer),
            text="Bedankt voor uw antwoord, maar dit is nog niet opgelost. Kunt u er nog eens naar kijken?",
        )
        case.attach(back)
        case.reopen()
        case.start("email.answer", back, by=None)
        again = self.days.open_moment(self.days.working_day(local_day(moment), self.chance.number(0, 3)), after=moment)
        if again < self.books.until:
            self._answer(case, topic, customer, again, by)

    # --- calling back ------------------------------------------------------------------------------------
    def _call_back(self, case: Case, contact: Row, customer: Row | None, by: User, at: datetime) -> None:
        chance, until = self.chance, self.books.until
        phone = (self.town.phone(customer) if customer else "") or f"06 00 99 {chance.number(10, 99)} {chance.number(10, 99)}"
        row = self.books.callbacks.add(
            question_id=case.id, contact_id=contact["id"], phone=phone, name=customer["name"] if customer else "",
            moment=chance.pick(("na 14.00 uur", "morgenochtend", "maakt niet uit", "tussen 12 en 13 uur", "")), created_at=at,
            created_by_id=by.pk, state="open", settled_at=None, settled_by_id=None, version=1,
        )
        case.callback = row
        late = chance.hit(0.10)
        day = self.days.working_day(local_day(at), chance.number(2, 4) if late else 1 if chance.hit(0.5) else 0)
        done = self.days.open_moment(day, after=at)
        if (until - at).days < 4 and chance.hit(0.5):
            done = until + timedelta(days=1)
        colleague = self._somebody(case.row["team_id"])
        if chance.hit(0.8):
            picked = min(at + (done - at) * 0.3, until - timedelta(minutes=2))
            case.assign(colleague, at=picked, by=colleague)
        if chance.hit(0.25):
            tried = at + (done - at) * 0.6
            if tried < until:
                self.books.attempts.add(callback_id=row["id"], at=tried, by_id=colleague.pk, outcome=chance.pick(("no_answer", "voicemail")), note=chance.pick(ATTEMPTS))
        if done >= until:
            return
        self.books.attempts.add(callback_id=row["id"], at=done, by_id=colleague.pk, outcome="reached", note="")
        row.update(state="done", settled_at=done, settled_by_id=colleague.pk, version=2)
        if case.row["assignee_id"] is None:
            case.assign(colleague, at=done, by=colleague)
        self._out(case, customer, done, colleague, "phone", "Teruggebeld. De vraag is beantwoord.", is_answer=True)
        case.answered(at=done, by=colleague, cause="called back")
        case.close(at=done, by=colleague)


