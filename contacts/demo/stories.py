"""Plans the questions of the people of the design: late, confidential, called back, on a second contact."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from contacts.demo.case import Case
from contacts.demo.cast import CAST, ORGANISATIONS, STORIES, Story
from contacts.demo.de_wit import plan_de_wit
from contacts.demo.sheet import Row, Sheet
from contacts.demo.subjects import Situation
from contacts.demo.work import Work
from organisation.models import User


def plan_stories(work: Work) -> None:
    """Makes the cast and plans their questions."""
    history = work.history
    known: dict[str, Row] = {}
    since = history.books.until - timedelta(days=600)
    for key, (salutation, name, street, number, postcode, place, phone, email, remark) in CAST.items():
        known[key] = history.town.add(
            at=since,
            name=name,
            kind="organisation" if key in ORGANISATIONS else "person",
            salutation=salutation,
            street=street,
            house_number=number,
            postcode=postcode,
            place=place,
            phone=phone,
            email=email,
            remark=remark,
            verified=bool(phone),
        )
        if key not in ("wit", "wit2", "ootjers"):
            (history.town.organisations if key in ORGANISATIONS else history.town.people).append(known[key])
    history.books.addresses.add(
        customer_id=known["opmeerder"]["id"],
        kind="social",
        value="@opmeerder",
        normalized="opmeerder",
        is_preferred=True,
    )
    for story in STORIES:
        work.plan(history.days.at(work.back(story.days), story.minutes), _told(work, story, known[story.customer]))
    plan_de_wit(work, known["wit"])


def _told(work: Work, story: Story, customer: Row) -> Callable[[datetime], None]:
    history = work.history

    def run(at: datetime) -> None:
        owner = history.place.people.users[story.owner] if story.owner else None
        case = history.contact(
            at,
            story.channel,
            topic=history.place.by_name(story.topic),
            customer=customer,
            situation=Situation(story.title, story.text, story.text),
            fate=story.fate,
            owner=owner,
        )
        if story.is_confidential and owner is not None:
            close_to_others(history.books.access, case, owner, history.place.people.users["fatima"], at)

    return run


def close_to_others(access: Sheet, case: Case, named: User, by: User, at: datetime) -> None:
    """Confidential: for the person named only."""
    case.row["is_confidential"] = True
    access.add(question_id=case.id, user_id=named.pk, reason=f"Genoemd door {by.name}", granted_by_id=by.pk, from_at=at)
