"""Visitors of the hours before the demo was loaded, so that its reception shows who waits, who is helped and who was."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from contacts.actions.asked import Asked, NewCustomer
from contacts.actions.assign import take
from contacts.actions.warn_visit import register_visit
from organisation.snapshot import organisation
from organisation.workdays import local_day

if TYPE_CHECKING:
    from contacts.demo.people import People
    from contacts.demo.subjects import Topic

NAMESPACE: Final = uuid.UUID("0f4b1f0c-9d0b-4f0e-8a8e-6f70746d6572")


@dataclass(frozen=True)
class Visitor:
    """Who came so many minutes ago; handed to `team`, to `person` by name, or helped at once; `helper` took the question."""

    ago: int
    channel: str
    name: str
    subject: str
    text: str
    team: str = ""
    person: str = ""
    helper: str = ""


VISITORS: Final = (
    Visitor(96, "reception", "Dhr. H. Beers", "Paspoort of ID-kaart aanvragen", "Vroeg waar de balie is."),
    Visitor(58, "appointment", "Mevr. T. Appelman", "Speeltuin", "Overleg.", team="openbare-ruimte", helper="henk"),
    Visitor(31, "reception", "", "", "Vroeg de weg naar de bibliotheek."),
    Visitor(
        9,
        "reception",
        "Dhr. K. Schipper",
        "Losse stoeptegel of gat in de weg",
        "Wil de plek op de kaart aanwijzen.",
        team="openbare-ruimte",
    ),
    Visitor(4, "appointment", "Mevr. G. Vriend", "Speeltuin", "Afspraak.", team="openbare-ruimte", person="henk"),
)


def add_visits(people: People, topics: list[Topic], *, day: date, at: datetime) -> None:
    """Only into a demo of today; nobody came when the town hall was closed."""
    opening = organisation().calendar_of(None).rules
    subjects = {topic.name: topic.row.pk for topic in topics}
    for visitor in VISITORS:
        came = at - timedelta(minutes=visitor.ago)
        if local_day(came) != day or not opening.is_open(came):
            continue
        team, person = people.teams.get(visitor.team), people.users.get(visitor.person)
        asked = Asked(
            text=visitor.text,
            subject_id=subjects[visitor.subject] if visitor.subject else None,
            end="forward" if team is not None else "direct",
            team_id=team.pk if team is not None else None,
            assignee_id=person.pk if person is not None else None,
        )
        done, _told = register_visit(
            by=people.users["receptie"],
            at=came,
            channel=visitor.channel,
            asked=[asked],
            customer=NewCustomer(name=visitor.name) if visitor.name else None,
            text=visitor.text,
            key=str(uuid.uuid5(NAMESPACE, f"{day} {visitor.ago}")),
        )
        if visitor.helper:
            take(question=done.questions[0], by=people.users[visitor.helper], at=came + timedelta(minutes=3))
