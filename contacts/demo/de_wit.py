"""Mevr. A. de Wit-Schouten of the design: five questions in a year, the last one on its last day."""

from __future__ import annotations

from datetime import datetime, timedelta

from contacts.demo.case import Case
from contacts.demo.sheet import Row
from contacts.demo.subjects import Situation, Topic
from contacts.demo.work import Work
from contacts.norms.promises import STOPPED_BY_ACKNOWLEDGEMENT
from organisation.models import User


class DeWit:
    """Mevr. A. de Wit-Schouten: five questions in a year, the last one on its last day and asked about twice."""

    def __init__(self, work: Work, customer: Row) -> None:
        self.work, self.customer = work, customer
        self.history = work.history
        self.people = work.history.place.people
        self.koelkast: Case | None = None

    def topic(self, name: str) -> Topic:
        return self.history.place.by_name(name)

    def spoken(self, at: datetime, channel: str, by: User, topic: str, title: str, text: str, seconds: int) -> Case:
        """A conversation in which the question was answered."""
        history = self.history
        call = (
            history.exchange.answered(picked_up=at, by=by, caller=history.town.phone(self.customer))
            if channel == "phone"
            else None
        )
        saved = at + timedelta(seconds=seconds + 20)
        contact = history.books.contact(
            channel=channel,
            at=at,
            by=by,
            customer=self.customer,
            registered_at=saved,
            text=text,
            duration_seconds=seconds,
            call_id=call["id"] if call else None,
            is_answer=True,
            address=history.town.phone(self.customer) if call else "",
        )
        case = self.direct(contact, topic, title, text, by, saved)
        history.hall.helped_at_once(case, contact, by)
        return case

    def direct(self, contact: Row, topic: str, title: str, text: str, by: User, saved: datetime) -> Case:
        house = self.history.place.house
        case = Case(
            self.history.books,
            contact=contact,
            subject=self.topic(topic).row,
            kind="question",
            title=title,
            text=text,
            team_id=house.front_office.pk,
            reason=f"Direct beantwoord door {by.name}",
            by=by,
            assignee=by,
        )
        case.row.update(
            is_direct=True,
            answered_at=saved,
            status="closed",
            close_reason="direct",
            closed_at=saved,
            closed_on=saved.date(),
        )
        return case

    def stoeptegel(self, at: datetime) -> None:
        text = "Losse stoeptegel voor Dorpsstraat 41. Doorgegeven aan de buitendienst, wordt morgen hersteld."
        self.spoken(
            at,
            "phone",
            self.people.users["fatima"],
            "Losse stoeptegel of gat in de weg",
            "Losse stoeptegel Dorpsstraat",
            text,
            95,
        )

    def rijbewijs(self, at: datetime) -> None:
        self.spoken(
            at,
            "counter",
            self.people.users["mila"],
            "Rijbewijs verlengen",
            "Rijbewijs opgehaald",
            "Rijbewijs uitgereikt, oude rijbewijs ingeleverd.",
            360,
        )

    def woz(self, at: datetime) -> None:
        """An e-mail, answered after two working days."""
        history, ingrid = self.history, self.people.users["ingrid"]
        topic = self.topic("Bezwaar tegen aanslag")
        text = "De WOZ-waarde van onze woning is met 22 procent gestegen. Dat lijkt ons te hoog. Hoe maken wij bezwaar?"
        contact = history.books.contact(
            channel="email",
            at=at,
            by=None,
            customer=self.customer,
            registered_at=at + timedelta(seconds=20),
            text=text,
            subject_line="Bezwaar tegen WOZ-waarde",
            address="a.dewit@voorbeeld.nl",
            address_name=self.customer["name"],
        )
        case = Case(
            history.books,
            contact=contact,
            subject=topic.row,
            kind="objection",
            title="Bezwaar tegen WOZ-waarde",
            text=text,
            team_id=self.people.teams["belastingen"].pk,
            reason="Regel “Belastingen → Belastingen”",
            by=None,
        )
        history.acknowledge(case, contact, self.customer, "a.dewit@voorbeeld.nl", at + timedelta(seconds=20))
        case.start("email.answer", contact, by=None)
        case.assign(ingrid, at=at + timedelta(hours=3), by=ingrid)
        answer_at = history.days.open_moment(history.days.working_day(at.date(), 2))
        history.answer(case, topic, self.customer, answer_at, ingrid)

    def niet_opgehaald(self, at: datetime) -> None:
        """The refrigerator that stayed on the pavement."""
        history, henk = self.history, self.people.users["henk"]
        topic = self.topic("Grofvuil niet opgehaald")
        situation = Situation("Grofvuil niet opgehaald", "", "")
        text = "Vanmorgen zou de koelkast worden opgehaald, maar hij staat er nog. Ik heb betaald en was op tijd. Kunt u zeggen wanneer jullie komen?"
        team_id, why, rule = history.route("form", topic, situation, self.customer, "open", None)
        contact = history.books.contact(
            channel="form",
            at=at,
            by=None,
            customer=self.customer,
            registered_at=at + timedelta(seconds=3),
            text=text,
            address="a.dewit@voorbeeld.nl",
            address_name=self.customer["name"],
        )
        case = Case(
            history.books,
            contact=contact,
            subject=topic.row,
            kind="report",
            title="Grofvuil niet opgehaald",
            text=text,
            team_id=team_id,
            reason=why,
            rule_id=rule,
            by=None,
        )
        clock = case.start("form.acknowledge", contact, by=None)
        history.acknowledgement(
            case, contact, self.customer, "a.dewit@voorbeeld.nl", at=at, sent=at + timedelta(seconds=60)
        )
        if clock is not None:
            case.stop(at=at + timedelta(seconds=60), by=None, cause="acknowledged", codes=STOPPED_BY_ACKNOWLEDGEMENT)
        case.start("form.answer", contact, by=None)
        self.koelkast = case
        next_day = self.work.back(2)
        picked = history.days.at(next_day, 521)
        case.assign(henk, at=picked, by=henk)
        note = "Ophaler gebeld: adres stond niet op de lijst van woensdag. Nieuwe ronde is komende woensdag, tussen 8 en 12 uur. Wacht op bevestiging. @Fatima ter info."
        case.note(note, at=history.days.at(next_day, 555), by=henk)

    def belt(self, at: datetime) -> None:
        """She calls about the refrigerator and asks about a couch as well: one contact, two questions."""
        history, fatima = self.history, self.people.users["fatima"]
        call = history.exchange.answered(picked_up=at, by=fatima, caller="0226 35 12 44")
        call["ended_at"] = at + timedelta(seconds=108)
        saved = at + timedelta(seconds=130)
        text = "Vraagt ook hoe zij een oude bank kwijt kan. Uitgelegd: ophalen op woensdag, € 22,50. Zij wacht nog op bericht over de koelkast."
        contact = history.books.contact(
            channel="phone",
            at=at,
            by=fatima,
            customer=self.customer,
            registered_at=saved,
            text=text,
            duration_seconds=108,
            call_id=call["id"],
            is_answer=True,
            address="0226 35 12 44",
        )
        if self.koelkast is not None:
            self.koelkast.attach(contact)
            history.books.notices.add(
                user_id=self.people.users["henk"].pk,
                kind="new_contact",
                question_id=self.koelkast.id,
                key=f"contact:{contact['id']}",
                at=saved,
                mailed_at=saved,
            )
        self.direct(contact, "Grofvuil ophalen", "Grofvuil ophalen", text, fatima, saved)


def plan_de_wit(work: Work, customer: Row) -> None:
    story = DeWit(work, customer)
    days = work.history.days
    work.plan(days.at(days.working_day(work.day - timedelta(days=267), 0), 585), story.stoeptegel)
    work.plan(days.at(days.working_day(work.day - timedelta(days=224), 0), 612), story.woz)
    work.plan(days.at(days.working_day(work.day - timedelta(days=22), 0), 620), story.rijbewijs)
    work.plan(days.at(work.back(3), 982), story.niet_opgehaald)
    work.plan(days.at(work.back(1), 640), story.belt)
