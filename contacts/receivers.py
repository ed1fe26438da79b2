"""What the desk does when the post room has sent a message, or could not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.dispatch import receiver
from django.utils.translation import gettext as _

from channels_app.account_mail import WORDS, administrators_to_tell
from channels_app.models import OutboundMessage
from channels_app.signals import acknowledgements_sent, flooded, outbound_settled
from contacts.actions.acknowledge_letter import start_answer_clock
from contacts.actions.change import changing
from contacts.actions.clocks import resume_clocks, stop_clocks
from contacts.actions.keep_level import keep_level
from contacts.actions.note_acknowledged import note_acknowledged
from contacts.actions.restop_clocks import restop
from contacts.actions.tell import tell
from contacts.answers import NOT_LEFT, answer_after, last_answer
from contacts.merged import where_merged
from contacts.models import Contact, NormClock, Notice, Question
from contacts.norms.promises import CALLBACK, STOPPED_BY_ACKNOWLEDGEMENT
from contacts.notice_topics import account_key
from organisation.clock import now
from organisation.history import sign
from organisation.models import Membership, RoleRequest, User
from organisation.prepared import rows_prepared
from organisation.roles import Right, Role, roles_with
from organisation.signals import account_changed, provider_passed, role_waits
from organisation.workdays import local_day

Status = Question.Status
LOOK_AFTER_CHANNELS = roles_with(Right.PARKED_RETRY)
HUMAN = ("reply", "interim", "question_back")
SENT_AFTER_ALL = "sent after all"


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
        written(contact, message)
    elif message.state in NOT_LEFT and message.purpose in HUMAN:
        not_delivered(contact, message)


@receiver(acknowledgements_sent, dispatch_uid="desk-hears-of-acknowledgements")
def acknowledgements_left(sender: object, messages: Sequence[OutboundMessage], **kwargs: Any) -> None:
    """Several at once, in the transaction that marks them sent; none is of a letter."""
    of = {key.removeprefix("contact:"): one for one in messages if (key := one.object_key).startswith("contact:")}
    note_acknowledged({int(pk): message.sent_at or now() for pk, message in of.items()})


def _contact(pk: int) -> Contact | None:
    """Asked for everything that leaves, so the statement is built once."""
    rows: list[Contact] = rows_prepared(
        "contact of a message", lambda marks: Contact.objects.filter(pk=marks["pk"]), {"pk": pk}
    )
    return next(iter(rows), None)


def written(contact: Contact, message: OutboundMessage) -> None:
    """A text of ours left: how hard it is to read is kept, for the figure."""
    at = message.sent_at or now()
    questions = list(contact.questions.order_by("pk"))
    if not questions:
        return
    keep_level(contact, questions[0], left_at=at)
    if contact.is_answer and (undone := [one for one in questions if _is_undone(one, contact)]):
        _answered_after_all(undone, contact, at)


def _is_undone(question: Question, contact: Contact) -> bool:
    """Whether this answer failed or was held before, and the question still waits for it.

    Not when somebody answered since, nor when the customer wrote since: what was written before that answers it not.
    """
    if not question.is_open or (question.answered_at is not None and question.answered_at >= contact.received_at):
        return False
    came = Contact.objects.filter(questions=question, direction=Contact.Direction.IN, is_automatic=False)
    return not came.filter(received_at__gt=contact.received_at).exists()


def _answered_after_all(questions: Sequence[Question], contact: Contact, at: datetime) -> None:
    """A person sent it again: it is an answer from the moment it left."""
    contact.received_at = at
    sign(contact, by=None, at=at, reason=SENT_AFTER_ALL)
    contact.save()
    for one in questions:
        with changing(one, by=None, at=at, reason=SENT_AFTER_ALL, is_edit=False) as question:
            question.answered_at = max(question.answered_at or at, at)
            question.last_contact_at = max(question.last_contact_at, at)
            stop_clocks(question, by=None, at=at, cause="answered", besides=frozenset({CALLBACK}))


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


def not_delivered(contact: Contact, message: OutboundMessage) -> None:
    """An answer that never arrived is no answer: the question opens again and its clocks are replaced (quality F17).

    Nor did a first reaction, and nobody waits for the customer to answer what was never read. Of a question that was merged since, the one
    that stays is opened.
    """
    at = now()
    questions = list(contact.questions.order_by("pk"))
    for found in (one for one in questions if one.merged_into_id is None):
        clocks = NormClock.objects.filter(question__in=[one for one in questions if where_merged(one) == found])
        _undo(found, contact, message, clocks, at)
        tell(
            [contact.registered_by_id, found.assignee_id],
            kind=Notice.Kind.SEND_FAILED,
            question=found,
            key=f"outbound:{message.pk}",
            at=at,
        )


def _undo(
    found: Question, contact: Contact, message: OutboundMessage, clocks: QuerySet[NormClock], at: datetime
) -> None:
    """An answer that came later and did arrive keeps the question closed, and its clocks are judged by that one.

    What was no answer closed nothing, so it opens nothing either.
    """
    reason = _("The answer could not be delivered") if contact.is_answer else _("The message could not be delivered")
    with changing(found, by=None, at=at, reason="message not delivered") as question:
        later = answer_after(question, contact)
        is_answered = question.status == Status.CLOSED and question.close_reason == Question.CloseReason.ANSWERED
        if contact.is_answer and is_answered and later is None:
            question.status = Status.IN_PROGRESS
            question.close_reason = ""
            question.closed_at = question.closed_on = None
        if contact.is_answer and question.answered_at == contact.received_at:
            question.answered_at = last_answer(question, besides=contact)
        if _waits_for_this(question, contact, message):
            question.status = Status.IN_PROGRESS
            resume_clocks(question, by=None, at=at, cause="message not delivered")
        stopped = clocks.filter(stopped_at=contact.received_at, state=NormClock.State.MET, replaced_by=None)
        if later is not None or question.is_open:  # else it ended in another way, and nobody waits
            restop(
                list(stopped.order_by("pk")),
                question=question,
                stop=later,
                by=None,
                at=at,
                cause="message not delivered",
                reason=reason,
                still_from=_waiting_since(question),
            )


def _waiting_since(question: Question) -> datetime | None:
    """Since when the question waits for the customer; None when it does not."""
    if question.status != Status.WAITING:
        return None
    before = question.history.exclude(status=Status.WAITING).order_by("-history_id").first()  # type: ignore[attr-defined]
    waiting = question.history.filter(history_id__gt=before.history_id if before is not None else 0)  # type: ignore[attr-defined]
    moment: datetime | None = waiting.order_by("history_id").values_list("history_date", flat=True).first()
    return moment


def _waits_for_this(question: Question, contact: Contact, message: OutboundMessage) -> bool:
    """Whether the question waits for the customer because of this message, and not of a later one."""
    return (
        message.purpose == OutboundMessage.Purpose.QUESTION_BACK
        and question.status == Status.WAITING
        and question.last_contact_at == contact.received_at
    )


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
