"""Messages and conversations from the municipality to the customer."""

from __future__ import annotations

from datetime import datetime, timedelta

from contacts.demo.books import Books
from contacts.demo.calls import Exchange
from contacts.demo.case import Case
from contacts.demo.customers import Town
from contacts.demo.pattern import Chance, Days
from contacts.demo.place import Place
from contacts.demo.sheet import Row
from contacts.demo.subjects import Topic
from contacts.demo.texts import Words, long_day
from contacts.norms.clock import last_day_of
from contacts.norms.promises import ANSWER
from organisation.models import User
from organisation.workdays import local_day

SPOKEN = frozenset({"phone", "counter", "reception", "appointment", "street", "home_visit"})


class Outgoing:
    """What the desk and the teams send; holds the town, its words and its phone exchange."""

    def __init__(self, *, books: Books, place: Place, days: Days, chance: Chance) -> None:
        self.books, self.place, self.days, self.chance = books, place, days, chance
        self.town = Town(books, chance)
        self.words = Words(chance)
        self.exchange = Exchange(books, chance, days.calendar)

    def reply_channel(self, case: Case, customer: Row | None) -> str:
        channel = case.row["channel"]
        if channel in ("letter", "social"):
            return channel
        if customer is not None and customer["id"] in self.town.email_of:
            return "email"
        return "phone" if channel in SPOKEN else "email"

    def out(
        self,
        case: Case,
        customer: Row | None,
        at: datetime,
        by: User,
        channel: str,
        text: str,
        *,
        is_answer: bool,
        purpose: str = "reply",
    ) -> Row:
        """A message or conversation from the team to the customer."""
        address = ""
        if channel == "email" and customer is not None:
            address = self.town.email(customer)
        elif channel == "phone" and customer is not None:
            address = self.town.phone(customer)
        contact = self.books.contact(
            channel=channel,
            at=at,
            by=by,
            customer=customer,
            direction="out",
            text=text,
            is_answer=is_answer,
            address=address,
            subject_line=f"Uw vraag [{case.row['number']}]" if channel == "email" else "",
        )
        if address and channel == "email":
            message = self.books.message(
                purpose=purpose,
                key=f"contact:{contact['id']}",
                at=at,
                to=address,
                name=customer["name"] if customer else "",
                subject=f"Uw vraag [{case.row['number']}]",
                body=text,
                number=case.row["number"],
                sent_at=at + timedelta(seconds=40),
            )
            contact["outbound_id"] = message["id"]
        case.attach(contact)
        return contact

    def answer(self, case: Case, topic: Topic, customer: Row | None, at: datetime, by: User) -> None:
        slots = self.words.slots(local_day(at), customer)
        years_ago = (self.books.until - at).days / 365
        text = self.words.reply(topic, slots, customer, by.name, self.place.names[case.row["team_id"]], years_ago)
        channel = self.reply_channel(case, customer)
        if channel == "phone":
            text = f"Teruggebeld en uitgelegd. {topic.answer.split('. ')[0]}".strip()
        self.out(case, customer, at, by, channel, text, is_answer=True)
        case.answered(at=at, by=by)
        case.close(at=at, by=by)

    def acknowledgement(
        self, case: Case, contact: Row, customer: Row | None, address: str, *, at: datetime, sent: datetime
    ) -> None:
        """The automatic message with the number and the last day."""
        norm = self.books.norm(ANSWER[contact["channel"]], case.row["team_id"])
        last = (
            long_day(local_day(last_day_of(self.books.deadline(norm, contact["received_at"]).due_at))) if norm else ""
        )
        self.books.message(
            purpose="acknowledgement",
            key=f"contact:{contact['id']}",
            at=at,
            to=address,
            name=contact["address_name"],
            subject=f"Wij hebben uw bericht ontvangen [{case.row['number']}]",
            body=self.words.acknowledgement(customer, case.row["number"], last),
            number=case.row["number"],
            is_automatic=True,
            sent_at=sent,
        )
