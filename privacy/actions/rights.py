"""Keeps until when a person must have an answer: noted, taken over, put off once, answered."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from contacts import normalize
from contacts.models import Customer
from contacts.person.file import same_person
from organisation import audit, wording
from organisation.errors import Refused
from organisation.history import sign
from organisation.roles import Right
from organisation.transact import one_transaction
from organisation.workdays import local_day
from privacy.actions.notify import delay_told, right_settled, tell_of_untold
from privacy.actions.tell_person import address_of, is_untold, mail_of, tell_of_delay
from privacy.models import RightsRequest
from privacy.month import MONTHS, MONTHS_AT_MOST, last_day

if TYPE_CHECKING:
    from organisation.models import User

Kind, Outcome, Told = RightsRequest.Kind, RightsRequest.Outcome, RightsRequest.Told
SHORTEST: Final = 10
LONGEST: Final = 300
OLDEST: Final = timedelta(days=366)
NOTED: Final = lazy("This request of this person was noted already and waits for an answer.")


@one_transaction
def note_right(
    *, customer: Customer, kind: str, reason: str, received_on: date, by: User, at: datetime
) -> RightsRequest:
    """Whoever notes it handles it, until another coordinator takes it over."""
    _need(by)
    if kind not in Kind.values:
        raise Refused(_("Choose one of the options."), "kind")
    if not local_day(at) - OLDEST <= received_on <= local_day(at):
        raise Refused(_("Fill in a day of the past year, today at the latest."), "received_on")
    fresh = Customer.objects.select_for_update(of=("self",)).filter(pk=customer.pk, merged_into=None).first()
    if fresh is None:
        raise Http404
    if _waits(fresh, kind):
        raise Refused(str(NOTED))
    one = RightsRequest(
        kind=kind,
        customer=fresh,
        reason=_words(reason, "reason"),
        received_on=received_on,
        last_on=last_day(received_on, MONTHS),
        handler=by,
        noted_by=by,
        noted_at=at,
    )
    sign(one, by=by, at=at)
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError as error:
        raise Refused(str(NOTED)) from error
    audit.record(by=by, action="right.noted", obj=one, number=one.number)
    return one


def noted_right(*, customer: Customer, kind: str, reason: str, received_on: date, by: User, at: datetime) -> None:
    """For who acts at once: noted as well, unless it was already. Inside the transaction of the act."""
    if not _waits(customer, kind):
        note_right(customer=customer, kind=kind, reason=reason, received_on=received_on, by=by, at=at)


@one_transaction
def take_over(*, pk: int, by: User, at: datetime) -> RightsRequest:
    """From now on this coordinator hears of it. Twice is once."""
    one = _open(pk, by)
    if one.handler_id != by.pk:
        right_settled(one, at=at)
        one.handler = by
        _save(one, by=by, at=at)
        audit.record(by=by, action="right.taken_over", obj=one, number=one.number)
        if is_untold(one, mail_of(one)):
            tell_of_untold(one, at=at)
    return one


@one_transaction
def put_off(*, pk: int, by: User, at: datetime, reason: str, told_by: str) -> RightsRequest:
    """Two months more, once, told to the person within the first month with the reason; by e-mail it is told in this transaction."""
    one = _open(pk, by)
    if one.extended_at is not None:
        raise Refused(_("This was put off before. That can be done once."))
    if local_day(at) > one.last_on:
        raise Refused(_("The last day is over. It can only be put off before it ends."))
    if told_by not in Told.values:
        raise Refused(_("Choose one of the options."), "told_by")
    one.extension_reason = _words(reason, "reason")
    right_settled(one, at=at)
    one.last_on = last_day(one.received_on, MONTHS_AT_MOST)
    one.told_by, one.extended_by, one.extended_at = told_by, by, at
    if told_by == Told.EMAIL:
        if not (address := address_of(one.customer)):
            raise Refused(_("Of this person no e-mail address is known. Choose another way."), "told_by")
        tell_of_delay(one, address=address, at=at)
    _save(one, by=by, at=at)
    audit.record(by=by, action="right.put_off", obj=one, number=one.number, last_day=one.last_on.isoformat())
    return one


@one_transaction
def tell_otherwise(*, pk: int, by: User, at: datetime, told_by: str) -> RightsRequest:
    """The e-mail about it did not arrive; the person heard of the delay in another way."""
    one = _open(pk, by)
    if not is_untold(one, mail_of(one)):
        raise Refused(_("The person knows already that it takes longer."))
    if told_by not in Told.values or told_by == Told.EMAIL:
        raise Refused(_("Choose one of the options."), "told_by")
    one.told_by = told_by
    delay_told(one, at=at)
    _save(one, by=by, at=at)
    audit.record(by=by, action="right.told", obj=one, number=one.number)
    return one


@one_transaction
def answer_right(*, pk: int, by: User, at: datetime, outcome: str, remark: str) -> RightsRequest:
    """The person knows what was done, or why not."""
    one = _open(pk, by)
    if outcome not in Outcome.values:
        raise Refused(_("Choose one of the options."), "outcome")
    one.remark = _words(remark, "remark")
    one.outcome, one.answered_by, one.answered_at = outcome, by, at
    right_settled(one, at=at)
    _save(one, by=by, at=at)
    audit.record(by=by, action="right.answered", obj=one, number=one.number)
    return one


def _waits(customer: Customer, kind: str) -> bool:
    """Also when it was noted of who was merged into this customer since."""
    people = [one.pk for one in same_person(customer)]
    return RightsRequest.objects.filter(customer__in=people, kind=kind, answered_at=None).exists()


def _open(pk: int, by: User) -> RightsRequest:
    _need(by)
    rows = RightsRequest.objects.select_for_update(of=("self",)).select_related("customer", "handler", "answered_by")
    one = rows.filter(pk=pk).first()
    if one is None:
        raise Http404
    if one.answered_by is not None:
        raise Refused(
            _("%(name)s answered this already, on %(day)s.")
            % {"name": one.answered_by.name, "day": wording.day(one.answered_at)}
        )
    return one


def _need(by: User) -> None:
    if not by.may(Right.PERSON_ERASE):
        raise PermissionDenied


def _words(text: str, field: str) -> str:
    line = normalize.clean_line(text, LONGEST + 1)
    if len(line) > LONGEST:
        raise Refused(_("This is too long: at most %(limit)s characters.") % {"limit": LONGEST}, field)
    if len(line) < SHORTEST:
        raise Refused(_("Write it down in at least 10 letters. Do not use names here."), field)
    return line


def _save(one: RightsRequest, *, by: User, at: datetime) -> None:
    one.version += 1
    sign(one, by=by, at=at)
    one.save()
