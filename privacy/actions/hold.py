"""Keeps the data of a customer or a question from being erased or destroyed, and lets them go again."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from contacts import normalize
from contacts.models import Customer, Note, Question
from organisation import audit
from organisation.errors import Refused
from organisation.history import sign
from organisation.roles import Right
from organisation.transact import one_transaction
from organisation.workdays import local_day
from privacy.busy import or_busy
from privacy.holds import family
from privacy.models import LegalHold, PersonRequest, WipedQuestion

if TYPE_CHECKING:
    from organisation.models import User

SHORTEST = 10


@or_busy
@one_transaction
def place_hold(
    *,
    by: User,
    at: datetime,
    reason: str,
    until: date | None = None,
    customer: Customer | None = None,
    question: Question | None = None,
) -> LegalHold:
    """On one of the two. Raises `Refused` when there is one already."""
    _need(by)
    reason = normalize.clean_line(reason, 300)
    if len(reason) < SHORTEST:
        raise Refused(_("Write down why, in at least 10 letters. Do not use names here."), "reason")
    if until is not None and until < local_day(at):
        raise Refused(_("This day is past."), "until")
    _still_there(customer, question)
    LegalHold.objects.filter(
        customer=customer, question=question, ended_at__isnull=True, until__lt=local_day(at)
    ).update(ended_at=at)  # its day passed: it makes room for this one
    hold = LegalHold(customer=customer, question=question, reason=reason, until=until, placed_by=by, placed_at=at)
    sign(hold, by=by, at=at)
    try:
        with transaction.atomic():
            hold.save()
    except IntegrityError as error:
        raise Refused(_("There is a legal hold on this already.")) from error
    _note(hold, _("Legal hold: %(reason)s") % {"reason": reason}, by=by, at=at)
    audit.record(by=by, action="hold.placed", obj=hold, valid_until=until.isoformat() if until else "")
    return hold


@or_busy
@one_transaction
def end_hold(*, pk: int, by: User, at: datetime) -> LegalHold:
    """From now on the usual terms count again. Twice is once."""
    _need(by)
    hold = LegalHold.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if hold is None:
        raise Http404
    if hold.ended_at is None:
        hold.ended_at, hold.ended_by = at, by
        hold.version += 1
        sign(hold, by=by, at=at)
        hold.save()
        _note(hold, _("The legal hold ended."), by=by, at=at)
        audit.record(by=by, action="hold.ended", obj=hold)
    return hold


def _still_there(customer: Customer | None, question: Question | None) -> None:
    """Waits for who is erasing or destroying just now, and says so when it is too late: a hold on what went keeps nothing."""
    asked_about = customer or (question.customer if question is not None else None)
    people = [one.pk for one in family(asked_about)] if asked_about is not None else []
    open_requests = PersonRequest.objects.filter(customer__in=people, kind="erase", state__in=PersonRequest.OPEN)
    if any(one.state == PersonRequest.State.WORKING for one in open_requests.select_for_update().order_by("pk")):
        raise Refused(_("These data are being erased at this moment. A legal hold comes too late."))
    held = (
        Question.objects.filter(pk=question.pk)
        if question is not None
        else Question.objects.filter(customer__in=people)
    )
    locked = list(held.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    list(Customer.objects.filter(pk__in=people).select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    if question is not None and WipedQuestion.objects.filter(question__in=locked).exists():
        raise Refused(_("This question was destroyed. A legal hold comes too late."))


def _note(hold: LegalHold, text: str, *, by: User, at: datetime) -> None:
    """On the timeline of the question, for everybody who may see it."""
    if hold.question is not None:
        note = Note(question=hold.question, text=text, created_at=at, created_by=by)
        sign(note, by=by, at=at)
        note.save()


def _need(by: User) -> None:
    if not by.may(Right.PERSON_ERASE):
        raise PermissionDenied
