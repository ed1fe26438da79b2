"""Data that are only kept: the customer is found no more, the questions are closed to everybody (AVG article 18)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from contacts.actions.change import changing
from contacts.models import ConfidentialAccess, Customer, Question
from contacts.person.file import same_person
from organisation.history import sign
from privacy.models import PersonRequest


def restrict(request: PersonRequest, *, at: datetime) -> None:
    """Inside the transaction of the approval. Who could see a confidential question is remembered for the lifting."""
    people = [one.pk for one in same_person(request.customer)]
    closed: list[int] = []
    for question in Question.objects.filter(customer__in=people, is_confidential=False).order_by("pk"):
        with changing(question, by=None, at=at, reason="use restricted") as fresh:
            fresh.is_confidential = True
        closed.append(question.pk)
    named = ConfidentialAccess.objects.filter(question__customer__in=people, until_at__isnull=True)
    access = list(named.order_by("pk").values_list("pk", flat=True))
    ConfidentialAccess.objects.filter(pk__in=access).update(until_at=at)
    ConfidentialAccess.objects.filter(question__customer__in=people, until_at__gt=at).update(until_at=at)
    mark(people, at=at, since=at)
    request.work = {"questions": closed, "access": access}
    request.counts = {"customers": len(people), "questions": len(closed) + len({*named.values_list("question_id")})}
    request.state = PersonRequest.State.DONE
    request.done_at = at


def lift(request: PersonRequest, *, at: datetime) -> None:
    """As it was before: what this request closed is open again, who was named is named again."""
    people = [one.pk for one in same_person(request.customer)]
    for question in Question.objects.filter(pk__in=request.work.get("questions", ())).order_by("pk"):
        with changing(question, by=None, at=at, reason="use no longer restricted") as fresh:
            fresh.is_confidential = False
    ConfidentialAccess.objects.filter(pk__in=request.work.get("access", ())).update(until_at=None)
    mark(people, at=at, since=None)
    request.work = {}


def closed_only_by(request: PersonRequest, user_id: int) -> set[int]:
    """Questions that this person could see if it were not for the restriction: open ones, and those where he or she was named."""
    named = ConfidentialAccess.objects.filter(pk__in=request.work.get("access", ()), user=user_id)
    return {*request.work.get("questions", ()), *named.values_list("question_id", flat=True)}


def mark(people: Collection[int], *, at: datetime, since: datetime | None) -> None:
    """Since when nobody finds these customers and what comes in is not theirs; None: they are found again."""
    for customer in Customer.objects.select_for_update().filter(pk__in=people).order_by("pk"):
        customer.restricted_at = since
        customer.version += 1
        sign(customer, by=None, at=at, reason="use restricted" if since else "use no longer restricted")
        customer.save()
