"""The people of the design's screens, each with a question that shows something: late, confidential, called back, on a second contact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from contacts.demo.books import Case
from contacts.demo.sheet import Row
from contacts.demo.subjects import Situation, Topic
from contacts.demo.work import Work
from contacts.norms.promises import STOPPED_BY_ACKNOWLEDGEMENT
from organisation.models import User


@dataclass(frozen=True)
class Story:
    """One question of the current work: so many working days ago, at this time, on this channel."""

    days: int
    minutes: int
    channel: str
    topic: str
    title: str
    text: str
    customer: str
    fate: str
    owner: str = ""
    is_confidential: bool = False


# key: salutation, name, street, number, postcode, place, phone, email, remark
CAST = {
    "wit": (
        "mrs",
        "A. de Wit-Schouten",
        "Dorpsstraat",
        "41",
        "1716KA",
        "Opmeer",
        "0226 35 12 44",
        "a.dewit@voorbeeld.nl",
        "Hoort slecht: spreek rustig",
    ),
    "wit2": ("mr", "P. de Wit", "Dorpsstraat", "41", "1716KA", "Opmeer", "0226 35 12 44", "", ""),
    "ootjers": ("mr", "R. Ootjers", "Klaproos", "8", "1716VS", "Opmeer", "06 20 48 71 93", "", ""),
    "koning": (
        "mr",
        "J. Koning",
        "Papenveer",
        "12",
        "1715NE",
        "Spanbroek",
        "06 00 45 12 80",
        "j.koning@voorbeeld.nl",
        "",
    ),
    "beers": ("mr", "K. Beers", "Zandweg", "12", "1715AB", "Spanbroek", "06 00 31 77 02", "k.beers@voorbeeld.nl", ""),
    "smit": ("mrs", "L. Smit", "Gouwe", "31", "1716DE", "Opmeer", "0226 35 71 19", "l.smit@voorbeeld.nl", ""),
    "ruiter": ("mr", "M. Ruiter", "Bonte Mantel", "60", "1716RT", "Opmeer", "06 12 08 33 47", "", ""),
    "appelman": (
        "mrs",
        "T. Appelman",
        "Veldhuis",
        "14",
        "1716VH",
        "Opmeer",
        "0226 35 40 08",
        "t.appelman@voorbeeld.nl",
        "",
    ),
    "vlaar": ("mrs", "S. Vlaar", "Heerenweide", "77", "1716MX", "Opmeer", "06 00 82 10 65", "s.vlaar@voorbeeld.nl", ""),
    "opmeerder": ("none", "@opmeerder", "", "", "", "Opmeer", "", "", ""),
    "groot": ("mr", "T. Groot", "Herenweg", "88", "1718AB", "Hoogwoud", "06 00 64 23 11", "t.groot@voorbeeld.nl", ""),
    "vriend": (
        "mrs",
        "G. Vriend-Bos",
        "Koningspade",
        "19",
        "1718MN",
        "Hoogwoud",
        "0226 35 88 30",
        "",
        "Belt het liefst in de ochtend",
    ),
    "yilmaz": ("mrs", "N. Yilmaz", "Weelhof", "5", "1716NP", "Opmeer", "06 00 17 94 52", "n.yilmaz@voorbeeld.nl", ""),
    "koopman": (
        "none",
        "Bakkerij Koopman",
        "Breestraat",
        "20",
        "1716BC",
        "Opmeer",
        "0226 35 15 15",
        "info@bakkerijkoopman.voorbeeld.nl",
        "",
    ),
    "spanbroek": (
        "none",
        "VV Spanbroek",
        "Spanbroekerweg",
        "180",
        "1715GN",
        "Spanbroek",
        "0226 35 26 26",
        "bestuur@vvspanbroek.voorbeeld.nl",
        "",
    ),
    "wijzend": ("none", "Bewoners Wijzend", "Wijzend", "24", "1716AM", "Opmeer", "", "wijzend@voorbeeld.nl", ""),
}
ORGANISATIONS = {"koopman", "spanbroek", "wijzend"}
STORIES = (
    Story(
        6,
        611,
        "email",
        "Boom of tak",
        "Boom hangt over het fietspad",
        "De grote wilg tegenover Zandweg 12 hangt over het fietspad. Fietsers wijken uit naar de weg. Dit is de derde keer dat ik het meld.",
        "beers",
        "new",
    ),
    Story(
        5,
        1172,
        "form",
        "Straatverlichting",
        "Lantaarnpaal knippert",
        "Paal 2041 aan de Gouwe knippert de hele nacht. Onze slaapkamer ligt aan de voorkant.",
        "smit",
        "open",
        "henk",
    ),
    Story(
        4,
        842,
        "email",
        "Schade door de weg",
        "Schade aan auto door put",
        "Onze bestelauto is op de Breestraat door een put gezakt. De velg en de band zijn kapot. Ik stuur drie foto's en de offerte van de garage mee.",
        "koopman",
        "new",
        "ria",
        True,
    ),
    Story(
        1,
        602,
        "phone",
        "Kapvergunning",
        "Kapvergunning nodig voor berk?",
        "Wil een scheve berk in de achtertuin kappen. Bel na 14.00 uur.",
        "ruiter",
        "callback",
        "bas",
    ),
    Story(
        1,
        950,
        "social",
        "Ondergrondse container vol",
        "Vuilnisbak Lindengracht vol",
        "@gemeenteopmeer de vuilnisbak op de Lindengracht puilt uit. Wie komt hem legen? (met foto, 14 reacties)",
        "opmeerder",
        "new",
    ),
    Story(
        2,
        655,
        "email",
        "Zwerfafval en dumping",
        "Zwerfafval bij sportpark De Weijver",
        "Na elke wedstrijddag ligt er veel zwerfafval langs het pad naar het sportpark. Wij ruimen mee op, maar er is één bak te weinig. Kan er een bij?",
        "spanbroek",
        "open",
        "henk",
    ),
    Story(
        2,
        1261,
        "form",
        "Losse stoeptegel of gat in de weg",
        "Stoep verzakt voor de deur",
        "De stoep voor Veldhuis 14 is over twee meter verzakt. Mijn buurman met rollator kan er niet meer langs.",
        "appelman",
        "open",
        "noor",
    ),
    Story(
        4,
        560,
        "letter",
        "Parkeren",
        "Bezwaar tegen nieuwe parkeervakken",
        "Wij, vijf bewoners van de Wijzend, zijn het niet eens met de nieuwe parkeervakken. Wij vragen om een gesprek en om een tekening met onze inritten.",
        "wijzend",
        "open",
        "noor",
    ),
    Story(
        6,
        587,
        "email",
        "Speeltuin",
        "Verzoek speeltoestel Heerenweide",
        "Op de Heerenweide wonen nu veel jonge kinderen. Kan er een toestel bij voor kinderen tot vijf jaar?",
        "vlaar",
        "waiting",
        "henk",
    ),
    Story(
        3,
        1015,
        "email",
        "Milieustraat",
        "Milieupas geweigerd bij de stort",
        "Bij de milieustraat werd mijn pas geweigerd, terwijl ik dit jaar nog geen puin heb gebracht. Wat is er mis?",
        "groot",
        "open",
        "henk",
    ),
    Story(
        1,
        1190,
        "form",
        "Container niet geleegd",
        "Container twee keer niet geleegd",
        "Onze groene container is voor de tweede keer niet geleegd. De buren zijn wel geweest. Er zitten nu maden in.",
        "yilmaz",
        "open",
        "henk",
    ),
    Story(
        9,
        640,
        "email",
        "Omgevingsvergunning",
        "Omgevingsplan: dakkapel mogelijk?",
        "Wij willen een dakkapel van vier meter aan de voorkant. De buren hebben er ook een. Mag dat volgens het omgevingsplan?",
        "koning",
        "open",
        "bas",
    ),
    Story(
        8,
        700,
        "phone",
        "Hulp bij het huishouden",
        "Wachttijd huishoudelijke hulp",
        "Wacht al acht weken op hulp. Is gevallen in huis. Vraagt wanneer er iemand komt.",
        "vriend",
        "open",
        "lotte",
    ),
    Story(
        7,
        720,
        "email",
        "Schuldhulp",
        "Hulp bij schulden, graag vertrouwelijk",
        "Ik kan mijn rekeningen niet meer betalen. Ik wil niet dat anderen dit weten. Kunt u mij bellen op mijn werk?",
        "yilmaz",
        "open",
        "samir",
        True,
    ),
)


def plan_stories(work: Work) -> None:
    """Makes the cast and plans their questions."""
    history = work.history
    known: dict[str, Row] = {}
    since = history.books.until - timedelta(days=600)
    for key, (salutation, name, street, number, postcode, place, phone, email, remark) in CAST.items():
        known[key] = history.town.add(
            at=since,
            name=name,
            kind="organisation" if key in ORGANISATIONS else "person",
            salutation=salutation,
            street=street,
            house_number=number,
            postcode=postcode,
            place=place,
            phone=phone,
            email=email,
            remark=remark,
            verified=bool(phone),
        )
        if key not in ("wit", "wit2", "ootjers"):
            (history.town.organisations if key in ORGANISATIONS else history.town.people).append(known[key])
    history.books.addresses.add(
        customer_id=known["opmeerder"]["id"],
        kind="social",
        value="@opmeerder",
        normalized="opmeerder",
        is_preferred=True,
    )
    for story in STORIES:
        work.plan(history.days.at(work.back(story.days), story.minutes), _told(work, story, known[story.customer]))
    _plan_de_wit(work, known["wit"])


def _told(work: Work, story: Story, customer: Row):  # type: ignore[no-untyped-def]
    history = work.history

    def run(at: datetime) -> None:
        owner = history.place.people.users[story.owner] if story.owner else None
        case = history.contact(
            at,
            story.channel,
            topic=history.place.by_name(story.topic),
            customer=customer,
            situation=Situation(story.title, story.text, story.text),
            fate=story.fate,
            owner=owner,
        )
        if story.is_confidential and owner is not None:
            close_to_others(history.books.access.add, case, owner, history.place.people.users["fatima"], at)

    return run


def close_to_others(add, case: Case, named: User, by: User, at: datetime) -> None:  # type: ignore[no-untyped-def]
    """Confidential: for the person named only."""
    case.row["is_confidential"] = True
    add(question_id=case.id, user_id=named.pk, reason=f"Genoemd door {by.name}", granted_by_id=by.pk, from_at=at)


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
        return self.direct(contact, topic, title, text, by, saved)

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


def _plan_de_wit(work: Work, customer: Row) -> None:
    story = DeWit(work, customer)
    days = work.history.days
    work.plan(days.at(days.working_day(work.day - timedelta(days=267), 0), 585), story.stoeptegel)
    work.plan(days.at(days.working_day(work.day - timedelta(days=224), 0), 612), story.woz)
    work.plan(days.at(days.working_day(work.day - timedelta(days=22), 0), 620), story.rijbewijs)
    work.plan(days.at(work.back(3), 982), story.niet_opgehaald)
    work.plan(days.at(work.back(1), 640), story.belt)
