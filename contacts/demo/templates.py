"""Texts to begin a reply from, in B1."""

from __future__ import annotations

from datetime import datetime, timedelta

from contacts.models import ReplyTemplate
from organisation.bulk import history_of, insert_rows
from organisation.models import Team

# name, team (empty: everybody), text
TEMPLATES = (
    (
        "Nieuwe ophaaldag grofvuil",
        "openbare-ruimte",
        "{aanhef}\n\nUw grofvuil is niet opgehaald. Dat spijt ons. Wij halen het op [dag] op, tussen 8 en 12 uur. Zet het vóór 7.30 uur aan de weg. U hoeft niet thuis te zijn.\n\nUw vraag heeft nummer {nummer}.\n\nMet vriendelijke groet,\n\n{medewerker}\n{team}\nGemeente Opmeer",
    ),
    (
        "Melding opgelost",
        "openbare-ruimte",
        "{aanhef}\n\nU heeft ons een melding gestuurd. Een collega is op [dag] geweest en heeft het opgelost. Ziet u toch nog iets? Antwoord dan op deze e-mail.\n\nDank voor uw melding, nummer {nummer}.\n\nMet vriendelijke groet,\n\n{medewerker}\n{team}\nGemeente Opmeer",
    ),
    (
        "Melding ingepland",
        "openbare-ruimte",
        "{aanhef}\n\nWij hebben uw melding bekeken. Het werk staat op de lijst voor week [week]. U krijgt van ons bericht als het klaar is.\n\nMet vriendelijke groet,\n\n{medewerker}\n{team}\nGemeente Opmeer",
    ),
    (
        "Paspoort of ID-kaart aanvragen",
        "burgerzaken",
        "{aanhef}\n\nU vraagt een paspoort of ID-kaart aan op het gemeentehuis. Maak eerst een afspraak. Neem uw oude document en een nieuwe pasfoto mee. Na vijf werkdagen kunt u het document ophalen.\n\nMet vriendelijke groet,\n\n{medewerker}\n{team}\nGemeente Opmeer",
    ),
    (
        "Verhuizing doorgeven",
        "burgerzaken",
        "{aanhef}\n\nU geeft uw verhuizing door op onze website, met uw DigiD. Dat kan vanaf vier weken voor de verhuizing en tot vijf dagen daarna. Het is gratis.\n\nMet vriendelijke groet,\n\n{medewerker}\n{team}\nGemeente Opmeer",
    ),
    (
        "Vergunning: dit hebben wij nodig",
        "vergunningen",
        "{aanhef}\n\nWij kunnen uw plan nog niet beoordelen. Wij hebben deze stukken nodig: [stukken]. Stuurt u ze vóór {uiterlijk}? Dan gaan wij verder.\n\nMet vriendelijke groet,\n\n{medewerker}\n{team}\nGemeente Opmeer",
    ),
    (
        "Uitstel van betaling",
        "belastingen",
        "{aanhef}\n\nU wilt de aanslag in delen betalen. Dat kan. U betaalt in [aantal] keer. U krijgt van ons een brief met de data.\n\nMet vriendelijke groet,\n\n{medewerker}\n{team}\nGemeente Opmeer",
    ),
    (
        "Wmo: wij bellen u",
        "sociaal-domein",
        "{aanhef}\n\nWij hebben uw vraag over hulp ontvangen. Een consulent belt u binnen vijf werkdagen. Samen maakt u een afspraak voor een gesprek bij u thuis.\n\nMet vriendelijke groet,\n\n{medewerker}\n{team}\nGemeente Opmeer",
    ),
    (
        "Klacht ontvangen",
        "bestuur",
        "{aanhef}\n\nWij hebben uw klacht ontvangen. Dank dat u ons dit laat weten. Wij bellen u om erover te praten. U krijgt uiterlijk {uiterlijk} een besluit.\n\nMet vriendelijke groet,\n\n{medewerker}\n{team}\nGemeente Opmeer",
    ),
    (
        "Tussenbericht: het duurt langer",
        "",
        "{aanhef}\n\nUw vraag {nummer} kost meer tijd dan wij dachten. Dat spijt ons. U krijgt uiterlijk {uiterlijk} antwoord.\n\nMet vriendelijke groet,\n\n{medewerker}\n{team}\nGemeente Opmeer",
    ),
    (
        "Wij hebben meer gegevens nodig",
        "",
        "{aanhef}\n\nOm uw vraag te beantwoorden hebben wij nog iets nodig: [gegevens]. Wilt u dat als antwoord op deze e-mail sturen? Vermeld dan nummer {nummer}.\n\nMet vriendelijke groet,\n\n{medewerker}\n{team}\nGemeente Opmeer",
    ),
    (
        "Niet voor de gemeente",
        "",
        "{aanhef}\n\nUw vraag is niet voor de gemeente. U kunt terecht bij [organisatie]. Zij helpen u verder.\n\nMet vriendelijke groet,\n\n{medewerker}\n{team}\nGemeente Opmeer",
    ),
    (
        "Dank voor uw compliment",
        "",
        "{aanhef}\n\nWat fijn om te lezen. Wij geven uw compliment door aan onze collega's.\n\nMet vriendelijke groet,\n\n{medewerker}\n{team}\nGemeente Opmeer",
    ),
)

ACKNOWLEDGEMENT = """{aanhef}

Wij hebben uw brief over {onderwerp} ontvangen op {ontvangen}. Het nummer van uw vraag is {nummer}.

Een collega van {team} leest uw brief.
U krijgt uiterlijk op {uiterlijk} antwoord.

Hebt u een vraag? Bel {telefoon} en noem dit nummer.

Met vriendelijke groet,

{gemeente}"""


def add_templates(*, teams: dict[str, Team], at: datetime) -> list[ReplyTemplate]:
    """Writes the templates."""
    rows = [ReplyTemplate(name=name, team=teams[team] if team else None, body=body) for name, team, body in TEMPLATES]
    rows.append(ReplyTemplate(name="Ontvangstbevestiging brief", body=ACKNOWLEDGEMENT, use="letter_acknowledgement"))
    ReplyTemplate.objects.bulk_create(rows)
    insert_rows(history_of(rows, by=None, at=at - timedelta(days=300)))
    return rows
