"""Routing rules whose names read as reasons."""

from __future__ import annotations

from datetime import datetime, timedelta

from contacts.demo.subjects import Topic
from contacts.models import RoutingRule
from contacts.routing import examples
from organisation.bulk import history_of, insert_rows
from organisation.models import Subject, Team
from organisation.snapshot import settings_changed


def _named(
    one: examples.Example, called: str, team: str, *, is_confidential: bool = False
) -> tuple[str, str, dict[str, object]]:
    return f"{one.name} → {called}", team, {"words": list(one.words), "is_confidential": is_confidential}


# name, team, what must fit
RULES: tuple[tuple[str, str, dict[str, object]], ...] = (
    _named(examples.CHILD, "Sociaal Domein", "sociaal-domein", is_confidential=True),
    _named(examples.THREAT, "Bestuur", "bestuur"),
    ("Klacht → klachtencoördinator", "bestuur", {"question_kind": "complaint"}),
    ("Vraag van de pers → Communicatie", "communicatie", {"question_kind": "information"}),
    _named(examples.PRESS, "woordvoerder", "communicatie"),
    _named(examples.OPENNESS, "Bestuur", "bestuur"),
    _named(examples.TAX_OBJECTION, "Belastingen", "belastingen"),
    _named(examples.OBJECTION, "Bestuur", "bestuur"),
    ("Idee van een inwoner → Communicatie", "communicatie", {"question_kind": "idea"}),
    (
        "Gevaar op straat → Openbare Ruimte",
        "openbare-ruimte",
        {"words": ["gaslucht", "omgevallen boom", "gat in de weg", "loshangende kabel"]},
    ),
    ("Afval → Openbare Ruimte", "openbare-ruimte", {"theme": "Afval en grondstoffen"}),
    (
        "Social media over afval → Openbare Ruimte",
        "openbare-ruimte",
        {"channel": "social", "words": ["vuilnis", "container", "zwerfafval"]},
    ),
    ("Belastingen → Belastingen", "belastingen", {"theme": "Belastingen en WOZ"}),
    (
        "Ondernemer met een bouwplan → Vergunningen",
        "vergunningen",
        {"customer_kind": "organisation", "words": ["bouw", "verbouw", "vergunning"]},
    ),
    ("Jeugd en zorg → Sociaal Domein", "sociaal-domein", {"theme": "Jeugd en gezin"}),
    ("Overlast van honden → Handhaving", "handhaving", {"words": ["hondenpoep", "loslopende hond"]}),
)


def add_routing_rules(*, teams: dict[str, Team], topics: list[Topic], at: datetime) -> list[RoutingRule]:
    """Writes the rules in their order."""
    themes = {subject.name: subject for subject in Subject.objects.filter(parent=None)}
    rules = []
    for index, (name, team, fits) in enumerate(RULES, start=1):
        values = dict(fits)
        theme = values.pop("theme", None)
        rules.append(
            RoutingRule(
                position=index * 10,
                name=name,
                team=teams[team],
                subject=themes[str(theme)] if theme else None,
                **values,
            )
        )
    RoutingRule.objects.bulk_create(rules)
    insert_rows(history_of(rows=rules, by=None, at=at - timedelta(days=780)))
    settings_changed()
    return rules
