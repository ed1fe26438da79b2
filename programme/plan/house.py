"""The house of the plan (chapters 4 to 6), the decisions it names, and its goals with norms and starting figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

NAME: Final = "Doorontwikkeling Dienstverlening"
VISION: Final = "Waar mogelijk digitaal, waar nodig persoonlijk."
VALUES: Final = "Eigentijds, Persoonlijk, Betrouwbaar, Duidelijk, Eenvoudig"
STARTS_ON: Final = date(2018, 9, 1)
"""Plan, chapter 8: the aim is to begin in September 2018."""
ENDS_ON: Final = date(2021, 12, 31)
"""Plan, chapter 6: for the years 2018 to 2021."""

PILLARS: Final = (
    (
        "Digitale dienstverlening",
        "Digitaal",
        "device-desktop",
        "Waar het kan bieden we onze producten en diensten digitaal aan. We vragen onze klanten wat zij het eerst willen.",
    ),
    (
        "Persoonlijke dienstverlening",
        "Persoonlijk",
        "users",
        "In direct contact zijn we persoonlijk, toegankelijk, betrouwbaar en flexibel. We leveren maatwerk waar dat nodig is.",
    ),
    (
        "Schriftelijke dienstverlening",
        "Schriftelijk",
        "file-text",
        "Wat we schrijven is duidelijk en makkelijk te lezen. We schrijven op taalniveau B1, met respect voor de lezer.",
    ),
)
FOUNDATION: Final = "Fundament: alle medewerkers"
CONDITIONS: Final = (
    (
        FOUNDATION,
        "Fundament",
        "users-group",
        "Alle medewerkers leggen samen het fundament. Zij weten waarom dienstverlening belangrijk is, en vanuit welke waarden we werken.",
    ),
    (
        "Houding en gedrag",
        "Houding en gedrag",
        "heart-handshake",
        "Medewerkers zijn klantvriendelijk en hebben de vaardigheden voor goede dienstverlening.",
    ),
    (
        "Facilitair",
        "Facilitair",
        "building",
        "Inwoners voelen zich welkom in het gemeentehuis. Gesprekken zijn open en persoonlijk, en de privacy is geregeld.",
    ),
    (
        "Servicecentrum",
        "Servicecentrum",
        "headset",
        "Het Servicecentrum houdt de regie over alle contacten met klanten, samen met alle collega's.",
    ),
    (
        "Informatiebeheer",
        "Informatiebeheer",
        "database",
        "Ons informatiebeheer helpt bij wat we willen bereiken. We voldoen aan de wet.",
    ),
    (
        "Meten, monitoren, sturen",
        "Meten en sturen",
        "chart-dots",
        "We meten om te kunnen sturen. We vragen onze klanten geregeld wat zij van ons merken.",
    ),
)
DECISIONS: Final = (
    (
        date(2017, 9, 21),
        "raad",
        "Neemt kennis van het besluit van het college om een programmaregisseur dienstverlening aan te stellen.",
    ),
    (date(2018, 4, 9), "mt", "Stemt in met de visie op dienstverlening, de klantwaarden en de uitgangspunten."),
    (
        date(2018, 7, 11),
        "raad",
        "Stelt de kadernota 2018/2019 vast. Het budget voor dienstverlening gaat omhoog; het uitvoeringsplan kan beginnen.",
    ),
)
"""As the plan tells them (chapters 1 and 8)."""


@dataclass(frozen=True)
class GoalOfPlan:
    """A goal of the plan; `place` is the short name of a pillar or condition."""

    place: str
    name: str
    unit: str
    target: str
    source: str
    kpi_code: str = ""
    indicator: str = ""
    """Code of what others measure; where it began is their first result."""
    explanation: str = ""


GOALS: Final = (
    GoalOfPlan(
        "Digitaal",
        "Waardering digitaal",
        "mark",
        "6.8",
        "plan 6.1: begonnen met 6,7; meer dan dat is een keuze",
        indicator="digitaal",
        explanation="Hoe inwoners onze digitale dienstverlening als geheel waarderen.",
    ),
    GoalOfPlan(
        "Digitaal",
        "Social media: reactie in 1 werkdag",
        "percent",
        "95",
        "plan 6.1: 1 werkdag; de 95 % is een keuze",
        "social.respond",
    ),
    GoalOfPlan(
        "Persoonlijk",
        "Telefoon: opgenomen in 30 seconden",
        "percent",
        "90",
        "plan 6.2: 30 seconden; de 90 % is een keuze",
        "phone.pickup",
    ),
    GoalOfPlan("Persoonlijk", "Telefoon: direct beantwoord", "percent", "60", "plan 6.2", "phone.direct"),
    GoalOfPlan(
        "Persoonlijk",
        "Waardering telefoon",
        "mark",
        "7",
        "plan 6.2",
        "rating.phone",
        explanation="Het cijfer dat bellers het gesprek geven. Het plan noemt het klantvriendelijkheid aan de telefoon.",
    ),
    GoalOfPlan("Persoonlijk", "Waardering afspraken", "mark", "7", "plan 6.2", "rating.appointment"),
    GoalOfPlan(
        "Schriftelijk",
        "E-mail: antwoord in 3 werkdagen",
        "percent",
        "95",
        "plan 6.3: 3 werkdagen; de 95 % is een keuze",
        "email.answer",
    ),
    GoalOfPlan(
        "Schriftelijk",
        "Brief: reactie in 5 werkdagen",
        "percent",
        "95",
        "plan 6.3: 5 werkdagen; de 95 % is een keuze",
        "letter.respond",
    ),
    GoalOfPlan(
        "Schriftelijk",
        "Heldere taal",
        "percent",
        "69",
        "plan 6.3: begonnen met 68 %; meer dan dat is een keuze",
        indicator="heldere-taal",
        explanation="Deel van de inwoners dat het (helemaal) eens is met: de gemeente gebruikt heldere taal. Vanaf 2019 om de 2 jaar gemeten.",
    ),
    GoalOfPlan(
        "Schriftelijk",
        "Teksten op taalniveau B1",
        "percent",
        "80",
        "plan 6.3: niveau B1; de 80 % is een keuze",
        "language.b1",
        explanation="Deel van onze brieven, e-mails, berichten en webteksten dat naar schatting op B1 is, of makkelijker. De computer schat dit. Teksten van minder dan 12 woorden tellen niet mee.",
    ),
    GoalOfPlan("Schriftelijk", "Waardering brieven", "mark", "7", "plan 6.3", "rating.letter"),
    GoalOfPlan("Schriftelijk", "Waardering e-mails", "mark", "7", "plan 6.3", "rating.email"),
    GoalOfPlan("Schriftelijk", "Waardering nieuwsbrieven", "mark", "7", "plan 6.3", "rating.newsletter"),
    GoalOfPlan("Houding en gedrag", "Klantvriendelijkheid", "mark", "8", "plan 6.4", "rating.friendliness"),
    GoalOfPlan(
        "Meten en sturen",
        "Waardering algemeen",
        "mark",
        "6.8",
        "plan 6.4: begonnen met 6,7; meer dan dat is een keuze",
        indicator="algemeen",
        explanation="Hoe inwoners de dienstverlening van de gemeente in het algemeen waarderen.",
    ),
)
