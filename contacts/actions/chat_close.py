"""Ends a chat: the talk becomes a contact of its question, and goes to the visitor by mail when there is an address."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from channels_app.actions.send import compose_message, queue_message
from channels_app.models import Channel
from contacts import status
from contacts.actions.answer import after_message
from contacts.actions.change import changing
from contacts.actions.chat_line import add_line, lock_chat
from contacts.actions.clocks import clocks_follow_subject
from contacts.actions.keep_level import keep_level
from contacts.actions.tell import tell
from contacts.follow_link import follow_url
from contacts.models import Chat, ChatLine, Contact, Notice, Question, QuestionContact, QuestionLink
from organisation.errors import Refused
from organisation.history import sign
from organisation.origin import Origin
from organisation.snapshot import organisation
from organisation.transact import one_transaction
from organisation.wording import clock as clock_words

if TYPE_CHECKING:
    from organisation.models import User

log = logging.getLogger(__name__)
GONE: Final = timedelta(minutes=3)
"""A page that asks nothing for so long was closed, or its phone was put away."""
SILENT: Final = timedelta(minutes=20)
"""A page that is open and says nothing."""
KEPT: Final = timedelta(days=30)
"""After this a talk is only what its question holds."""
MAIL_UNTIL: Final = timedelta(hours=24)
LEFT: Final = "chat_left"
"""The remark of a talk that ended because the visitor was gone."""
AT_CLOSING: Final = "chat_at_closing"
"""The remark of one that nobody took before everybody went home."""


@one_transaction
def chat_close(
    *,
    chat: Chat,
    by: User | None,
    at: datetime,
    ended: str,
    answered: bool = False,
    subject_id: int | None = None,
    last_word: str = "",
    remark: str = "",
    seen: int | None = None,
) -> Chat:
    """Twice is once. `answered`: the employee says so, of the lines that were `seen`; else the question stays open with whoever has it.

    `last_word`: what the visitor reads at the end. `remark`: why it ended, as the desk reads it.
    """
    ended_before = Chat.objects.filter(pk=chat.pk, state=Chat.State.CLOSED).first()
    if ended_before is not None:
        return ended_before
    question = Question.objects.get(pk=chat.question_id)
    with changing(question, by=by, at=at, reason=f"chat: {ended}") as locked:
        fresh = lock_chat(chat.pk)
        if fresh.state == Chat.State.CLOSED:
            return fresh
        is_of_another = fresh.taken_by_id is not None and fresh.taken_by_id != (by and by.pk)
        if is_of_another and (by is not None or remark == AT_CLOSING):
            raise Refused(_("%(name)s is talking with this visitor already.") % {"name": fresh.taken_by})
        if answered and fresh.answered_at is None:
            raise Refused(_("You have not said anything yet. Leave the question open, or answer first."))
        if answered and seen is not None and _has_more(fresh, seen):
            raise Refused(_("The visitor wrote something just now. Read it before you end the talk."))
        if subject_id is not None:
            subject = organisation().subjects.get(subject_id)
            if subject is None or not subject.is_active:
                raise Refused(_("Choose a subject from the list."), "subject")
            clocks_follow_subject(locked, subject_id=subject.id, by=by, at=at)
            locked.subject, locked.kind = subject, subject.kind
        lines = list(fresh.lines.select_related("author").order_by("number"))
        if len([one for one in lines if one.who != ChatLine.Who.HOUSE]) > 1:
            _keep(locked, fresh, lines, by=by, at=at, remark=remark, is_answer=answered)
        elif remark == AT_CLOSING:
            _mark_first(locked, remark, at)
        if answered and status.may("close", locked.status):
            after_message(locked, by=by, at=at, is_answer=True, then="close")
        fresh.state, fresh.ended, fresh.closed_at = Chat.State.CLOSED, ended, at
        with translation.override("nl"):
            word = last_word or _("This talk has ended.")
            add_line(fresh, who=ChatLine.Who.HOUSE, text=word, key="end", at=at)
    if by is None:
        people, key = [fresh.taken_by_id or question.assignee_id], f"chat:{fresh.pk}"
        tell(people, kind=Notice.Kind.NEW_CONTACT, question=question, key=key, at=at)
    _mail(fresh, question, at)
    return fresh


@one_transaction
def mail_transcript(*, chat: Chat, email: str, at: datetime) -> Chat:
    """To the address that the visitor fills in after the talk; once."""
    fresh = lock_chat(chat.pk)
    if fresh.state != Chat.State.CLOSED or fresh.closed_at is None or fresh.closed_at < at - MAIL_UNTIL:
        raise Refused(_("This talk can be sent within a day after it ended."))
    if fresh.email and fresh.email != email:
        raise Refused(_("This talk was already sent to an address."))
    fresh.email = email
    fresh.save()
    question = Question.objects.get(pk=fresh.question_id)
    said = Q(channel=Channel.CHAT) | Q(
        channel=Channel.FORM, received_at__gte=fresh.closed_at
    )  # in the talk, or after it
    follows = QuestionLink.objects.filter(other=question, kind=QuestionLink.Kind.FOLLOW_UP, created_by=None)
    of_talk = [question.pk, *follows.values_list("question", flat=True)]  # what came after it may have begun another
    for contact in Contact.objects.filter(said, questions__in=of_talk, address="").order_by("pk").distinct():
        contact.address = email  # else nobody could answer what stayed open
        sign(contact, by=None, at=at, reason="address for the talk")
        contact.save()
    _mail(fresh, question, at)
    return fresh


def close_left(*, at: datetime) -> int:
    """Closes talks whose visitor is gone; a sweep that may run twice, late or not at all."""
    silent = Q(state=Chat.State.OPEN, last_line_at__lt=at - SILENT)
    left = Chat.objects.exclude(state=Chat.State.CLOSED).filter(Q(seen_at__lt=at - GONE) | silent)
    done = 0
    for chat in left.order_by("pk")[:200]:
        try:
            chat_close(chat=chat, by=None, at=at, ended=Chat.Ended.LEFT, remark=LEFT)
        except Exception:  # one talk that cannot be ended must not keep the next one open
            log.exception("a chat could not be ended", extra={"chat": chat.pk})
        else:
            done += 1
    return done


def forget_chats(*, at: datetime) -> None:
    """What was said stands in the contact of the question; from which network it came a day longer than the mail may be asked for."""
    Chat.objects.filter(state=Chat.State.CLOSED, closed_at__lt=at - 2 * MAIL_UNTIL).exclude(origin="").update(
        origin="", origin_network=""
    )
    Chat.objects.filter(state=Chat.State.CLOSED, closed_at__lt=at - KEPT).delete()


def _has_more(chat: Chat, seen: int) -> bool:
    return chat.lines.filter(who=ChatLine.Who.VISITOR, number__gt=seen).exists()


def transcript(lines: list[ChatLine]) -> str:
    """As the desk and the visitor read it afterwards: in Dutch."""
    with translation.override("nl"):
        visitor = _("Visitor")
        return "\n".join(f"{clock_words(one.at)} {_name(one, visitor)}{one.text}" for one in lines)


def _name(line: ChatLine, visitor: str) -> str:
    if line.who == ChatLine.Who.VISITOR:
        return f"{visitor}: "
    return f"{line.author.get_short_name()}: " if line.author is not None else "· "


def _keep(
    question: Question,
    chat: Chat,
    lines: list[ChatLine],
    *,
    by: User | None,
    at: datetime,
    remark: str,
    is_answer: bool,
) -> None:
    """From us when somebody of ours spoke, else from the visitor alone."""
    spoke = chat.answered_at is not None
    contact = Contact(
        customer=question.customer,
        channel=Channel.CHAT,
        direction=Contact.Direction.OUT if spoke else Contact.Direction.IN,
        received_at=at,
        registered_at=at,
        registered_by=by or (chat.taken_by if spoke else None),
        text=transcript(lines),
        address=chat.email,
        is_answer=is_answer,
        remarks=[remark] if remark else [],
    )
    sign(contact, by=by, at=at)
    contact.save()
    QuestionContact.objects.create(question=question, contact=contact)
    if spoke:
        ours = "\n".join(one.text for one in lines if one.who == ChatLine.Who.DESK)
        keep_level(contact, question, left_at=at, ours=ours)
    question.contact_count += 1
    question.last_contact_at = max(question.last_contact_at, at)


def _mark_first(question: Question, remark: str, at: datetime) -> None:
    """Nothing was said after the first line, which is a contact already."""
    for contact in Contact.objects.filter(question_contacts__question=question, question_contacts__is_first=True):
        contact.remarks = [*contact.remarks, remark]
        sign(contact, by=None, at=at, reason=remark)
        contact.save()


def _mail(chat: Chat, question: Question, at: datetime) -> None:
    if not chat.email:
        return
    municipality = organisation().municipality
    with translation.override("nl"):
        subject = _("Your chat with %(municipality)s [%(number)s]") % {
            "municipality": municipality.name,
            "number": question.number,
        }
        if chat.answered_at is None:  # else anybody could send words of his own to anybody in our name
            body = _("We have your message from the chat. Your number is %(number)s.") % {"number": question.number}
        else:
            body = _("This is the chat that you had with us. Your number is %(number)s.") % {"number": question.number}
            body = f"{body}\n\n{transcript(list(chat.lines.select_related('author').order_by('number')))}"
        if not question.is_confidential:
            body = f"{body}\n\n{_('See how your question stands:')}\n{follow_url(question.number, chat.email)}"
    queue_message(
        compose_message(
            purpose="interim",
            object_key=f"chat:{chat.pk}",
            to_address=chat.email,
            to_name=chat.name,
            subject=subject,
            body=body,
            at=at,
            is_automatic=True,
            reference_number=question.number,
            cause=Channel.CHAT,
            origin=Origin(chat.origin, chat.origin_network),
        )
    )
