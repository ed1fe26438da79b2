"""What the desk does when the post room has sent a message, or could not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.dispatch import receiver

from channels_app.account_mail import WORDS, administrators_to_tell
from channels_app.models import OutboundMessage
from channels_app.signals import (
    Stop,
    acknowledgements_sent,
    flooded,
    outbound_leaves,
    outbound_settled,
    unsent_shown,
)
from contacts.actions.acknowledge_letter import start_answer_clock
from contacts.actions.change import changing
from contacts.actions.clocks import stop_clocks
from contacts.actions.message_not_delivered import message_not_delivered
from contacts.actions.message_sent import message_sent
from contacts.actions.note_acknowledged import note_acknowledged
from contacts.actions.still_to_acknowledge import still_to_acknowledge
from contacts.actions.tell import tell
from contacts.answers import NOT_LEFT
from contacts.models import Contact, Notice, Question
from contacts.norms.promises import STOPPED_BY_ACKNOWLEDGEMENT
from contacts.notice_topics import account_key
from organisation.clock import now
from organisation.models import Membership, RoleRequest, User
from organisation.prepared import rows_prepared
from organisation.roles import Right, Role, roles_with
from organisation.signals import account_changed, provider_passed, role_waits
from organisation.workdays import local_day

LOOK_AFTER_CHANNELS = roles_with(Right.PARKED_RETRY)
HUMAN = ("reply", "interim", "question_back")


@receiver(outbound_settled, dispatch_uid="desk-hears-of-sent-mail")
def message_settled(sender: object, message: OutboundMessage, **kwargs: Any) -> None:
    """Runs in the transaction that marks the message sent, failed or held."""
    if not message.object_key.startswith("contact:"):
        return
    contact = _contact(int(message.object_key.removeprefix("contact:")))
    if contact is None:
        return
    if message.state == OutboundMessage.State.SENT and message.purpose == OutboundMessage.Purpose.ACKNOWLEDGEMENT:
        acknowledged(contact, message)
    elif message.state == OutboundMessage.State.SENT and message.purpose in HUMAN:
        message_sent(contact, message, at=now())
    elif message.state in NOT_LEFT and message.purpose in HUMAN:
        message_not_delivered(contact, message, at=now())


@receiver(outbound_leaves, dispatch_uid="desk-drops-acknowledgements-that-come-too-late")
def acknowledgement_leaves(sender: object, message: OutboundMessage, at: datetime, **kwargs: Any) -> Stop | None:
    """Before every try: what waited through an outage need not be true any more."""
    return still_to_acknowledge(message, at=at) if message.purpose == OutboundMessage.Purpose.ACKNOWLEDGEMENT else None


@receiver(acknowledgements_sent, dispatch_uid="desk-hears-of-acknowledgements")
def acknowledgements_left(sender: object, messages: Sequence[OutboundMessage], **kwargs: Any) -> None:
    """Several at once, in the transaction that marks them sent; none is of a letter."""
    of = {key.removeprefix("contact:"): one for one in messages if (key := one.object_key).startswith("contact:")}
    note_acknowledged({int(pk): message.sent_at or now() for pk, message in of.items()})


@receiver(unsent_shown, dispatch_uid="desk-keeps-confidential-messages-to-itself")
def hide_confidential(sender: object, user: User, messages: Sequence[OutboundMessage], **kwargs: Any) -> set[int]:
    """Of those messages whose every question is closed to this person."""
    of = {
        int(key.removeprefix("contact:")): one.pk for one in messages if (key := one.object_key).startswith("contact:")
    }
    closed = Contact.objects.filter(pk__in=of).exclude(questions=None)
    closed = closed.exclude(questions__in=Question.objects.visible_to(user))
    return {of[pk] for pk in closed.values_list("pk", flat=True)}


def _contact(pk: int) -> Contact | None:
    """Asked for everything that leaves, so the statement is built once."""
    rows: list[Contact] = rows_prepared(
        "contact of a message", lambda marks: Contact.objects.filter(pk=marks["pk"]), {"pk": pk}
    )
    return next(iter(rows), None)


def acknowledged(contact: Contact, message: OutboundMessage) -> None:
    """The acknowledgement left: its clock is met; a letter's second norm begins."""
    at = message.sent_at or now()
    if contact.channel != "letter":
        note_acknowledged({contact.pk: at})
        return
    for pk in contact.questions.order_by("pk").values_list("pk", flat=True):
        with changing(Question(pk=pk), by=None, at=at, reason="acknowledged", is_edit=False) as question:
            stop_clocks(question, by=None, at=at, cause="acknowledged", codes=STOPPED_BY_ACKNOWLEDGEMENT)
            if question.is_open:
                start_answer_clock(question, contact, by=None, at=at)


@receiver(role_waits, dispatch_uid="administrators-hear-of-a-role")
def role_asked(sender: object, request: RoleRequest, at: datetime, **kwargs: Any) -> None:
    """The administrators who can confirm it are told once; when it is settled nobody needs to read it any more."""
    key = f"role:{request.pk}"
    if request.state != RoleRequest.State.WAITING:
        Notice.objects.filter(kind=Notice.Kind.ROLE_ASKED, key=key, read_at__isnull=True).update(read_at=at)
        return
    administrators = Membership.objects.valid_on(local_day(at)).filter(role=Role.ADMINISTRATOR, user__is_active=True)
    others = administrators.exclude(user__in=[request.asked_by_id, request.user_id]).values_list("user_id", flat=True)
    tell(others, kind=Notice.Kind.ROLE_ASKED, question=None, key=key, at=at)


@receiver(provider_passed, dispatch_uid="administrators-hear-who-came-past-the-provider")
def past_provider(sender: object, person: User, at: datetime, **kwargs: Any) -> None:
    """Every other administrator, once an hour for each who came in so."""
    administrators = Membership.objects.valid_on(local_day(at)).filter(role=Role.ADMINISTRATOR, user__is_active=True)
    others = administrators.exclude(user=person).values_list("user_id", flat=True)
    key = f"past:{person.pk}:{at:%Y-%m-%dT%H}"
    tell(others, kind=Notice.Kind.PROVIDER_PASSED, question=None, key=key, at=at)


@receiver(account_changed, dispatch_uid="who-it-is-about-sees-a-notice")
def account_was_changed(
    sender: object, person: User, action: str, by: User | None, at: datetime, **kwargs: Any
) -> None:
    """Beside the mail: who reads no mail sees it at the bell. Who never signed in has no account to protect yet."""
    if person.last_login is None or action not in WORDS:
        return
    people = [person.pk, *(one.pk for one in administrators_to_tell(person, action, by, at))]
    key = account_key(person.pk, action, at)
    tell(people, kind=Notice.Kind.ACCOUNT_CHANGED, question=None, key=key, at=at, by=by, is_mailed=True)


@receiver(flooded, dispatch_uid="somebody-hears-of-a-flood")
def too_much_comes_in(sender: object, kind: str, at: datetime, **kwargs: Any) -> None:
    """Who looks after the channels is told when it begins."""
    valid = Membership.objects.valid_on(local_day(at)).filter(role__in=LOOK_AFTER_CHANNELS, user__is_active=True)
    key = f"flood:{kind}:{at:%Y-%m-%dT%H%M}"
    tell(valid.values_list("user_id", flat=True), kind=Notice.Kind.FLOOD, question=None, key=key, at=at)
