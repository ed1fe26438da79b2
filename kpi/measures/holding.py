"""The shortest way: how often a question moves between teams, and how long each team held it (norms-and-kpis §4, product)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import DurationField, Exists, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Cast, Coalesce, Extract, Greatest, Least
from django.utils.translation import gettext_lazy as _

from contacts.models import Assignment, Question
from kpi.measures.base import AVERAGE, Measure, Source
from kpi.measures.direct_answer import COUNTED, NOT_A_QUESTION, QUESTIONS

HELD = "held"
"""Name of the source."""


class Holds(Source):
    """One row per question and team that held it, on the day the question was closed; the last assignment stands for all."""

    name = HELD
    moment = "question__closed_at"
    day = F("question__closed_on")
    team = F("team_id")
    channel = F("question__channel")
    subject = F("question__subject_id")

    def rows(self) -> QuerySet[Any]:
        same = Assignment.objects.filter(question=OuterRef("question"), team=OuterRef("team")).order_by()
        length = Greatest(
            Least(F("until_at"), OuterRef("question__closed_at")) - F("from_at"),
            Cast(Value(timedelta(0)), DurationField()),
            output_field=DurationField(),
        )
        held = same.values("team").annotate(whole=Sum(length)).values("whole")
        seconds = Cast(Coalesce(Extract(Subquery(held), "epoch"), 0.0), IntegerField())
        return (
            Assignment.objects.filter(question__closed_on__isnull=False)
            .exclude(Exists(same.filter(pk__gt=OuterRef("pk"))))
            .annotate(held_seconds=seconds)
        )

    def on_days(self, first: date, last: date, at: datetime) -> Q:
        return Q(question__closed_on__gte=first, question__closed_on__lte=last)

    def first_day(self) -> date | None:
        return Question.objects.aggregate(first=Min("closed_on"))["first"]


MEASURES = (
    Measure(
        code="transfers.none",
        name=_("At the right team at once"),
        source=QUESTIONS,
        where=COUNTED,
        hit=Q(transfer_count=0),
        icon="route",
        noun="question",
        has_norm=False,
        on_tile=False,
        formula=_("Questions that never went to another team, divided by all questions asked in the period."),
    ),
    Measure(
        code="transfers.per_question",
        name=_("Handed over per question"),
        source=QUESTIONS,
        where=COUNTED,
        kind=AVERAGE,
        amount=F("transfer_count"),
        icon="arrow-right",
        noun="question",
        has_norm=False,
        on_tile=False,
        is_watched=False,
        formula=_("How often the questions asked in the period went to another team, divided by those questions."),
    ),
    Measure(
        code="teams.held",
        name=_("Time with a team"),
        source=Holds(),
        where=Q(question__merged_into__isnull=True, question__status=Question.Status.CLOSED)
        & ~Q(question__close_reason__in=NOT_A_QUESTION),
        kind=AVERAGE,
        is_length=True,
        amount=F("held_seconds"),
        icon="hourglass",
        noun="hold",
        has_norm=False,
        on_tile=False,
        is_watched=False,
        formula=_(
            "How long a team had a question, from the moment it came to that team until it was handed over or closed. Nights and weekends count. A question counts on the day it was closed, once for every team that held it."
        ),
    ),
)
