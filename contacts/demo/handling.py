"""A team at work on one question: picked up, passed on, asked back, called back, answered; or still open when the story stands still."""

from __future__ import annotations

from datetime import datetime, timedelta

from contacts.demo.case import Case
from contacts.demo.outgoing import Outgoing
from contacts.demo.sheet import Row
from contacts.demo.subjects import Topic
from contacts.demo.texts import ASK_BACK, ATTEMPTS, FORWARDS, NOTES
from organisation.models import User
from organisation.workdays import local_day

LATE = {"vergunningen": 0.06, "sociaal-domein": 0.04, "openbare-ruimte": 0.035, "handhaving": 0.04}
"""Share of questions a team answers too late; 1.5 percent for the others."""
SPREAD = {1: (55, 45), 3: (26, 34, 25, 15), 5: (12, 18, 24, 26, 20), 20: tuple([1] * 4 + [3] * 12 + [4] * 4)}
"""Working days between receipt and answer when it is in time, per length of the norm."""
STAYS_OPEN = ((3, 0.34), (8, 0.04), (30, 0.02))
"""Share of questions younger than so many days that nobody finished yet."""


class TeamWork(Outgoing):
    """The course of a question after its first contact. `fate` and `owner` are set for questions of the current work."""

    fate = ""
    owner: User | None = None

    def _somebody(self, team_id: int) -> User:
        """Who picks it up: the person the story names, else anyone of the team."""
        if self.owner is not None and self.owner in self.place.people.members[team_id]:
            return self.owner
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

    def handle(self, case: Case, topic: Topic, customer: Row | None, at: datetime) -> None:
        """The team picks it up and answers, unless the story stands still before that."""
        if self.fate:
            self._leave(case, customer, at)
            return
        chance, until = self.chance, self.books.until
        answer_at = self._answer_moment(case, topic, at)
        age = (until - at).days
        stays = next((share for days, share in STAYS_OPEN if age < days), 0.0)
        if chance.hit(stays):
            answer_at = until + timedelta(days=1)
        picked = self._picked_moment(case, at, answer_at)
        if picked >= until:
            return
        if chance.hit(0.05):
            self._transfer(case, at + (picked - at) * 0.5)
        team_id = case.row["team_id"]
        by = self._somebody(team_id)
        if answer_at >= until and age < 6 and chance.hit(0.3):
            return
        lead = self.place.people.leads[team_id]
        case.assign(by, at=picked, by=lead if chance.hit(0.35) and lead is not by else by)
        if chance.hit(0.12):
            noted = picked + (min(answer_at, until) - picked) * chance.uniform()
            self._note(case, customer, noted, by)
        if customer is not None and answer_at - picked > timedelta(days=1) and chance.hit(0.13):
            self._asks_again(case, customer, picked, answer_at)
        if answer_at >= until:
            return
        if customer is not None and case.row["channel"] != "letter" and chance.hit(0.07):
            answer_at = self._asked_customer(case, customer, picked, by)
            if answer_at >= until:
                return
        self.answer(case, topic, customer, answer_at, by)
        if customer is not None and chance.hit(0.03):
            self._reacts(case, topic, customer, answer_at, by)

    def _answer_moment(self, case: Case, topic: Topic, at: datetime) -> datetime:
        if topic.kind == "complaint":
            taken = 4 + int(24 * self.chance.uniform())
        else:
            lengths = [clock["length"] for clock in case.live() if clock["unit"] == "working_days"]
            taken = self._days_taken(case.row["team_id"], lengths[0] if lengths else 3, case.row["channel"])
        moment = self.days.open_moment(self.days.working_day(local_day(case.row["received_at"]), taken), after=at)
        return moment if moment > at else at + timedelta(minutes=self.chance.number(20, 90))

    def _picked_moment(self, case: Case, at: datetime, answer_at: datetime) -> datetime:
        guess = at + (min(answer_at, at + timedelta(days=5)) - at) * (0.1 + 0.7 * self.chance.uniform())
        picked = self.days.open_moment(
            self.days.working_day(local_day(guess), 0), after=max(at, case.assignment["from_at"])
        )
        return picked if picked < answer_at else at + (answer_at - at) / 2

    def _leave(self, case: Case, customer: Row | None, at: datetime) -> None:
        """Current work: new and nobody's, picked up, or waiting for the customer."""
        if self.fate == "new":
            return
        if self.fate == "waiting":
            self._waits(case, customer, at)
            return
        moment = self.days.open_moment(self.days.working_day(local_day(at), 0 if self.chance.hit(0.4) else 1), after=at)
        if moment >= self.books.until:
            moment = at + (self.books.until - at) * 0.4
        by = self._somebody(case.row["team_id"])
        lead = self.place.people.leads[case.row["team_id"]]
        case.assign(by, at=moment, by=lead if self.chance.hit(0.4) and lead is not by else by)
        if self.chance.hit(0.3):
            self._note(case, customer, moment + (self.books.until - moment) * 0.5, by)

    def _note(self, case: Case, customer: Row | None, at: datetime, by: User) -> None:
        slots = self.words.slots(local_day(at), customer, self.place.names[case.row["team_id"]])
        case.note(self.chance.pick(NOTES).format_map(slots), at=at, by=by)

    def _transfer(self, case: Case, at: datetime) -> None:
        others = [team.pk for team in self.place.people.teams.values() if team.pk != case.row["team_id"]]
        by = self._somebody(case.row["team_id"])
        case.forward(self.chance.pick(others), at=at, by=by, reason=f"{self.chance.pick(FORWARDS)} ({by.name})")

    def _waits(self, case: Case, customer: Row | None, at: datetime) -> None:
        """Still waiting for the customer when the story stands still."""
        moment = self.days.open_moment(self.days.working_day(local_day(at), self.chance.number(0, 2)), after=at)
        if moment >= self.books.until:
            return
        by = self._somebody(case.row["team_id"])
        case.assign(by, at=moment, by=by)
        asked = moment + timedelta(minutes=self.chance.number(5, 50))
        self.out(
            case,
            customer,
            asked,
            by,
            self.reply_channel(case, customer),
            self.chance.pick(ASK_BACK),
            is_answer=False,
            purpose="question_back",
        )
        case.wait(at=asked, by=by)

    def _asked_customer(self, case: Case, customer: Row, at: datetime, by: User) -> datetime:
        """Asks the customer, who reacts after some days; gives the moment of the answer."""
        asked = at + timedelta(minutes=self.chance.number(5, 60))
        if asked >= self.books.until:
            return self.books.until + timedelta(days=1)
        self.out(
            case,
            customer,
            asked,
            by,
            self.reply_channel(case, customer),
            self.chance.pick(ASK_BACK),
            is_answer=False,
            purpose="question_back",
        )
        case.wait(at=asked, by=by)
        reacted = asked + timedelta(days=self.chance.number(1, 9), minutes=self.chance.number(0, 300))
        if reacted >= self.books.until:
            return reacted
        back = self.books.contact(
            channel="email",
            at=reacted,
            by=None,
            customer=customer,
            text="Zie hieronder wat u vroeg. Ik hoop dat u nu verder kunt.",
            address=self.town.email(customer),
        )
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
            channel="phone",
            at=moment,
            by=by,
            customer=customer,
            call_id=call["id"],
            address=self.town.phone(customer),
            text="Belt om te vragen hoe het ermee staat. Uitgelegd dat het team ermee bezig is.",
            duration_seconds=int((call["ended_at"] - moment).total_seconds()),
        )
        case.attach(again)

    def _reacts(self, case: Case, topic: Topic, customer: Row, at: datetime, by: User) -> None:
        """The customer is not satisfied: the question opens again, with the norm of the channel of the reaction."""
        moment = at + timedelta(days=self.chance.number(1, 12), minutes=self.chance.number(0, 400))
        if moment >= self.books.until:
            return
        back = self.books.contact(
            channel="email",
            at=moment,
            by=None,
            customer=customer,
            address=self.town.email(customer),
            text="Bedankt voor uw antwoord, maar dit is nog niet opgelost. Kunt u er nog eens naar kijken?",
        )
        case.attach(back)
        case.reopen()
        case.start("email.answer", back, by=None)
        again = self.days.open_moment(self.days.working_day(local_day(moment), self.chance.number(0, 3)), after=moment)
        if again < self.books.until:
            self.answer(case, topic, customer, again, by)

    # --- calling back ------------------------------------------------------------------------------------
    def call_back(self, case: Case, contact: Row, customer: Row | None, by: User, at: datetime) -> None:
        chance, until = self.chance, self.books.until
        phone = (
            self.town.phone(customer) if customer else ""
        ) or f"06 00 99 {chance.number(10, 99)} {chance.number(10, 99)}"
        row = self.books.callbacks.add(
            question_id=case.id,
            contact_id=contact["id"],
            phone=phone,
            name=customer["name"] if customer else "",
            moment=chance.pick(("na 14.00 uur", "in de ochtend", "maakt niet uit", "tussen 12 en 13 uur", "")),
            created_at=at,
            created_by_id=by.pk,
            state="open",
            settled_at=None,
            settled_by_id=None,
            version=1,
        )
        case.callback = row
        late = chance.hit(0.10)
        day = self.days.working_day(local_day(at), chance.number(2, 4) if late else 1 if chance.hit(0.5) else 0)
        done = self.days.open_moment(day, after=at)
        if self.fate or ((until - at).days < 4 and chance.hit(0.4)):
            done = until + timedelta(days=1)
        colleague = self._somebody(case.row["team_id"])
        if self.fate != "new" and chance.hit(0.8):
            picked = min(at + (min(done, at + timedelta(hours=20)) - at) * 0.3, until - timedelta(minutes=2))
            case.assign(colleague, at=picked, by=colleague)
        if self.fate != "new" and chance.hit(0.25):
            tried = self.days.open_moment(self.days.working_day(local_day(at), 0), after=at)
            if tried < min(done, until):
                self.books.attempts.add(
                    callback_id=row["id"],
                    at=tried,
                    by_id=colleague.pk,
                    outcome=chance.pick(("no_answer", "voicemail")),
                    note=chance.pick(ATTEMPTS),
                )
        if done >= until:
            return
        self.books.attempts.add(callback_id=row["id"], at=done, by_id=colleague.pk, outcome="reached", note="")
        row.update(state="done", settled_at=done, settled_by_id=colleague.pk, version=2)
        if case.row["assignee_id"] is None:
            case.assign(colleague, at=done, by=colleague)
        self.out(case, customer, done, colleague, "phone", "Teruggebeld. De vraag is beantwoord.", is_answer=True)
        case.answered(at=done, by=colleague, cause="called back")
        case.close(at=done, by=colleague)
