"""What a simulated crowd does: how a call goes, and what people write (pure; only for the demo)."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

SURNAMES: Final = (
    "Bakker",
    "Visser",
    "de Boer",
    "Mulder",
    "Smit",
    "Meijer",
    "Kok",
    "Schouten",
    "Groot",
    "Dekker",
    "Koning",
    "Veen",
)
WRITTEN: Final = (
    ("Grof vuil laten ophalen", "Ik wil een oude bank en een kast kwijt. Wanneer kunt u die ophalen?"),
    ("Lantaarnpaal kapot", "De lantaarnpaal voor ons huis brandt al drie dagen niet. Kunt u hem laten maken?"),
    ("Paspoort verlopen", "Mijn paspoort is verlopen en ik ga over vier weken op reis. Hoe snel kan ik een nieuw paspoort krijgen?"),
    ("Losse stoeptegels", "Voor de school liggen stoeptegels los. Mijn moeder is er bijna over gevallen."),
    ("Vraag over mijn aanslag", "Op mijn aanslag staat een hond, maar die hebben wij niet meer. Wat moet ik doen?"),
    ("Verhuizing doorgeven", "Wij verhuizen volgende maand naar Spanbroek. Kan ik dat nu al doorgeven?"),
    ("Overlast van muziek", "Bij de buren staat elke avond harde muziek aan. Bij wie kan ik dat melden?"),
    ("Boom snoeien", "De takken van de boom langs de weg hangen over onze tuin. Komt u die snoeien?"),
    ("Container vol", "De container voor glas bij de supermarkt is al een week vol. Er ligt glas naast."),
    ("Vergunning dakkapel", "Wij willen een dakkapel aan de achterkant. Hebben wij daar een vergunning voor nodig?"),
)  # fmt: skip
CHATTED: Final = (
    ("Hoe laat bent u morgen open?", "En moet ik een afspraak maken?"),
    ("Ik heb een vraag over mijn afvalpas.", "Hij doet het niet meer bij de container."),
    ("Kan ik mijn paspoort vandaag ophalen?", "Ik kreeg gisteren een bericht dat hij klaar is."),
    ("Waar vind ik het formulier voor kwijtschelding?", "Op de website kan ik het niet vinden."),
    ("Wanneer wordt het oud papier opgehaald?", "Wij wonen in Spanbroek."),
)
COMMENTED: Final = (
    "Wanneer gaat de weg weer open? Ik moet nu elke dag omrijden.",
    "Goed nieuws, eindelijk!",
    "Waarom horen wij als bewoners hier niets over?",
    "Is er ook plek voor fietsen bij de markt?",
    "De verlichting op het plein is nog steeds stuk.",
)
POST: Final = "De werkzaamheden aan de Dorpsstraat zijn vrijdag klaar."
POST_URL: Final = "https://www.facebook.com/gemeenteopmeer/posts/simulatie"
SOURCE: Final = "simulatie"
"""Of its calls and mails, in the place of an exchange or a mailbox."""
MARK: Final = "Verzonnen bericht van “Simuleer drukte”."


def call_plan(seed: str, begin: datetime, desks: Sequence[str]) -> tuple[str, list[tuple[datetime, str]]]:
    """At which desk it rings (none when there is no free one), and what happens when."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    desk = chance.choice(list(desks)) if desks else ""
    wait = chance.randint(4, 25) if chance.random() < 0.85 else chance.randint(31, 60)
    steps = [(begin, "entered")]
    if not desk or chance.random() < 0.15:
        if desk:
            steps.append((begin + timedelta(seconds=2), "ringing"))
        return desk, [*steps, (begin + timedelta(seconds=chance.randint(10, 70)), "ended")]
    steps += [(begin + timedelta(seconds=2), "ringing"), (begin + timedelta(seconds=wait), "answered")]
    return desk, [*steps, (begin + timedelta(seconds=wait + chance.randint(20, 150)), "ended")]


def written(seed: str) -> tuple[str, str, str, str]:
    """Name, address, subject and text of somebody who writes; no address is one of a person."""
    chance = random.Random(seed)  # noqa: S311
    surname = chance.choice(SURNAMES)
    name = f"{chance.choice('ABCDEHJKMPRST')}. {surname}"
    subject, text = chance.choice(WRITTEN)
    address = f"{surname.replace(' ', '').lower()}{chance.randint(1, 9999)}@simulatie.example"
    return name, address, subject, f"{text}\n\nMet vriendelijke groet,\n{name}\n\n{MARK}"


def mail(seed: str, to: str, at: datetime) -> bytes:
    """A message as it comes from the mail server."""
    name, address, subject, text = written(seed)
    lines = [
        f"From: {name} <{address}>",
        f"To: {to}",
        f"Subject: {subject}",
        f"Date: {at.strftime('%a, %d %b %Y %H:%M:%S +0000')}",
        f"Message-ID: <{seed}@simulatie.example>",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "",
        *text.split("\n"),
    ]
    return "\r\n".join(lines).encode()


def chat_plan(seed: str, begin: datetime) -> list[tuple[datetime, str, str]]:
    """What a visitor of the website does: begin, say something more, and go when nobody answers or all is said."""
    chance = random.Random(seed)  # noqa: S311
    first, second = chance.choice(CHATTED)
    said = begin + timedelta(seconds=chance.randint(15, 40))
    return [
        (begin, "begin", f"{first}\n\n{MARK}"),
        (said, "say", second),
        (said + timedelta(seconds=chance.randint(150, 300)), "end", ""),
    ]


def comment(seed: str, at: datetime) -> bytes:
    """A comment below a post of ours, as Facebook calls with it."""
    chance = random.Random(seed)  # noqa: S311
    who = f"2486{chance.randint(10**9, 10**10 - 1)}"
    value = {
        "from": {"id": who, "name": written(seed)[0]},
        "post": {"permalink_url": POST_URL, "message": POST},
        "message": f"{chance.choice(COMMENTED)}\n\n{MARK}",
        "post_id": "1755847768034402_900",
        "comment_id": f"900_{_digits(seed)}",
        "created_time": int(at.timestamp()),
        "item": "comment",
        "parent_id": "1755847768034402_900",
        "verb": "add",
    }
    entry = {"id": "1755847768034402", "time": int(at.timestamp()), "changes": [{"field": "feed", "value": value}]}
    return json.dumps({"object": "page", "entry": [entry]}).encode()


def whatsapp(seed: str, at: datetime) -> bytes:
    """A message as WhatsApp calls with it; the number is one that nobody has."""
    name, _address, _subject, text = written(seed)
    number = f"3162{int(_digits(seed)) % 10**7:07d}"
    message = {
        "from": number,
        "id": f"wamid.{seed}",
        "timestamp": str(int(at.timestamp())),
        "type": "text",
        "text": {"body": text},
    }
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "31226363333", "phone_number_id": "106540352242922"},
        "contacts": [{"profile": {"name": name}, "wa_id": number}],
        "messages": [message],
    }
    entry = {"id": "102290129340398", "changes": [{"field": "messages", "value": value}]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def _digits(seed: str) -> str:
    return str(int.from_bytes(hashlib.sha256(seed.encode()).digest()[:7]))
