"""Whether an acknowledgement still says something: it waited in the outbox, perhaps through an outage, and the answer may be there first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from channels_app.models import OutboundMessage
from channels_app.reasons import kept
from channels_app.signals import Stop
from contacts.merged import where_merged
from contacts.models import QuestionContact

FRESH: Final = timedelta(minutes=1)
"""So young at its first try nothing can have happened yet: as nearly all are, these cost no query."""


def still_to_acknowledge(message: OutboundMessage, *, at: datetime) -> Stop | None:
    """None: it may go. As long as one of the questions that came with it is open and was not answered since."""
    if message.tries == 0 and at - message.created_at < FRESH:
        return None
    contact = message.object_key.removeprefix("contact:")
    if not contact.isdigit():
        return None
    links = QuestionContact.objects.filter(contact=int(contact)).select_related("contact", "question__merged_into")
    asked = [(where_merged(link.question), link.contact.received_at) for link in links]
    opened = [(question, moment) for question, moment in asked if question.is_open]
    if asked and not opened:
        return Stop(kept("The question was closed before this could leave."), asks_nobody=True)
    if opened and all(question.answered_at and question.answered_at >= moment for question, moment in opened):
        return Stop(kept("The answer was there first."), asks_nobody=True)
    return None
