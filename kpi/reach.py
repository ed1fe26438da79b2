"""Whose figures and which rows behind them a person may see (quality §4: tiles A or A T; drill-down O, T or all)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from contacts.models import Question, QuestionContact
from kpi.measures.base import Measure
from organisation.role_reach import list_teams, reads_whole, teams_with
from organisation.roles import Right

if TYPE_CHECKING:
    from organisation.models import User

SMALL = 10
"""Cells under this are hidden from those who see aggregates only."""
QUESTIONS = ("question", "phone_question", "direct_question")
"""Sources of which every row is a question."""


def teams_in_reach(user: User) -> frozenset[int] | None:
    """The teams whose figures this person sees; None: all. The Servicecentrum works for every team; who only receives visitors in one sees none
    of it."""
    if user.may(Right.QUESTIONS_ALL_TEAMS) or not user.may(Right.QUESTIONS_READ):
        return None
    return user.reading_team_ids


def export_teams(user: User) -> frozenset[int] | None:
    """The teams whose figures this person takes along as a file; None: all. Who leads a team and works at the desk too sees those of all teams,
    and takes along those of the led team."""
    return None if reads_whole(user, Right.FIGURES_EXPORT) else teams_with(user, Right.FIGURES_EXPORT)


def hides_small(user: User) -> bool:
    """Whether this person sees aggregates only."""
    return not user.may(Right.FIGURES_DRILL)


def led_shape(user: User) -> tuple[int, ...] | None:
    """What `list_teams` adds to the text of a statement: which of a person's teams, in their order, and not which teams these are."""
    whole, teams = list_teams(user), sorted(user.team_ids)
    return None if whole is None else tuple(teams.index(pk) for pk in sorted(whole))


def sees_every_call(user: User) -> bool:
    """Of calls there is nothing to hide from who reads the lists of every team."""
    return user.may(Right.FIGURES_DRILL) and list_teams(user) is None


def rows_for(user: User, measure: Measure, rows: QuerySet[Any], *, taken: bool = False) -> QuerySet[Any]:
    """The part of a figure's rows that this person may see; `visible_to` decides about questions. `taken`: may take along."""
    if not user.may(Right.FIGURES_DRILL) or not measure.has_list:
        return rows.none()
    questions = Question.objects.visible_to(user)
    whole = list_teams(user)
    if whole is not None and (whole != user.team_ids or user.may(Right.QUESTIONS_ALL_TEAMS)):
        led = Q(team_id__in=whole)
        questions = questions.filter(led if taken else led | Q(assignee=user))
    name = measure.source.name
    if name in ("clock", "held"):
        return rows.filter(question__in=questions.values("pk"))
    if name == "text":  # a page is of no question: everybody can read it
        return rows.filter(Q(question=None) | Exists(questions.filter(pk=OuterRef("question_id"))))
    if name in QUESTIONS:
        return rows.filter(pk__in=questions.values("pk"))
    if name == "contact":
        mine = QuestionContact.objects.filter(contact=OuterRef("pk"), question__in=questions.values("pk"))
        return rows.filter(Exists(mine))
    if sees_every_call(user):
        return rows
    of_mine = QuestionContact.objects.filter(contact__call=OuterRef("pk"), question__in=questions.values("pk"))
    return rows.filter(Q(answered_by=user) | Exists(of_mine))
