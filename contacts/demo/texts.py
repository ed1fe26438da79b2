"""What customers and colleagues write in the demo, put together from a situation and the answer of its subject."""

from __future__ import annotations

from datetime import date

from contacts.demo.customers import STREETS, greeting
from contacts.demo.manner import Manner
from contacts.demo.pattern import Chance
from contacts.demo.sheet import Row
from contacts.demo.subjects import Situation, Topic

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
OPENINGS = ("Goedemorgen", "Beste gemeente", "Geachte heer, mevrouw", "Hallo", "Dag", "Goedemiddag")
CLOSINGS = (
    "Ik hoor graag van u.",
    "Alvast bedankt.",
    "Kunt u mij laten weten wat ik moet doen?",
    "Met vriendelijke groet",
    "Graag een reactie.",
    "Wanneer hoor ik hier iets over?",
    "U kunt mij overdag bellen.",
    "Bij voorbaat dank voor uw moeite.",
)
REPLIES = (
    "Wij hebben uw vraag bekeken. {answer}",
    "Dank voor uw bericht. {answer}",
    "Fijn dat u dit laat weten. {answer}",
    "U vroeg ons om uitleg. {answer}",
    "Wij begrijpen uw vraag. {answer}",
)
REPORT_DONE = (
    "Een collega is op {dag} bij {straat} geweest. Het is opgelost.",
    "De aannemer heeft dit op {dag} hersteld.",
    "Wij hebben dit op de lijst gezet. De ploeg komt op {dag} langs.",
    "Wij hebben het nagekeken en opgeruimd. Is er nog iets? Laat het ons weten.",
)
COMPLAINT_DONE = (
    "Het spijt ons dat het zo is gegaan. Wij hebben met de collega gesproken. Voortaan bellen wij u terug op de afgesproken dag.",
    "U heeft gelijk: dit had beter gemoeten. Wij hebben onze werkwijze aangepast.",
    "Wij hebben uw klacht onderzocht. In het gesprek van {dag} hebben wij onze excuses gemaakt.",
)
IDEA_DONE = (
    "Een mooi idee. Wij bespreken het in het overleg van {maand} en laten u weten wat wij doen.",
    "Wij nodigen u graag uit om uw plan toe te lichten.",
)
ASK_BACK = (
    "Kunt u ons laten weten om welk huisnummer het gaat?",
    "Wilt u ons een foto sturen? Dan kunnen wij zien wat er nodig is.",
    "Wij missen nog een kopie van de laatste rekening. Kunt u die sturen?",
    "Op welke dag kunnen wij bij u langskomen?",
    "Welke plek heeft u in gedachten? Een tekening of kaartje helpt ons.",
    "Kunt u het aanslagnummer doorgeven? Dat staat rechtsboven op de brief.",
)
NOTES = (
    "Aannemer gebeld, komt {dag} kijken.",
    "Overlegd met collega van {team}. Wij pakken het op.",
    "Dossier opgezocht: zelfde melding in {maand}.",
    "Klant is vriendelijk maar ongeduldig. Graag vóór {dag} bellen.",
    "Foto's bekeken: ziet er gevaarlijk uit, voorrang gegeven.",
    "Wacht op reactie van de leverancier.",
    "Adres gecontroleerd, klopt met de melding.",
    "Besproken in het weekoverleg.",
    "Concept-antwoord staat klaar, nog laten meelezen.",
    "Klant heeft twee keer gebeld, zie tijdlijn.",
)
FORWARDS = (
    "Hoort bij een ander team",
    "Gaat over een vergunning",
    "Vraagt kennis van een vakcollega",
    "Is een zaak van de buitendienst",
    "Verkeerd gekozen onderwerp",
)
ATTEMPTS = ("", "Probeert het na 14.00 uur weer", "Nummer klopt, niet opgenomen", "Voicemail ingesproken")


class Words:
    """Fills the slots of a text: `{straat}`, `{nr}`, `{dag}`, `{maand}`, `{tijd}`, `{paal}`, `{bedrag}`, `{team}`."""

    def __init__(self, chance: Chance) -> None:
        self.chance, self.manner = chance, Manner()

    def slots(self, day: date, customer: Row | None, team: str = "") -> dict[str, str]:
        chance = self.chance
        own = customer is not None and customer.get("street") and chance.hit(0.6)
        return {
            "straat": customer["street"] if own and customer else chance.pick(STREETS)[0],
            "nr": customer["house_number"] if own and customer else str(chance.number(1, 90)),
            "dag": DAYS[chance.number(0, 4)],
            "maand": MONTHS[(day.month - 1 - chance.number(0, 3)) % 12],
            "tijd": f"{chance.number(7, 22)}.{chance.pick(('00', '15', '30', '45'))} uur",
            "paal": str(chance.number(1000, 2600)),
            "bedrag": f"€ {chance.number(18, 640)},{chance.pick(('00', '50', '25', '75'))}",
            "team": team,
        }

    def written(self, situation: Situation, slots: dict[str, str], channel: str) -> str:
        """A message in the customer's own words: a letter or e-mail with a greeting, a post without."""
        chance = self.chance
        body = situation.text.format_map(slots)
        if channel in ("email", "letter"):
            return f"{chance.pick(OPENINGS)},\n\n{body}\n\n{chance.pick(CLOSINGS)}"
        if channel == "social":
            return f"@gemeenteopmeer {body}"
        return f"{body} {chance.pick(CLOSINGS)}" if chance.hit(0.3) else body

    def spoken(self, situation: Situation, topic: Topic, slots: dict[str, str], end: str) -> str:
        """The desk's note of a conversation."""
        note = situation.note.format_map(slots)
        if end == "direct" and topic.answer and self.chance.hit(0.55):
            return f"{note} Uitgelegd: {topic.answer[:1].lower()}{topic.answer.split('. ')[0].rstrip('.')[1:]}."
        if end == "forward" and slots["team"]:
            return f"{note} Doorgezet naar {slots['team']}."
        if end == "callback":
            return f"{note} Wil graag worden teruggebeld."
        return note

    def reply(
        self, topic: Topic, slots: dict[str, str], customer: Row | None, sender: str, team: str, years_ago: float
    ) -> str:
        """The answer of an employee, as plain as his team writes, with the end that the municipality chose."""
        chance = self.chance
        if topic.kind == "report":
            body = chance.pick(REPORT_DONE).format_map(slots)
        elif topic.kind == "complaint":
            body = chance.pick(COMPLAINT_DONE).format_map(slots)
        elif topic.kind == "idea":
            body = chance.pick(IDEA_DONE).format_map(slots)
        else:
            body = chance.pick(REPLIES).format(answer=topic.answer or "Wij hebben het nagekeken en voor u geregeld.")
        body = self.manner.written(body, team, years_ago)
        hello = greeting(customer) if customer else "Beste heer of mevrouw,"
        return f"{hello}\n\n{body}\n\nMet vriendelijke groet,\n\n{sender}\n{team}\nGemeente Opmeer"

    def acknowledgement(self, customer: Row | None, number: str, last_day: str) -> str:
        hello = greeting(customer) if customer else "Beste heer of mevrouw,"
        until = f" Uiterlijk {last_day} krijgt u antwoord." if last_day else ""
        return (
            f"{hello}\n\nWij hebben uw bericht ontvangen. Het nummer van uw vraag is {number}.\n\n"
            f"Wat gebeurt er nu? Een collega leest uw vraag.{until}\n\nMet vriendelijke groet,\nGemeente Opmeer\n"
        )


def long_day(day: date) -> str:
    """`woensdag 29 april`."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
