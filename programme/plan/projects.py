"""The themes of the plan as projects, each with its own three questions (plan, chapter 6).

What is wanted is said in the words of the plan, made shorter. Its appendix with all projects is not here: what is done and how it is measured is a
first proposal where chapter 6 leaves it open, for the owner to write anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class ProjectOfPlan:
    """`place` is the short name of a pillar or condition."""

    place: str
    code: str
    name: str
    want: str
    plan: str
    measure: str


P = ProjectOfPlan
PROJECTS: Final = (
    P(
        "Digitaal",
        "D1",
        "Website",
        "De website is actueel en juist. Informatie is toegankelijk en makkelijk te vinden.",
        "We bieden steeds meer producten digitaal aan. We stemmen de inhoud af op wat bezoekers vragen.",
        "Waardering van de digitale dienstverlening (Waarstaatjegemeente).",
    ),
    P(
        "Digitaal",
        "D2",
        "Social media en webcare",
        "We reageren op tijd en uit onszelf op social media.",
        "We volgen berichten elke werkdag. We gebruiken social media vaker.",
        "Deel van de vragen met een reactie binnen 1 werkdag.",
    ),
    P(
        "Digitaal",
        "D3",
        "Apps",
        "Contact met ons gaat makkelijker met een app.",
        "We gebruiken apps om vragen van klanten sneller te behandelen, waar dat kan.",
        "Aantal meldingen dat met een app binnenkomt.",
    ),
    P(
        "Digitaal",
        "D4",
        "Chat en WhatsApp",
        "Klanten bereiken ons met moderne middelen zonder drempel.",
        "We zetten chat en WhatsApp in voor contact met klanten.",
        "Deel van de gesprekken dat op tijd een eerste antwoord krijgt.",
    ),
    P(
        "Persoonlijk",
        "P1",
        "Receptie",
        "De klant voelt zich welkom en komt snel bij de juiste medewerker.",
        "We scheiden receptie en telefoon. We passen de openingstijden aan op wat inwoners verwachten.",
        "Wachttijd van bezoekers; waardering van bezoekers.",
    ),
    P(
        "Persoonlijk",
        "P2",
        "Telefoon",
        "We nemen op binnen 30 seconden en beantwoorden 60 % van de vragen meteen.",
        "We maken een rooster op drukte. Kennis van de teams komt beschikbaar voor wie de telefoon opneemt.",
        "Deel opgenomen in 30 seconden, deel direct beantwoord, waardering telefoon (7).",
    ),
    P(
        "Persoonlijk",
        "P3",
        "Afspraken en balie",
        "Klanten waarderen onze afspraken met een 7. Hun privacy is geregeld.",
        "Eén agenda voor alle teams. We werken toe naar afspraken op locatie.",
        "Waardering van afspraken.",
    ),
    P(
        "Persoonlijk",
        "P4",
        "Huisbezoeken",
        "Wie dat nodig heeft, krijgt een afspraak thuis of op locatie.",
        "We onderzoeken hoe we meer afspraken aan huis kunnen maken.",
        "Aantal afspraken aan huis of op locatie.",
    ),
    P(
        "Persoonlijk",
        "P5",
        "Participatie",
        "Inwoners en ondernemers denken vroeg mee over ons beleid.",
        "We betrekken hen bij nieuwe plannen en geven ruimte aan initiatieven.",
        "Aantal initiatieven met een antwoord op tijd.",
    ),
    P(
        "Persoonlijk",
        "P6",
        "Handhaving en op straat",
        "Collega's buiten zijn klantvriendelijk en geven het goede voorbeeld.",
        "We bespreken dit in het team en trainen erop.",
        "Klantvriendelijkheid (8).",
    ),
    P(
        "Schriftelijk",
        "S1",
        "Brieven",
        "Onze brieven zijn makkelijk te begrijpen, op niveau B1. Lezers geven minimaal een 7.",
        "We herschrijven de standaardbrieven. Binnen 5 werkdagen sturen we een bevestiging of het antwoord.",
        "Deel van de brieven met een reactie in 5 werkdagen; waardering brieven; heldere taal.",
    ),
    P(
        "Schriftelijk",
        "S2",
        "E-mails",
        "Onze e-mails zijn makkelijk te begrijpen. Lezers geven minimaal een 7.",
        "We antwoorden binnen 3 werkdagen. Er gaat altijd automatisch een ontvangstbevestiging uit.",
        "Deel van de e-mails met antwoord in 3 werkdagen; waardering e-mails.",
    ),
    P(
        "Schriftelijk",
        "S3",
        "Nieuwsbrieven",
        "Betrokkenen waarderen onze nieuwsbrieven met minimaal een 7.",
        "Communicatie denkt bij elk nieuw project mee over het juiste kanaal.",
        "Waardering nieuwsbrieven.",
    ),
    P(
        "Schriftelijk",
        "S4",
        "Gemeentepagina",
        "De gemeentepagina is actueel en vertelt wat de gemeente doet.",
        "We schrijven voor onze inwoners, met aandacht voor samenwerking in de regio.",
        "Reacties van lezers.",
    ),
    P(
        "Schriftelijk",
        "S5",
        "Teksten op de website en elders",
        "We schrijven eenvoudig en helder. Communicatie vindt bij elke vraag de beste vorm.",
        "Communicatie ondersteunt de hele organisatie. We voeren onze huisstijl overal door.",
        "Deel van de teksten op taalniveau B1.",
    ),
    P(
        "Fundament",
        "F1",
        "Visie en klantwaarden",
        "Alle medewerkers kennen onze visie: eigentijds, persoonlijk, betrouwbaar, duidelijk en eenvoudig.",
        "We bespreken visie en uitgangspunten met MT, teams en inwoners.",
        "Deel van de medewerkers dat de bijeenkomst volgde.",
    ),
    P(
        "Houding en gedrag",
        "R1",
        "Hostmanship",
        "Klanten waarderen onze klantvriendelijkheid met een 8.",
        "We trainen medewerkers in houding, gedrag en vaardigheden.",
        "Klantvriendelijkheid (8).",
    ),
    P(
        "Facilitair",
        "R2",
        "Hal en spreekkamers",
        "Het pand past bij onze kernwaarden. De privacy van bezoekers is geregeld.",
        "We richten hal en spreekkamers opnieuw in.",
        "Waardering van bezoekers.",
    ),
    P(
        "Servicecentrum",
        "R3",
        "Inrichten Servicecentrum",
        "Klanten krijgen langs de kortste weg het beste antwoord.",
        "We richten een virtueel team in met de functie Medewerker Servicecentrum, na advies van de OR.",
        "Deel van de vragen dat direct is beantwoord; aantal aangesloten teams.",
    ),
    P(
        "Informatiebeheer",
        "R4",
        "Informatie op orde",
        "Ons informatiebeheer helpt bij onze doelen en voldoet aan de wet.",
        "We regelen bewaren, vernietigen en inzage.",
        "Uitkomst van de jaarlijkse controle.",
    ),
    P(
        "Meten en sturen",
        "R5",
        "Meten bij klanten",
        "We sturen op cijfers die kloppen.",
        "We meten direct na een contact, en de gevolgen op langere termijn.",
        "Aantal doelen met een cijfer.",
    ),
)
