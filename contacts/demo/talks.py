"""A few conversations of the last working days by WhatsApp, Facebook, Instagram, Mastodon and SMS, taken in by the very steps of real ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from channels_app.actions.deliver import deliver
from channels_app.actions.read_events import item_of
from channels_app.actions.take_in_event import take_in_event
from channels_app.adapters.messages import Incoming
from channels_app.models import InboundMessage, MessageSource, OutboundMessage
from contacts.actions.answer import answer
from contacts.actions.no_reaction import no_reaction
from contacts.actions.receive_message import receive_message
from contacts.actions.send_message import PUBLIC
from contacts.demo.messenger import add_messenger
from contacts.demo.posts import MARKET, MARKET_URL
from contacts.demo.text_messages import add_text_messages
from contacts.models import ContactAddress, Question

if TYPE_CHECKING:
    from contacts.demo.people import People

TEMPLATES = [
    {
        "name": "antwoord_klaar",
        "language": "nl",
        "text": "Beste {{1}}, wij hebben antwoord op uw vraag over {{2}}. Mogen wij u hier schrijven?",
    },
    {"name": "graag_bellen", "language": "nl", "text": "Beste {{1}}, wij willen u graag bellen. Wanneer komt dat uit?"},
]
LIGHTS = "Zaterdag gaan de lichtjes aan op het Raadhuisplein. Komt u ook?"
LIGHTS_URL = "https://www.instagram.com/p/lichtjes/"


class Talks:
    """Writes the conversations one after the other; the same every time."""

    def __init__(self, people: People, moment: Callable[[int, int], datetime]) -> None:
        self.people, self.moment = people, moment
        self.count = 0
        self.whatsapp = self._source("whatsapp", "WhatsApp Opmeer", "106540352242922", TEMPLATES)
        self.facebook = self._source("meta", "Facebook en Instagram Opmeer", "1755847768034402")
        self.mastodon = self._source("mastodon", "@gemeente@opmeer.example", "")
        self.sms = self._source("sms", "SMS Opmeer", "31226363333")

    def _source(
        self, kind: str, name: str, account: str, templates: list[dict[str, str]] | None = None
    ) -> MessageSource:
        return MessageSource.objects.create(
            kind=kind,
            name=name,
            key=f"demo-{kind}",
            account=account,
            server="https://opmeer.example" if kind in ("mastodon", "sms") else "",
            sends_status=kind == "sms",
            templates=templates or [],
            last_heard_at=self.moment(1, 1096),
        )

    def say(self, source: MessageSource, channel: str, at: datetime, said: dict[str, Any]) -> Question:
        """One message of a customer; gives its question."""
        self.count += 1
        told = Incoming(key=f"demo.{self.count}", at=at.timestamp(), **said)
        body = json.dumps({"demo": told.to_dict()}).encode()
        take_in_event(source=source, channel=channel, key=told.key, body=body, at=at)
        call = InboundMessage.objects.get(source=f"bron:{source.pk}", external_key=f"call:{told.key}")
        row = item_of(call, told)
        row.state = InboundMessage.State.PARSED
        row.save()
        receive_message(row=row, said=told, at=at).mark(row, at)
        call.state, call.outcome, call.done_at = InboundMessage.State.DONE, InboundMessage.Outcome.SPLIT, at
        call.save()
        return Question.objects.get(contacts__inbound=row)

    def reply(
        self, question: Question, name: str, at: datetime, text: str, to: str = "", then: str = "close", read: int = 4
    ) -> None:
        """An answer of ours that leaves at once and is read some minutes later."""
        contact = answer(
            question=question,
            by=self.people.users[name],
            at=at,
            text=text,
            channel=question.channel,
            to_address=to,
            then=then,
            is_answer=then == "close",
        )
        deliver(at=at, by_services=True)
        landed = at + timedelta(minutes=read)
        if to != PUBLIC:  # of what stands below a post nobody hears who read it
            OutboundMessage.objects.filter(contact=contact).update(delivered_at=at, read_at=landed if read else None)

    def by_whatsapp(self) -> None:
        known = (
            ContactAddress.objects.filter(kind="phone", normalized__startswith="316")
            .order_by("pk")
            .select_related("customer")
        )
        person = known[0]

        def wa(number: str, name: str, text: str, **more: Any) -> dict[str, Any]:
            return {"conversation": number, "address": number, "name": name, "text": text, **more}

        bin_at = self.moment(2, 610)
        number, name = person.normalized, person.customer.name
        question = self.say(
            self.whatsapp,
            "whatsapp",
            bin_at,
            wa(number, name, "Goedemorgen, mijn groene container is niet geleegd vandaag."),
        )
        self.reply(
            question,
            "fatima",
            bin_at + timedelta(minutes=6),
            "Goedemorgen. Dat is vervelend. Wat is uw adres?",
            then="waiting",
        )
        address = person.customer.address_line or "Dorpsstraat 12, Opmeer"
        self.say(self.whatsapp, "whatsapp", bin_at + timedelta(minutes=9), wa(number, name, address))
        self.reply(
            question,
            "fatima",
            bin_at + timedelta(minutes=14),
            "Dank u. De wagen komt morgen voor 12 uur nog langs. U kunt de container laten staan.",
        )
        self.say(
            self.whatsapp,
            "whatsapp",
            bin_at + timedelta(minutes=16),
            wa(number, name, "\U0001f44d", is_light=True),
        )
        lamp = self.moment(1, 1052)
        self.say(
            self.whatsapp,
            "whatsapp",
            lamp,
            wa("31655501234", "Karin Mulder", "De lantaarnpaal hier doet het al een week niet. Kunnen jullie kijken?"),
        )
        self.say(
            self.whatsapp,
            "whatsapp",
            lamp + timedelta(minutes=1),
            wa("31655501234", "Karin Mulder", "Molenweg\nMolenweg 8, Spanbroek\n52.697400, 4.953600"),
        )
        self.say(
            self.whatsapp,
            "whatsapp",
            self.moment(1, 1096),
            wa("31655505678", "Jeroen", "Hoi, kan ik mijn paspoort ook zonder afspraak ophalen?"),
        )

    def by_facebook(self) -> None:
        def below(who: str, name: str, text: str) -> dict[str, Any]:
            return {
                "conversation": f"facebook:markt:{who}",
                "address": f"facebook:{who}",
                "name": name,
                "text": text,
                "is_public": True,
                "post": MARKET_URL,
                "post_text": MARKET,
                "details": {"network": "facebook", "comment": f"100_{who}", "private": f"facebook:prive:{who}"},
            }

        at = self.moment(2, 690)
        parking = self.say(
            self.facebook,
            "social",
            at,
            below("24860000000001", "Marja Koster", "Is er dan nog wel parkeerplaats bij de kerk?"),
        )
        self.reply(
            parking,
            "fatima",
            at + timedelta(minutes=38),
            "Ja, achter de kerk zijn 60 plekken. U kunt er op marktdag twee uur gratis staan.",
            to="openbaar",
        )
        stall = self.say(
            self.facebook,
            "social",
            at + timedelta(minutes=12),
            below("24860000000002", "Bloemen van Wim", "Ik wil graag een kraam met bloemen. Waar kan ik dat vragen?"),
        )
        self.reply(
            stall,
            "fatima",
            at + timedelta(minutes=50),
            "Leuk! Wij sturen u een privébericht.",
            to="openbaar",
            then="interim",
        )
        self.reply(
            stall,
            "fatima",
            at + timedelta(minutes=54),
            "U vraagt de kraam aan met het formulier Standplaats op onze website. Wilt u dat wij u bellen? Stuur dan uw nummer.",
            to="facebook:24860000000002",
            then="waiting",
            read=0,
        )
        thanks = self.say(
            self.facebook,
            "social",
            self.moment(1, 560),
            below("24860000000003", "Ton Visser", "Top plek, goed gedaan!"),
        )
        no_reaction(question=thanks, by=self.people.users["fatima"], at=self.moment(1, 580), reason="thanks")
        self.say(
            self.facebook,
            "social",
            self.moment(1, 930),
            {
                "conversation": "instagram:lichtjes:232323232",
                "address": "instagram:232323232",
                "name": "sanne.opmeer",
                "text": "Wat leuk! Hoe laat begint het?",
                "is_public": True,
                "post": LIGHTS_URL,
                "post_text": LIGHTS,
                "details": {"network": "instagram", "comment": "178657", "private": "instagram:prive:232323232"},
            },
        )

    def by_mastodon(self) -> None:
        address = "fietser@mastodon.example"
        self.say(
            self.mastodon,
            "social",
            self.moment(1, 815),
            {
                "conversation": f"openbaar:{address}",
                "address": address,
                "name": "Fietser uit Hoogwoud",
                "text": "Het fietspad langs de Langereis ligt vol takken na de storm. Wanneer komt iemand vegen?",
                "is_public": True,
                "post": "https://mastodon.example/@fietser/1",
                "details": {"visibility": "public", "private": f"prive:{address}"},
            },
        )


def add_talks(people: People, moment: Callable[[int, int], datetime]) -> None:
    """`moment(back, minute)`: that minute of the so-manieth working day before the demo's day."""
    talks = Talks(people, moment)
    talks.by_whatsapp()
    talks.by_facebook()
    add_messenger(talks)
    talks.by_mastodon()
    add_text_messages(talks)
