"""The destruction list: made by a job, proposed by an administrator, approved by a coordinator, carried out in batches."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from channels_app.actions.wipe import still_moving, wipe_messages, wipe_numbers
from channels_app.models import InboundMessage, OutboundMessage
from contacts import normalize
from contacts.actions.wipe import wipe_contacts, wipe_customers, wipe_questions
from contacts.models import Contact, Customer, Question
from contacts.signals import person_wiped
from organisation import audit, nightly
from organisation.actions.role_requests import not_second, renewed_by
from organisation.errors import Refused
from organisation.history import sign
from organisation.roles import Right
from organisation.transact import one_transaction
from organisation.workdays import local_day
from privacy.actions.logs import without_reasons
from privacy.actions.notify import list_moved
from privacy.actions.remove_files import to_remove
from privacy.busy import or_busy
from privacy.failures import Tries
from privacy.holds import held_people, holds_at
from privacy.models import DestructionEntry, DestructionList, PersonRequest, WipedQuestion
from privacy.terms import past_term

if TYPE_CHECKING:
    from organisation.models import User

MOST: Final = 20_000
"""Questions on one list; the next night makes the next."""
AT_ONCE: Final = 100
NAME: Final = "privacy.destruction"
State = DestructionList.State


def due(at: datetime) -> QuerySet[Question]:
    """Closed, past their term, held by nobody, not restricted and not wiped yet."""
    held = holds_at(at)
    return Question.objects.filter(
        past_term(at),
        ~Exists(held.filter(question=OuterRef("pk"))),
        ~Exists(held.filter(question__merged_into=OuterRef("pk"))),  # its contacts and notes are here now
        ~Exists(WipedQuestion.objects.filter(question=OuterRef("pk"))),
        ~Q(customer__in=held_people(at)),
        Q(customer__isnull=True) | Q(customer__restricted_at__isnull=True),
        status__in=("closed", "cancelled"),
    )


@transaction.atomic
def make_list(*, at: datetime) -> DestructionList | None:
    """None when nothing is due or a list is open; twice at once is harmless by the constraint of one open list."""
    if DestructionList.objects.filter(state__in=(State.MADE, State.PROPOSED, State.APPROVED)).exists():
        return None
    found = list(due(at).order_by("closed_at", "pk").values_list("pk", flat=True)[:MOST])
    if not found:
        return None
    rows = Question.objects.filter(pk__in=found)
    span = rows.aggregate(first=Min("closed_at"), last=Max("closed_at"))
    made = DestructionList(
        made_at=at,
        first_on=local_day(span["first"]),
        last_on=local_day(span["last"]),
        planned={
            f"{kind}.{channel}": number
            for kind, channel, number in rows.order_by().values_list("kind", "channel").annotate(n=Count("pk"))
        },
    )
    sign(made, by=None, at=at)
    made.save()
    DestructionEntry.objects.bulk_create([DestructionEntry(destruction=made, question_id=pk) for pk in found])
    list_moved(made, at=at)
    return made


@or_busy
@one_transaction
def propose_list(*, pk: int, by: User, at: datetime) -> DestructionList:
    """The administrator looked at it."""
    made = _locked(pk, by, Right.RETENTION_PROPOSE, State.MADE)
    made.state, made.proposed_by, made.proposed_at = State.PROPOSED, by, at
    _save(made, by=by, at=at)
    audit.record(by=by, action="destruction.proposed", obj=made, number=made.number, rows=made.entries.count())
    return made


@or_busy
@one_transaction
def approve_list(*, pk: int, by: User, at: datetime) -> DestructionList:
    """By a coordinator, never by who proposed it."""
    made = _locked(pk, by, Right.RETENTION_APPROVE, State.PROPOSED)
    if made.proposed_by_id == by.pk:
        raise Refused(_("You asked this yourself. Another person must approve it."))
    if made.proposed_by is not None and renewed_by(made.proposed_by.pk, {by.pk}, at):
        raise Refused(not_second(made.proposed_by))
    made.state, made.decided_by, made.decided_at = State.APPROVED, by, at
    _save(made, by=by, at=at)
    audit.record(by=by, action="destruction.approved", obj=made, number=made.number, rows=made.entries.count())
    return made


@or_busy
@one_transaction
def refuse_list(*, pk: int, by: User, at: datetime, remark: str) -> DestructionList:
    """Nothing of it goes; the next night makes a new one."""
    made = _locked(pk, by, Right.RETENTION_APPROVE, State.PROPOSED)
    made.remark = normalize.clean_line(remark, 300)
    if len(made.remark) < 10:
        raise Refused(_("Write down why, in at least 10 letters. Do not use names here."), "remark")
    made.state, made.decided_by, made.decided_at = State.REFUSED, by, at
    made.entries.all().delete()
    _save(made, by=by, at=at)
    audit.record(by=by, action="destruction.refused", obj=made, number=made.number)
    return made


def destroy_approved(*, at: datetime) -> int:
    """Carries out what was approved, a batch at a time; says how many questions were destroyed. A batch that fails holds up no other."""
    done, tries = 0, Tries(at)
    with nightly.alone(NAME) as is_ours:
        made = DestructionList.objects.filter(state=State.APPROVED).first() if is_ours else None
        if made is None:
            return 0
        after = 0
        while some := _some(made, after):
            after = some[-1]
            with tries.one(made.number):
                done += _destroy(made, some, at)
        with tries.one(made.number):
            _finish(made, at)
    tries.end()
    return done


def _some(made: DestructionList, after: int) -> list[int]:
    rows = made.entries.filter(question__gt=after).order_by("question")
    return list(rows.values_list("question_id", flat=True)[:AT_ONCE])


@transaction.atomic
def _destroy(made: DestructionList, some: list[int], at: datetime) -> int:
    """What is held, opened again or restricted since is taken out; what still moves waits for the next tick."""
    list(Question.objects.filter(pk__in=some).select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    # only now: whoever placed a hold had these locks before us, and what is read in the same statement as a lock is from before it
    held_now = set(some) - set(due(at).filter(pk__in=some).values_list("pk", flat=True))
    going = [pk for pk in some if pk not in held_now]
    contacts = list(
        Contact.objects.filter(questions__in=going)
        .exclude(
            questions__in=Question.objects.exclude(pk__in=going).exclude(
                pk__in=WipedQuestion.objects.values("question")
            )
        )
        .values_list("pk", flat=True)
        .distinct()
    )
    inbound = list(InboundMessage.objects.filter(contact__in=contacts).values_list("pk", flat=True))
    keys = [f"contact:{pk}" for pk in contacts]
    outbound = list(
        OutboundMessage.objects.filter(Q(contact__in=contacts) | Q(object_key__in=keys))
        .values_list("pk", flat=True)
        .distinct()
    )
    if still_moving(inbound=inbound, outbound=outbound):
        return 0
    people = set(Question.objects.filter(pk__in=going, customer__isnull=False).values_list("customer_id", flat=True))
    counts, digests = wipe_messages(inbound=inbound, outbound=outbound)
    to_remove(digests, at=at)
    calls = list(Contact.objects.filter(pk__in=contacts, call__isnull=False).values_list("call_id", flat=True))
    counts |= wipe_numbers(phones=(), calls=calls)
    counts |= wipe_contacts(contacts=contacts, at=at)
    counts |= wipe_questions(questions=going, at=at)
    WipedQuestion.objects.bulk_create([WipedQuestion(question_id=pk, at=at) for pk in going], ignore_conflicts=True)
    without_reasons(questions=going, people=())
    counts |= wipe_left_over(people, at=at)
    made.entries.filter(question__in=some).delete()
    fresh = DestructionList.objects.select_for_update().get(pk=made.pk)
    for name, number in counts.items():
        fresh.counts[name] = fresh.counts.get(name, 0) + number
    fresh.kept += len(held_now)
    DestructionList.objects.filter(pk=made.pk).update(counts=fresh.counts, kept=fresh.kept)
    return len(going)


def wipe_left_over(people: set[int], *, at: datetime) -> dict[str, int]:
    """Of these customers those of whom nothing is left: all their questions were wiped and nothing holds them. Inside a transaction."""
    list(Customer.objects.filter(pk__in=people).select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    left = Question.objects.filter(customer=OuterRef("pk")).exclude(pk__in=WipedQuestion.objects.values("question"))
    merged = Customer.objects.filter(merged_into=OuterRef("pk")).filter(
        Exists(
            Question.objects.filter(customer=OuterRef("pk")).exclude(pk__in=WipedQuestion.objects.values("question"))
        )
    )
    gone = list(
        Customer.objects.filter(Q(pk__in=people) | Q(merged_into__in=people), restricted_at__isnull=True)
        .exclude(Exists(left))
        .exclude(Exists(merged))
        .exclude(pk__in=held_people(at))
        .exclude(pk__in=PersonRequest.objects.filter(state__in=PersonRequest.OPEN).values("customer"))
        .values_list("pk", flat=True)
    )
    if not gone:
        return {}
    person_wiped.send(sender=DestructionList, people=tuple(gone), emails=(), phones=())
    counts = wipe_customers(people=gone, at=at)
    without_reasons(questions=(), people=gone)
    return counts


@transaction.atomic
def _finish(made: DestructionList, at: datetime) -> None:
    """When nothing is left on it; else the next tick goes on."""
    fresh = DestructionList.objects.select_for_update().get(pk=made.pk)
    if fresh.state != State.APPROVED or fresh.entries.exists():
        return
    fresh.state, fresh.done_at = State.DONE, at
    _save(fresh, by=None, at=at)
    audit.record(
        by=None, action="destruction.done", obj=fresh, number=fresh.number, rows=fresh.counts.get("questions", 0)
    )


def _locked(pk: int, by: User, right: Right, state: str) -> DestructionList:
    if not by.may(right):
        raise PermissionDenied
    made = DestructionList.objects.select_for_update().filter(pk=pk).first()
    if made is not None and made.state == State.MADE and state == State.PROPOSED:
        raise Refused(_("The administrator must propose this list first. After that you approve or refuse it."))
    if made is None or made.state != state:
        raise Refused(_("A colleague decided about this already."))
    return made


def _save(made: DestructionList, *, by: User | None, at: datetime) -> None:
    made.version += 1
    sign(made, by=by, at=at)
    made.save()
    list_moved(made, at=at)
