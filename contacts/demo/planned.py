"""A reply of Henk that leaves at a chosen moment, so that the timeline shows one."""

from __future__ import annotations

from datetime import datetime, timedelta

from contacts import later
from contacts.demo.people import People
from contacts.models import PlannedReply, Question
from organisation.snapshot import organisation

TEXT = """Beste heer, mevrouw,

Onze monteur kijkt vandaag naar de lantaarnpaal bij u in de straat. Daarna hoort u van ons wanneer de lamp weer brandt."""


def add_planned(people: People, *, at: datetime) -> None:
    """On the newest question by e-mail that Henk has."""
    henk = people.users["henk"]
    question = Question.objects.filter(assignee=henk, status="in_progress", channel="email").order_by("-pk").first()
    moments = later.proposals(organisation().calendar_of(None).rules, at)
    if question is None or not moments:
        return
    contact = question.contacts.exclude(address="").order_by("-pk").first()
    PlannedReply.objects.create(
        question=question,
        created_by=henk,
        created_at=at - timedelta(hours=1),
        send_at=moments[-1],
        is_scheduled=True,
        channel="email",
        to_address=contact.address if contact is not None else "inwoner@voorbeeld.nl",
        text=TEXT,
        then="interim",
    )
