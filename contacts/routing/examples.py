"""Rules that most municipalities want, in the words that citizens use: a start for the coordinator, who chooses the team (pure).

A word fits when a word of the text begins with it, so `Woo` alone would fit “woont”, and `bezwaar tegen` also “geen bezwaar tegen”.
Each is therefore so long that it says one thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Example:
    """`key` stands in an address; `name` becomes the name of the rule, with the team that is chosen."""

    key: str
    name: str
    words: tuple[str, ...]


CHILD: Final = Example(
    "zorgen-kind",
    "Zorgen om een kind of geweld thuis",
    (
        "kindermishandeling",
        "huiselijk geweld",
        "kind mishandeld",
        "kinderen mishandeld",
        "mishandelt zijn kind",
        "mishandelt haar kind",
        "mishandelt zijn vrouw",
        "bij Veilig Thuis",
        "zorgen om een kind",
        "zorgen over een kind",
        "zorgen om dit kind",
        "zorgen over dit kind",
        "zorgen om het kind",
        "zorgen over het kind",
        "zorgen om de kinderen",
        "zorgen over de kinderen van",
        "kind wordt geslagen",
        "kinderen worden geslagen",
        "slaat zijn kind",
        "slaat haar kind",
        "kinderen verwaarloosd",
        "kind verwaarloosd",
    ),
)
THREAT: Final = Example(
    "bedreiging",
    "Bedreiging",
    (
        "ik maak jullie af",
        "ik maak je af",
        "ik maak u af",
        "ik schiet jullie neer",
        "ik schiet je neer",
        "ik vermoord",
        "ga ik jullie vermoorden",
        "steek jullie neer",
        "steek de boel in brand",
        "steek het gemeentehuis in brand",
        "ik weet jullie te vinden",
        "ik weet u te vinden",
        "ik weet je te vinden",
        "ik weet waar je woont",
        "ik weet waar u woont",
        "ik weet waar jullie wonen",
        "ik word bedreigd",
        "wij worden bedreigd",
        "we worden bedreigd",
        "bedreigt mij",
        "bedreigt ons",
    ),
)
PRESS: Final = Example(
    "pers",
    "Vraag van de pers",
    (
        "ik ben journalist",
        "als journalist",
        "ik ben verslaggever",
        "ik ben redacteur",
        "persvraag",
        "persvragen",
        "vragen voor de woordvoerder",
        "uw woordvoerder",
        "wederhoor",
        "namens de redactie",
        "Noordhollands Dagblad",
        "NH Nieuws",
    ),
)
OPENNESS: Final = Example(
    "woo",
    "Verzoek om documenten (Woo)",
    (
        "Woo-verzoek",
        "Wooverzoek",
        "Wob-verzoek",
        "Wobverzoek",
        "Wet open overheid",
        "verzoek om openbaarmaking",
        "verzoek tot openbaarmaking",
        "documenten openbaar te maken",
    ),
)
TAX_OBJECTION: Final = Example(
    "bezwaar-belasting",
    "Bezwaar tegen WOZ of aanslag",
    (
        "bezwaar tegen de WOZ",
        "bezwaar tegen WOZ",
        "bezwaar tegen mijn WOZ",
        "bezwaar tegen de aanslag",
        "bezwaar tegen mijn aanslag",
        "bezwaar tegen de rioolheffing",
        "bezwaar tegen de hondenbelasting",
        "bezwaar tegen de afvalstoffenheffing",
    ),
)
OBJECTION: Final = Example(
    "bezwaar",
    "Bezwaar tegen een besluit",
    (
        "bezwaarschrift",
        "ik maak bezwaar",
        "wij maken bezwaar",
        "hierbij maak ik bezwaar",
        "hierbij maken wij bezwaar",
        "maak hierbij bezwaar",
        "maken hierbij bezwaar",
        "teken bezwaar aan",
        "teken ik bezwaar aan",
        "dien bezwaar in",
        "dien ik bezwaar in",
        "niet eens met het besluit",
        "niet eens met uw besluit",
        "oneens met het besluit",
    ),
)
EXAMPLES: Final = (CHILD, THREAT, PRESS, OPENNESS, TAX_OBJECTION, OBJECTION)
"""What cannot wait first, and what is meant more narrowly before what takes the rest."""


def example(key: str) -> Example | None:
    return next((one for one in EXAMPLES if one.key == key), None)
