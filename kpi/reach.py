"""Whose figures and which rows behind them a person may see (quality §4: tiles A or A T; drill-down O, T or all)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from contacts.models import Question, QuestionContact
from kpi.measures.base import Measure
from organisation.roles import Right

if TYPE_CHECKING:
    from organisation.models import User

SMALL = 10
"""Cells under this are hidden from those who see aggregates only."""


def teams_in_reach(user: User) -> frozenset[int] | None:
    """The teams whose figures this person sees; None: all. The Servicecentrum works for every team."""
    if user.may(Right.QUESTIONS_ALL_TEAMS) or not user.may(Right.QUESTIONS_READ):
        return None
    return user.team_ids


def hides_small(user: User) -> bool:
    """Whether this person sees aggregates only."""
    return not user.may(Right.FIGURES_DRILL)


def sees_whole_lists(user: User) -> bool:
    """Leads and the coordinator see the rows of colleagues; others only their own."""
    return user.may(Right.LISTS_EXPORT)


def sees_every_call(user: User) -> bool:
    """Of calls there is nothing to hide from who reads the lists of every team."""
    return user.may(Right.FIGURES_DRILL) and sees_whole_lists(user) and user.may(Right.QUESTIONS_ALL_TEAMS)


def rows_for(user: User, measure: Measure, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The part of a figure's rows that this person may see; `visible_to` decides about questions."""
    if not user.may(Right.FIGURES_DRILL) or not measure.has_list:
        return rows.none()
    questions = Question.objects.visible_to(user)
    whole = sees_whole_lists(user)
    if not whole:
        questions = questions.filter(assignee=user)
    name = measure.source.name
    if name in ("clock", "held"):
        return rows.filter(question__in=questions.values("pk"))
    if name == "text":  # a page is of no question: everybody can read it
        return rows.filter(Q(question=None) | Exists(questions.filter(pk=OuterRef("question_id"))))
    if name in ("question", "direct_question"):
        return rows.filter(pk__in=questions.values("pk"))
    if name == "contact":
        mine = QuestionContact.objects.filter(contact=OuterRef("pk"), question__in=questions.values("pk"))
        return rows.filter(Exists(mine))
    if sees_every_call(user):
        return rows
    of_mine = QuestionContact.objects.filter(contact__call=OuterRef("pk"), question__in=questions.values("pk"))
    return rows.filter(Q(answered_by=user) | Exists(of_mine))
