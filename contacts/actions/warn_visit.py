"""Tells a colleague that a visitor waits at the reception: a notice and a mail at once, for a visitor does not wait an hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from channels_app.actions.send import compose_message, queue_messages
from contacts.actions.register import Registered, register
from contacts.actions.tell import tell
from contacts.actions.visit_wait import is_waiting
from contacts.models import CallbackRequest, Notice, Question, QuestionContact
from contacts.norms.visits import AT_THE_DOOR, HALL
from contacts.people_here import people_here
from organisation import wording
from organisation.errors import Refused
from organisation.models import Presence, User
from organisation.roles import Right
from organisation.transact import one_transaction
from organisation.workdays import day_start, local_day

if TYPE_CHECKING:
    from channels_app.models import OutboundMessage

AGAIN: Final = timedelta(minutes=2)
"""A second warning before this only annoys."""


@one_transaction
def register_visit(*, by: User, at: datetime, **given: Any) -> tuple[Registered, list[User]]:
    """Registers the visitor; who was handed one is told at once, also when the appointment is later. Gives whom, nobody when the visit is done or was registered already.

    The form of a visit that was taken back, or with another name or button, sent once more is a visit of its own: nobody at the desk is passed over.
    """
    key, done = given.get("key"), register(by=by, at=at, received_at=at, **given)
    while done.is_repeat and (done.is_other or _was_undone(done)):
        done = register(by=by, at=at, received_at=at, **{**given, "key": f"{key}:{done.contact.pk}"})
    if done.is_repeat or not done.questions[0].is_open:
        return done, []
    return done, warn(done.questions[0], since=at, by=by, at=at)


def _was_undone(done: Registered) -> bool:
    """As it stands after an undo; spam and the like have their own reason."""
    return all(one.close_reason == Question.CloseReason.DUPLICATE for one in done.questions)


@one_transaction
def warn_again(*, number: str, by: User, at: datetime) -> tuple[Question, list[User]]:
    """Tells them once more about a visitor of today who still waits; gives whom, and about what."""
    if not by.may(Right.VISITS_WRITE):
        raise PermissionDenied
    visit = visit_of_today(number, by=by, at=at)
    question = visit.question
    if not is_waiting(question):
        raise Refused(_("This visitor is helped already."))
    last = question.notices.filter(kind=Notice.Kind.VISITOR_WAITS).aggregate(last=Max("at"))["last"]
    if last is not None and at < last + AGAIN:
        raise Refused(_("You warned at %(time)s. Wait a moment, or call.") % {"time": wording.clock(last)})
    people = warn(question, since=visit.contact.received_at, by=by, at=at)
    if not people:
        raise Refused(_("Nobody of %(team)s is here now. Call the team.") % {"team": question.team.name})
    return question, people


def warn_of_visitors(done: Registered, *, by: User, at: datetime) -> tuple[list[Question], list[User]]:
    """In the transaction of the registration. Of a visitor whom the desk registers as he stands there: who was handed his questions comes down. Gives what he waits for, and whom."""
    contact = done.contact
    if done.is_repeat or contact.channel not in HALL or at - contact.received_at > AT_THE_DOOR:
        return [], []
    handed = [one for one in done.questions if one.registered_at == at and one.status in ("new", "in_progress")]
    called = CallbackRequest.objects.filter(question__in=handed).values_list("question", flat=True) if handed else []
    needs_nobody = {*called, *(one.pk for one in handed if one.assignee_id == by.pk)}
    waiting = [one for one in handed if one.pk not in needs_nobody]
    people = {person.pk: person for one in waiting for person in warn(one, since=contact.received_at, by=by, at=at)}
    return waiting, list(people.values())


def visit_of_today(number: str, *, by: User, at: datetime) -> QuestionContact:
    """The visit with its question, locked; `Refused` when nobody came with it today."""
    visit = (
        QuestionContact.objects.visits(by, since=day_start(local_day(at)), until=at)
        .filter(question__number=number)
        .select_related("contact", "question", "question__team")
        .select_for_update(of=("question",))
        .first()
    )
    if visit is None:
        raise Refused(_("This visit is not of today."))
    return visit


def warn(question: Question, *, since: datetime, by: User, at: datetime) -> list[User]:
    """On the locked question; gives whom."""
    people = _whom(question, by=by, at=at)
    # that a visitor waits says more than that a question was assigned
    question.notices.filter(kind=Notice.Kind.ASSIGNED, read_at__isnull=True).delete()
    key = f"visit:{question.pk}:{int(at.timestamp())}"
    tell(
        [one.pk for one in people],
        kind=Notice.Kind.VISITOR_WAITS,
        question=question,
        key=key,
        at=at,
        by=by,
        is_mailed=True,
    )
    queue_messages([_mail(one, question, key=key, since=since, at=at) for one in people if one.email])
    return people


def _whom(question: Question, *, by: User, at: datetime) -> list[User]:
    """Who holds the question, else the people of the team who are in the house, but never who warns; of a confidential one only those who may see it."""
    if question.assignee_id is not None:
        ids = {question.assignee_id}
    else:
        here = people_here(at, [question.team_id])
        ids = {one.user_id for one in here if one.status != Presence.Status.HOME}
    people = list(User.objects.filter(pk__in=ids - {by.pk}, is_active=True).order_by("name", "pk"))
    if question.is_confidential:
        people = [one for one in people if Question.objects.visible_to(one).filter(pk=question.pk).exists()]
    return people


def _mail(user: User, question: Question, *, key: str, since: datetime, at: datetime) -> OutboundMessage:
    """Names nobody: it leaves the house."""
    with translation.override(user.language):
        lines = [
            _("Hello %(name)s,") % {"name": user.get_short_name()},
            "",
            _("A visitor waits at the reception since %(time)s.") % {"time": wording.clock(since)},
            _("Do you help this visitor? Take the question, then the reception knows."),
            "",
            f"{question.number}: {settings.SITE_URL}{reverse('contacts:question', args=[question.number])}",
        ]
        return compose_message(
            purpose="notice",
            object_key=f"{key}:{user.pk}",
            to_address=user.email,
            to_name=str(user),
            subject=_("A visitor waits for you at the reception"),
            body="\n".join(lines),
            at=at,
            is_automatic=True,
        )
