"""Confidential questions: closed to all but the people named, or for an hour with a reason that others see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from contacts import normalize
from contacts.actions.change import changing
from contacts.actions.confidential_by_rule import can_read, stand_ins
from contacts.actions.tell import tell
from contacts.models import ConfidentialAccess, Notice, Question
from organisation import audit
from organisation.clock import local_day
from organisation.errors import Refused
from organisation.models import Membership, User
from organisation.roles import Right, Role
from organisation.transact import one_transaction

BREAK_GLASS = timedelta(minutes=60)


@one_transaction
def set_confidential(
    *,
    question: Question,
    by: User,
    at: datetime,
    is_confidential: bool,
    people: Sequence[int] = (),
    version: int | None = None,
) -> Question:
    """Closes the question to all but the maker, the assignee and these people, or opens it again for the team."""
    why = "confidential" if is_confidential else "not confidential"
    with changing(question, by=by, at=at, version=version, is_help=False, reason=why) as fresh:
        if fresh.is_confidential:
            _may_choose_who_sees(fresh, by, at)
        fresh.is_confidential = is_confidential
        ConfidentialAccess.objects.filter(question=fresh, until_at__isnull=True).update(until_at=at)
        if is_confidential:
            named = {by.pk, *([fresh.assignee_id] if fresh.assignee_id else []), *people}
            for person in User.objects.filter(pk__in=named, is_active=True):
                ConfidentialAccess.objects.create(
                    question=fresh, user=person, reason=_("Named by %(name)s") % {"name": by}, granted_by=by, from_at=at
                )
        audit.record(
            by=by, action="question.confidential", obj=fresh, is_confidential=is_confidential, people=sorted(people)
        )
    return question


def _may_choose_who_sees(question: Question, by: User, at: datetime) -> None:
    """Who sees it for an hour only neither opens it for everybody nor names anybody, as long as somebody who is named can. Of what is only
    kept nobody does."""
    if question.customer is not None and question.customer.restricted_at is not None:
        raise Refused(_("This customer asked us not to use these data. Lift that restriction first."))
    named = ConfidentialAccess.objects.filter(question=question, until_at=None)
    if not named.filter(user=by).exists() and _has_readers(question, at=at):
        raise Refused(_("You see this question for an hour only. Who is named at it decides who sees it."))


def let_in(question: Question, people: Iterable[int], *, by: User, at: datetime, reason: str) -> list[int]:
    """Whoever gets a confidential question is named at it from then on; the others stay named. On the locked question. Gives who is new.

    `Refused` for who came in for an hour and would stay, or let others in: that takes somebody who is named.
    """
    named = set(ConfidentialAccess.objects.filter(question=question, until_at=None).values_list("user", flat=True))
    fresh = sorted(set(people) - named)
    if by.pk in fresh:
        raise Refused(_("You see this question for an hour only. Ask somebody who is named at it to give it to you."))
    if fresh:
        _may_choose_who_sees(question, by, at)
        audit.record(by=by, action="question.confidential", obj=question, is_confidential=True, people=fresh)
    for person in fresh:
        ConfidentialAccess.objects.create(
            question=question, user_id=person, reason=reason[:300], granted_by=by, from_at=at
        )
    return fresh


def same_people(*, of: Sequence[int], to: Question, at: datetime, by: User | None = None) -> None:
    """Who is named at these questions is named at the question that comes from them; without `by` named by whoever did so there."""
    named = ConfidentialAccess.objects.filter(question__in=of, until_at__isnull=True).order_by("pk")
    for person in {row.user_id: row for row in named}.values():
        ConfidentialAccess.objects.create(
            question=to,
            user_id=person.user_id,
            reason=person.reason,
            granted_by_id=by.pk if by is not None else person.granted_by_id,
            from_at=at,
        )


def _has_readers(question: Question, *, at: datetime) -> bool:
    """Whether somebody is named at it who works here, in a role that sees questions."""
    named = ConfidentialAccess.objects.filter(question=question, until_at=None)
    return can_read(local_day(at)).filter(user__in=named.values("user")).exists()


def keep_seen(question: Question, *, at: datetime) -> None:
    """Something came in on a confidential question: when nobody who is named can see it any more, others are, and they hear of it."""
    if _has_readers(question, at=at):
        return
    people = stand_ins(question.team_id, at)
    reason = _("Nobody who was named can see this question any more")
    for person in people:
        ConfidentialAccess.objects.create(question=question, user_id=person, reason=reason, from_at=at)
    audit.record(by=None, action="question.confidential", obj=question, is_confidential=True, people=sorted(people))
    tell(people, kind=Notice.Kind.NAMED, question=question, key=f"named:{question.pk}", at=at)


def close_off(question: Question, *, like: Question, at: datetime) -> None:
    """A confidential question that comes from another one is for the same people, and they hear of it: nobody else can see that it waits."""
    same_people(of=[like.pk], to=question, at=at)
    named = ConfidentialAccess.objects.filter(question=question, user__is_active=True).values_list("user_id", flat=True)
    tell(named, kind=Notice.Kind.NAMED, question=question, key=f"named:{question.pk}", at=at)
    keep_seen(question, at=at)


@one_transaction
def break_glass(*, question: Question, by: User, at: datetime, reason: str) -> ConfidentialAccess:
    """Opens a confidential question for an hour; the assignee, who is named, the team's leads and the privacy officer are told (quality §4³)."""
    if not by.may(Right.CONFIDENTIAL_BREAK_GLASS):
        raise PermissionDenied
    reason = normalize.clean_line(reason, 300)
    if len(reason) < 10:
        raise Refused(_("Write down why you must see this question (at least 10 letters)."), "reason")
    fresh = Question.objects.filter(pk=question.pk, is_confidential=True).first()
    if fresh is None:
        raise Http404
    access = ConfidentialAccess.objects.create(
        question=fresh, user=by, reason=reason, granted_by=by, from_at=at, until_at=at + BREAK_GLASS
    )
    leads = Membership.objects.valid_on(local_day(at)).filter(team_id=fresh.team_id, role=Role.TEAM_LEAD)
    named = ConfidentialAccess.objects.filter(question=fresh, until_at__isnull=True).values_list("user_id", flat=True)
    officers = User.objects.filter(is_privacy_officer=True, is_active=True)
    tell(
        [fresh.assignee_id, *named, *leads.values_list("user_id", flat=True), *officers.values_list("pk", flat=True)],
        kind=Notice.Kind.CONFIDENTIAL_OPENED,
        question=fresh,
        key=f"access:{access.pk}",
        at=at,
        by=by,
    )
    audit.record(by=by, action="question.break_glass", obj=fresh, reason=reason)
    return access
