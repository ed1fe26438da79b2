"""Does one act on many questions, and takes it back: each in a transaction of its own, so that one that cannot be done stops no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from contacts.access import get_question
from contacts.actions.assign import assign, take
from contacts.actions.forward import forward
from contacts.actions.put_back import put_back
from contacts.models import Assignment, Question
from organisation.errors import Refused
from organisation.numbers import whole

if TYPE_CHECKING:
    from organisation.models import User


@dataclass(frozen=True)
class Many:
    """The numbers that were done, and per refused number the sentence why."""

    done: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def take_many(*, picked: Sequence[str], by: User, at: datetime) -> Many:
    """Each `picked` is `number:version`. Of two people at once one wins, whatever the version."""
    return _each(picked, by, lambda question, version: take(question=question, by=by, at=at))


def assign_many(*, picked: Sequence[str], by: User, at: datetime, to: User | None) -> Many:
    return _each(picked, by, lambda question, version: assign(question=question, by=by, at=at, to=to, version=version))


def forward_many(*, picked: Sequence[str], by: User, at: datetime, team_id: int, reason: str) -> Many:
    return _each(
        picked,
        by,
        lambda question, version: forward(
            question=question, by=by, at=at, team_id=team_id, reason=reason, version=version
        ),
    )


def moved_at(*, by: User, moment: datetime) -> list[tuple[str, int]]:
    """Number and version of each question that this person gave away, handed over or took at that very moment."""
    rows = Question.history.filter(history_date=moment, history_user=by).order_by("id")
    versions = {pk: (number, version) for pk, number, version in rows.values_list("id", "number", "version")}
    moves = Assignment.objects.filter(question__in=list(versions), from_at=moment, assigned_by=by)
    return [versions[pk] for pk in moves.order_by("question").values_list("question_id", flat=True)]


def put_back_many(*, moment: datetime, by: User, at: datetime) -> Many:
    """What was done to many at `moment`, taken back for each that nobody touched since."""
    result = Many()
    for number, version in moved_at(by=by, moment=moment):
        try:
            put_back(number=number, version=version, by=by, at=at)
        except Refused as refused:
            result.refused.append((number, refused.message))
        else:
            result.done.append(number)
    return result


def _each(picked: Sequence[str], by: User, act: Callable[[Question, int | None], object]) -> Many:
    result = Many()
    for one in dict.fromkeys(picked):
        number, _colon, version = one[:40].partition(":")
        number = number.upper()
        try:
            question = get_question(by, number, write=True)
            act(question, whole(version))
        except Http404:
            result.refused.append((number[:20], _("We cannot find this question.")))
        except PermissionDenied:
            result.refused.append((number[:20], _("You may not do this.")))
        except Refused as refused:
            result.refused.append((number[:20], refused.message))
        else:
            result.done.append(question.number)
    return result
