"""Asks to erase or restrict a person; another person approves. Restricting is lifted by a coordinator with a reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from contacts import normalize
from contacts.models import Customer
from organisation import audit
from organisation.actions.role_requests import not_second, renewed_by
from organisation.errors import Refused
from organisation.history import sign
from organisation.roles import Right
from organisation.transact import one_transaction
from organisation.workdays import local_day
from privacy.actions.notify import request_decided, request_waits, second_people
from privacy.actions.restrict import lift, restrict
from privacy.actions.rights import noted_right
from privacy.busy import or_busy
from privacy.failures import forget
from privacy.holds import held_sentence
from privacy.models import PersonRequest
from privacy.obstacles import obstacle
from privacy.reach import people_to_decide_about

if TYPE_CHECKING:
    from organisation.models import User

Kind, State = PersonRequest.Kind, PersonRequest.State
SHORTEST = 10


@or_busy
@one_transaction
def ask(
    *, customer: Customer, kind: str, reason: str, by: User, at: datetime, received_on: date | None = None
) -> PersonRequest:
    """Waits for a second person; nothing changes before that. What the person asked is noted with its last day, when nobody did yet:
    it came in today, or on `received_on`."""
    _need(by, Right.PERSON_ERASE)
    if kind not in Kind.values:
        raise Refused(_("Choose one of the options."), "kind")
    reason = _reason(reason)
    fresh = Customer.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=customer.pk).first()
    if fresh is None:
        raise Http404
    if sentence := held_sentence(fresh, at) or obstacle(fresh):
        raise Refused(sentence)
    if not second_people(fresh.pk, asked_by=by.pk, at=at):
        raise Refused(nobody_else())
    request = PersonRequest(kind=kind, customer=fresh, reason=reason, asked_by=by, asked_at=at)
    sign(request, by=by, at=at)
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError as error:
        raise Refused(_("Somebody asked this already. A second person decides about it first.")) from error
    audit.record(by=by, action=f"person.{kind}_asked", obj=request)
    noted_right(customer=fresh, kind=kind, reason=reason, received_on=received_on or local_day(at), by=by, at=at)
    request_waits(request, at=at)
    return request


@or_busy
@one_transaction
def approve(*, request: PersonRequest, by: User, at: datetime) -> PersonRequest:
    """By another person than who asked. Restricting happens at once, erasing by the next sweep."""
    fresh = _waiting(request, by)
    if fresh.asked_by_id == by.pk:
        raise Refused(_("You asked this yourself. Another person must approve it."))
    if renewed_by(fresh.asked_by_id, {by.pk}, at):
        raise Refused(not_second(fresh.asked_by))
    if by.pk not in second_people(fresh.customer_id, asked_by=fresh.asked_by_id, at=at):
        raise PermissionDenied
    if sentence := held_sentence(fresh.customer, at) or obstacle(fresh.customer):
        raise Refused(sentence)
    if fresh.kind == Kind.ERASE and "plan" not in fresh.work:
        raise Refused(_("The list of what goes is not there yet. That takes a minute at most."))
    fresh.state = State.APPROVED
    fresh.decided_by, fresh.decided_at = by, at
    if fresh.kind == Kind.RESTRICT:
        restrict(fresh, at=at)
    _save(fresh, by=by, at=at)
    audit.record(by=by, action=f"person.{fresh.kind}_approved", obj=fresh, asked_by=fresh.asked_by_id)
    request_decided(fresh, at=at)
    return fresh


@or_busy
@one_transaction
def refuse(*, request: PersonRequest, by: User, at: datetime, remark: str) -> PersonRequest:
    """It does not happen: refused by another, or taken back by who asked."""
    fresh = _waiting(request, by)
    fresh.remark = _reason(remark)
    fresh.state = State.WITHDRAWN if fresh.asked_by_id == by.pk else State.REFUSED
    fresh.decided_by, fresh.decided_at = by, at
    _save(fresh, by=by, at=at)
    audit.record(by=by, action=f"person.request_{fresh.state}", obj=fresh)
    forget(fresh.number)
    request_decided(fresh, at=at)
    return fresh


@or_busy
@one_transaction
def lift_restriction(*, request: PersonRequest, by: User, at: datetime, remark: str) -> PersonRequest:
    """The data may be used again."""
    _need(by, Right.PERSON_ERASE)
    remark = _reason(remark)
    fresh = PersonRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if fresh.kind != Kind.RESTRICT or fresh.state != State.DONE:
        raise Refused(_("A colleague decided about this already."))
    lift(fresh, at=at)
    fresh.state, fresh.remark = State.LIFTED, remark
    fresh.lifted_by, fresh.lifted_at = by, at
    _save(fresh, by=by, at=at)
    audit.record(by=by, action="person.restriction_lifted", obj=fresh)
    return fresh


def nobody_else() -> str:
    return _(
        "Nobody can approve this: no team lead may see this customer, and there is no second coordinator. Ask the administrator to give somebody that role."
    )


def _waiting(request: PersonRequest, by: User) -> PersonRequest:
    if not (by.may(Right.PERSON_ERASE) or by.may(Right.PERSON_ERASE_APPROVE)):
        raise PermissionDenied
    fresh = PersonRequest.objects.select_for_update(of=("self",)).select_related("customer").get(pk=request.pk)
    if fresh.state != State.ASKED:
        raise Refused(_("A colleague decided about this already."))
    if not people_to_decide_about(by).filter(pk=fresh.customer_id).exists():
        raise Http404
    return fresh


def _need(by: User, right: Right) -> None:
    if not by.may(right):
        raise PermissionDenied


def _reason(text: str) -> str:
    line = normalize.clean_line(text, 301)
    if len(line) > 300:
        raise Refused(_("This is too long: at most %(limit)s characters.") % {"limit": 300}, "reason")
    if len(line) < SHORTEST:
        raise Refused(_("Write down why, in at least 10 letters. Do not use names here."), "reason")
    return line


def _save(request: PersonRequest, *, by: User, at: datetime) -> None:
    request.version += 1
    sign(request, by=by, at=at)
    request.save()
