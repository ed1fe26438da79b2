"""The one place where an object is fetched for a person and the right is checked; absent and forbidden look alike (404)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404

from channels_app.models import StoredFile
from contacts.letters.scans import scans_for
from contacts.merged import where_merged
from contacts.models import Contact, Customer, Question
from organisation.audit import WRITES_LOOK_AT_IT
from organisation.numbers import whole
from organisation.prepared import marked_user, rows_prepared, user_shape, user_values
from organisation.roles import Right

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import QuerySet

    from organisation.models import User


@dataclass(frozen=True)
class Along:
    """What a screen reads with a question, in the statement that finds it."""

    screen: str
    facts: Callable[[User, dict[str, Any]], dict[str, Any]]
    """The person and marks for the values → an expression for each attribute that the question gets."""
    values: Mapping[str, Any]
    related: tuple[str, ...]
    """Instead of all that belongs to the question."""
    look: Mapping[str, Any] | None = None
    """Who looks at the question and on which page, to be written along (organisation/audit.py)."""


def get_question(user: User, number: str, *, write: bool = False, along: Along | None = None) -> Question:
    """The question with this number. 403 without the right at all, 404 when it is not there or not for this person."""
    _need(user, Right.QUESTIONS_WRITE if write else Right.QUESTIONS_READ)

    def wanted(marks: dict[str, Any]) -> QuerySet[Any]:
        by = marked_user(user, marks)
        rows = Question.objects.visible_to(by).filter(number=marks["number"])
        if along is None:
            return rows.select_related("customer", "team", "assignee", "subject")
        rows = rows.select_related(*along.related) if along.related else rows
        if look is not None:
            rows = rows.annotate(of_question=F("pk"), of_customer=F("customer_id"))
        return rows.annotate(**along.facts(by, marks))

    look = along.look if along is not None else None
    values = {"number": str(number)[:20].upper(), **user_values(user), **(along.values if along else {})}
    found: list[Question] = rows_prepared(
        ("one question", user_shape(user), along.screen if along else ""),
        wanted,
        values,
        WRITES_LOOK_AT_IT if look is not None else None,
        look,
    )
    if not found:
        raise Http404
    return found[0]


def may_write(user: User, question: Question) -> bool:
    """Whether this person may act on a question that was already found visible."""
    return user.may(Right.QUESTIONS_WRITE)


def lock_question(user: User | None, question: Question) -> Question:
    """The row as it is now, locked until the end of the transaction; None is the machine, which may see all."""
    rows = Question.objects.all() if user is None else Question.objects.visible_to(user)
    if user is not None:
        _need(user, Right.QUESTIONS_WRITE)
    fresh = rows.select_for_update(of=("self",)).filter(pk=question.pk).first()
    if fresh is None:
        raise Http404
    return fresh


def get_customer(user: User, pk: int) -> Customer:
    """A customer in this person's reach; a merged one leads to the customer it became."""
    _need(user, Right.CUSTOMERS_READ)
    if whole(str(pk)) is None:  # fits no id
        raise Http404
    found: list[Customer] = rows_prepared(
        ("one customer", user_shape(user)),
        lambda marks: Customer.objects.visible_to(marked_user(user, marks)).filter(pk=marks["customer"]),
        {"customer": int(pk), **user_values(user)},
    )
    if not found:
        raise Http404
    return where_merged(found[0])


def get_file(user: User, pk: int) -> StoredFile:
    """An attachment: as its question (quality §4)."""
    _need(user, Right.QUESTIONS_READ)
    stored = StoredFile.objects.filter(pk=pk).first()
    if stored is None:
        raise Http404
    holders = Contact.objects.none()
    if stored.inbound_id:
        holders = Contact.objects.filter(inbound_id=stored.inbound_id)
    elif stored.outbound_id:
        holders = Contact.objects.filter(outbound_id=stored.outbound_id)
    if stored.inbound_id and scans_for(user).filter(pk=stored.inbound_id).exists():
        return stored  # a letter that waits to be registered: for whoever looks after the post
    mine = Question.objects.visible_to(user)
    if not mine.filter(contacts__in=holders).exists() and not mine.filter(planned__files=stored).exists():
        raise Http404
    return stored


def _need(user: User, right: Right) -> None:
    if not user.may(right):
        raise PermissionDenied
