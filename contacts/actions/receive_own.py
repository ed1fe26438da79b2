"""What a colleague wrote with the screens of the service itself (Meta Business Suite): an outgoing message that stops a norm for a reaction."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from channels_app.models import InboundMessage, OutboundMessage
from contacts.actions.answer import add_contact, after_message
from contacts.actions.change import changing
from contacts.actions.tell import tell
from contacts.mail.outcome import Outcome
from contacts.messages.conversation import find_place
from contacts.models import Notice, Question

if TYPE_CHECKING:
    from channels_app.adapters.messages import Incoming


def receive_own(*, row: InboundMessage, said: Incoming, at: datetime) -> Outcome:
    """In the caller's transaction, with the conversation locked. What we sent from here comes back as well: that is known already."""
    question = _answered(row, said)
    if question is None or not question.is_open or not said.text:
        return Outcome.attached(None, _("Written by us, and no open question that it belongs to."))
    if _left_here(row, said, question):
        return Outcome.attached(None, _("Our own message that came back."))
    sent_at = min(row.received_at, at)
    with changing(question, by=None, at=at, reason="answered at the service") as fresh:
        contact = add_contact(
            fresh, by=None, at=sent_at, text=said.text, channel=row.channel, is_answer=False, address=said.address
        )
        contact.inbound, contact.registered_at = row, at
        contact.remarks = ["answered_at_service", *(["public_answer"] if said.is_public else [])]
        contact.save_without_historical_record()  # type: ignore[attr-defined]
        after_message(fresh, by=None, at=sent_at, is_answer=False, then="stay")
    tell([question.assignee_id], kind=Notice.Kind.NEW_CONTACT, question=question, key=f"contact:{contact.pk}", at=at)
    return Outcome.attached(contact)


def _answered(row: InboundMessage, said: Incoming) -> Question | None:
    """Below a post: of the comment that it stands under; in private: of the conversation."""
    if not said.is_public:
        return find_place(row, "").question
    theirs = InboundMessage.objects.filter(source=row.source, external_key=said.reply_to).first()
    stands = Question.objects.filter(merged_into__isnull=True)
    return stands.filter(contacts__inbound=theirs).order_by("-id").first() if theirs is not None else None


def _left_here(row: InboundMessage, said: Incoming, question: Question) -> bool:
    """By its id, or that of a part of it; or by its words, when it comes back before the service told us the id."""
    ours = OutboundMessage.objects.filter(message_source=row.message_source_id)
    if ours.filter(Q(remote_id=said.key) | Q(details__parts__words=said.key)).exists():
        return True
    return ours.filter(contact__questions=question, body=said.text, remote_id="").exists()
