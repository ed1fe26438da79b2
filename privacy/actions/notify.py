"""Tells the second person that something waits, and that it does no more when somebody decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db.models import IntegerField, QuerySet, Value

from contacts.actions.tell import tell
from contacts.models import Notice
from organisation.actions.role_requests import renewed_by
from organisation.models import Membership, User, with_memberships
from organisation.roles import Right, Role, roles_with
from organisation.workdays import local_day
from privacy.reach import people_to_decide_about

if TYPE_CHECKING:
    from privacy.models import DestructionList, PersonRequest, RightsRequest

Kind = Notice.Kind
WHO_GOES_ON: Final = {
    "made": (Kind.LIST_MADE, Role.ADMINISTRATOR),
    "proposed": (Kind.LIST_PROPOSED, Role.COORDINATOR),
}


def second_people(customer_id: int, *, asked_by: int, at: datetime) -> dict[int, str]:
    """Who may approve, by name: whoever decides about this customer, but not who asked, nor who can sign in by what the asker gave this
    week. `approve` asks this too. Four queries."""
    holders = _valid(at).filter(role__in=roles_with(Right.PERSON_ERASE_APPROVE)).exclude(user=asked_by)
    people = with_memberships(User.objects.filter(pk__in=holders.values("user")).order_by("name", "pk"))
    able = [person for person in people if person.may(Right.PERSON_ERASE_APPROVE)]
    seen_by = [
        people_to_decide_about(person).filter(pk=customer_id).order_by().values_list(Value(person.pk, IntegerField()))
        for person in able
    ]
    seeing = {pk for (pk,) in seen_by[0].union(*seen_by[1:])} if seen_by else set()
    seeing -= renewed_by(asked_by, seeing, at) if seeing else set()
    return {person.pk: person.name for person in able if person.pk in seeing}


def request_waits(request: PersonRequest, *, at: datetime) -> None:
    """In the transaction of the act."""
    people = second_people(request.customer_id, asked_by=request.asked_by_id, at=at)
    tell(people, kind=Kind.PERSON_ASKED, question=None, key=f"request:{request.pk}", at=at)


def request_decided(request: PersonRequest, *, at: datetime) -> None:
    _settled(f"request:{request.pk}", (Kind.PERSON_ASKED,), at)


def tell_handlers(asked: Sequence[RightsRequest], *, at: datetime) -> None:
    """A week ahead, and when it is late: who handles it, or every coordinator when that person left or has other work."""
    able = _able_to_handle(at) if asked else set()
    for one in asked:
        is_late = one.last_on < local_day(at)
        if is_late:
            _settled(right_key(one), (Kind.RIGHT_DUE,), at)
        people = {one.handler_id} & able or able
        tell(people, kind=Kind.RIGHT_LATE if is_late else Kind.RIGHT_DUE, question=None, key=right_key(one), at=at)


def tell_of_untold(one: RightsRequest, *, at: datetime) -> None:
    """The e-mail that it takes longer did not arrive: it can still be told in another way."""
    able = _able_to_handle(at)
    people = {one.handler_id} & able or able
    tell(people, kind=Kind.RIGHT_NOT_TOLD, question=None, key=right_key(one), at=at)


def delay_told(one: RightsRequest, *, at: datetime) -> None:
    """It did arrive after all, or the person heard it otherwise."""
    _settled(right_key(one), (Kind.RIGHT_NOT_TOLD,), at)


def right_settled(one: RightsRequest, *, at: datetime) -> None:
    """Before its last day or its handler changes, and when it was answered."""
    _settled(right_key(one), (Kind.RIGHT_DUE, Kind.RIGHT_LATE, Kind.RIGHT_NOT_TOLD), at)


def right_key(one: RightsRequest) -> str:
    """With its last day: who puts it off is told again before the new one."""
    return f"right:{one.pk}:{one.last_on}"


def list_moved(made: DestructionList, *, at: datetime) -> None:
    """Who brings it a step further is told; the step before waits for nobody any more."""
    _settled(f"list:{made.pk}", (Kind.LIST_MADE, Kind.LIST_PROPOSED), at)
    if made.state in WHO_GOES_ON:
        kind, role = WHO_GOES_ON[made.state]
        people = _valid(at).filter(role=role).exclude(user=made.proposed_by_id).values_list("user_id", flat=True)
        tell(people, kind=kind, question=None, key=f"list:{made.pk}", at=at)


def _able_to_handle(at: datetime) -> set[int]:
    return set(_valid(at).filter(role__in=roles_with(Right.PERSON_ERASE)).values_list("user_id", flat=True))


def _valid(at: datetime) -> QuerySet[Membership]:
    return Membership.objects.valid_on(local_day(at)).filter(user__is_active=True)


def _settled(key: str, kinds: tuple[str, ...], at: datetime) -> None:
    Notice.objects.filter(kind__in=kinds, key=key, read_at__isnull=True).update(read_at=at)
