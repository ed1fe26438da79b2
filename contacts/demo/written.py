"""Messages that come in: e-mail, letters, forms, posts and chats, and what the desk does with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache, cached_property, partial

from contacts.actions.route import Routed, choose_team
from contacts.demo.case import Case
from contacts.demo.handling import TeamWork
from contacts.demo.sheet import Row
from contacts.demo.subjects import Situation, Topic
from contacts.norms.promises import ACKNOWLEDGE, STOPPED_BY_ACKNOWLEDGEMENT, norms_to_start
from organisation.models import User
from organisation.workdays import local_day

CONFIRMATION = "Wij hebben uw brief ontvangen. U krijgt binnen vier weken antwoord."
TALK = frozenset({"chat", "whatsapp"})


class Written(TeamWork):
    """A written message becomes a question with its team, its clocks and its acknowledgement."""

    @cached_property
    def _choose_team(self) -> Callable[..., Routed]:
        """The same words go to the same team: asked once."""
        return cache(partial(choose_team, house=self.place.house))

    def route(
        self, channel: str, topic: Topic, situation: Situation, customer: Row | None, end: str, by: User | None
    ) -> tuple[int, str, int | None]:
        if end == "direct" and by is not None:
            return self.place.house.front_office.pk, f"Direct beantwoord door {by.name}", None
        routed = self._choose_team(
            channel=channel,
            subject_id=topic.row.pk,
            text=f"{situation.title} {situation.text}",
            kind=topic.kind,
            customer_kind=customer["kind"] if customer else None,
        )
        return routed.team.pk, routed.reason, routed.rule_id

    def _case(
        self,
        contact: Row,
        topic: Topic,
        situation: Situation,
        slots: dict[str, str],
        text: str,
        team_id: int,
        why: str,
        rule: int | None,
        by: User | None,
        end: str = "open",
    ) -> Case:
        return Case(
            self.books,
            contact=contact,
            subject=topic.row,
            kind=topic.kind,
            title=situation.title.format_map(slots),
            text=text,
            team_id=team_id,
            reason=why,
            by=by,
            rule_id=rule,
        )

    def _closed_at_once(self, case: Case, at: datetime, by: User, reason: str) -> None:
        case.row.update(assignee_id=by.pk, status="closed", close_reason=reason, closed_at=at, closed_on=local_day(at))
        case.assignment["assignee_id"] = by.pk

    def message_in(self, at: datetime, channel: str, topic: Topic, situation: Situation, customer: Row | None) -> Case:
        chance = self.chance
        machine = channel in ("email", "form", "app")
        by = None if machine else chance.pick(self.place.people.desk)
        is_talk = channel in TALK
        team_id, why, rule = self.route(channel, topic, situation, customer, "direct" if is_talk else "open", by)
        slots = self.words.slots(local_day(at), customer, self.place.names[team_id])
        text = self.words.written(situation, slots, channel)
        saved = at + timedelta(seconds=chance.number(4, 50))
        if is_talk:
            saved = at + timedelta(minutes=chance.number(1, 13) if chance.hit(0.94) else chance.number(17, 40))
        elif channel in ("letter", "social"):
            opened = self.days.working_day(local_day(at), 1 if channel == "letter" and chance.hit(0.15) else 0)
            saved = self.days.open_moment(opened, after=at)
        saved = min(saved, self.books.until - timedelta(minutes=1))
        address = self.town.email(customer) if customer and machine else ""
        contact = self.books.contact(
            channel=channel,
            at=at,
            by=by,
            customer=customer,
            registered_at=saved,
            text=text,
            address=address,
            is_answer=is_talk,
            address_name=customer["name"] if customer and machine else "",
            subject_line=situation.title.format_map(slots) if channel == "email" else "",
        )
        case = self._case(contact, topic, situation, slots, text, team_id, why, rule, by)
        if channel == "email" and not self.fate and chance.hit(0.022):
            seen = self.days.open_moment(self.days.working_day(local_day(at), 0), after=saved)
            if seen < self.books.until:  # else nobody looked yet, and it stands there as any other
                case.cancel(at=seen, by=chance.pick(self.place.people.desk), reason="spam")
                return case
        if channel in ACKNOWLEDGE and address:
            self.acknowledge(case, contact, customer, address, saved)
        for code in norms_to_start(
            channel=channel, kind=topic.kind, end="direct" if is_talk else "open", acknowledge=False
        ):
            case.start(code, contact, by=by)
        if is_talk and by is not None:
            case.stop(at=saved, by=by, cause="answered at once")
            case.row.update(is_direct=True, answered_at=saved)
            self._closed_at_once(case, saved, by, "direct")
        elif channel == "social" and by is not None and not self.fate and chance.hit(0.3):
            case.cancel_clocks(at=saved, by=by, cause="closed: no_reaction_needed")
            self._closed_at_once(case, saved, by, "no_reaction_needed")
        elif channel == "letter":
            self._letter(case, contact, topic, customer, saved)
        else:
            self.handle(case, topic, customer, saved)
        return case

    def acknowledge(self, case: Case, contact: Row, customer: Row | None, address: str, at: datetime) -> None:
        code = ACKNOWLEDGE[contact["channel"]]
        clock = case.start(code, contact, by=None)
        sent = at + timedelta(
            seconds=self.chance.number(15, 110) if self.chance.hit(0.997) else self.chance.number(400, 3000)
        )
        sent = min(sent, self.books.until - timedelta(seconds=20))
        self.acknowledgement(case, contact, customer, address, at=at, sent=sent)
        if clock is not None:
            case.stop(at=sent, by=None, cause="acknowledged", codes=STOPPED_BY_ACKNOWLEDGEMENT)

    def _letter(self, case: Case, contact: Row, topic: Topic, customer: Row | None, at: datetime) -> None:
        """A letter is answered, or first acknowledged on paper; then 20 working days remain for the answer itself."""
        if self.fate == "new" or not self.chance.hit(0.95 if self.fate else 0.45):
            self.handle(case, topic, customer, at)
            return
        day = self.days.working_day(
            local_day(at), self.chance.number(0, 2 if self.fate else 4) if self.chance.hit(0.93) else 6
        )
        sent = self.days.open_moment(day, after=at)
        if sent >= self.books.until:
            return
        by = self._somebody(case.row["team_id"])
        case.assign(by, at=sent, by=by)
        self.out(case, customer, sent, by, "letter", CONFIRMATION, is_answer=False)
        case.stop(at=sent, by=by, cause="acknowledged", codes=STOPPED_BY_ACKNOWLEDGEMENT)
        if topic.kind != "complaint":
            case.start("letter.answer", contact, by=by)
        if not self.fate:
            self.handle(case, topic, customer, sent)
