"""How teams write in the demo: most plainly, some as an office did twenty years ago, and less so as the programme goes on."""

from __future__ import annotations

from typing import Final

from contacts.demo.pattern import Chance

STIFF: Final = {
    "Omgeving & Vergunningen": 0.34,
    "Belastingen": 0.26,
    "Handhaving": 0.30,
    "Bestuur & Organisatie": 0.28,
    "Sociaal Domein": 0.15,
    "Openbare Ruimte": 0.11,
}
"""Team → the share of its answers that are official language, at the end of the story."""
OTHERS: Final = 0.06
A_YEAR_BEFORE: Final = 1.45
"""A year earlier it was so many times as much."""
BEFORE: Final = (
    "Naar aanleiding van uw bericht delen wij u hierbij het onderstaande mede omtrent de behandeling van uw verzoek.",
    "Onder verwijzing naar uw schrijven berichten wij u dat de beoordeling van uw aanvraag inmiddels heeft plaatsgevonden.",
    "In antwoord op uw bericht informeren wij u dat uw melding conform de geldende werkwijze in behandeling is genomen.",
)
AFTER: Final = (
    "Indien u zich niet met het bovenstaande kunt verenigen, bestaat de mogelijkheid om binnen de daarvoor gestelde termijn een gemotiveerde schriftelijke reactie in te dienen bij de behandelende afdeling.",
    "Wij verzoeken u eventuele aanvullende bescheiden ten behoeve van de verdere afhandeling zo spoedig mogelijk aan ondergetekende te doen toekomen, bij gebreke waarvan uw verzoek niet verder in behandeling kan worden genomen.",
    "Mocht u naar aanleiding hiervan nadere informatie wensen, dan kunt u te allen tijde contact opnemen met de behandelend ambtenaar van de desbetreffende afdeling, onder vermelding van bovengenoemd kenmerk.",
)


class Manner:
    """Draws of its own, so that the town around it stays the same."""

    def __init__(self) -> None:
        self.chance = Chance("manner of writing")

    def written(self, body: str, team: str, years_ago: float) -> str:
        """The answer as this team writes it then."""
        share = STIFF.get(team, OTHERS) * A_YEAR_BEFORE**years_ago
        if not self.chance.hit(min(share, 0.8)):
            return body
        return f"{self.chance.pick(BEFORE)} {body} {self.chance.pick(AFTER)}"
