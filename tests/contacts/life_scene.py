"""A Monday morning, a mail that came in, and an answer that comes back."""

from datetime import datetime, timedelta

import time_machine

from channels_app.signals import outbound_settled
from contacts.actions.register import Asked, NewCustomer, register
from contacts.models import Contact, Question
from organisation.clock import AMSTERDAM
from tests.cast import Cast

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
TUESDAY = MONDAY + timedelta(days=1)


def mail(cast: Cast, at: datetime = MONDAY, name: str = "De Wit", **asked: object) -> Question:
    made = register(
        by=None,
        at=at,
        channel="email",
        received_at=at,
        asked=[Asked(subject_id=cast.grofvuil.pk, **asked)],  # type: ignore[arg-type]
        customer=NewCustomer(name=name, email=f"{name.lower().replace(' ', '')}@voorbeeld.nl"),
        text="Waar blijft de ophaler?",
    )
    question = made.questions[0]
    question.refresh_from_db()
    return question


def sent_again(contact: Contact, at: datetime) -> None:
    """A person pressed the button, and it left."""
    contact.refresh_from_db()
    message = contact.outbound
    message.state, message.error, message.sent_at = "sent", "", at
    message.save()
    with time_machine.travel(at, tick=False):
        outbound_settled.send(sender=None, message=message)


def undelivered(contact: Contact, at: datetime) -> None:
    message = contact.outbound
    message.state, message.error = "failed", "550 no such user"
    message.save()
    with time_machine.travel(at, tick=False):
        outbound_settled.send(sender=None, message=message)
