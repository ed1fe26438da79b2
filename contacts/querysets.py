"""Reads of customers and questions; `visible_to(user)` is the only way in (quality rule 24)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import BooleanField, Exists, Func, OuterRef, Q, Value
from django.db.models.functions import Greatest

from organisation.clock import now
from organisation.roles import Right

if TYPE_CHECKING:
    from contacts.models import ApiClient
    from organisation.models import User

OPEN = ("new", "in_progress", "waiting")


class Holds(Func):
    """A span of time holds a moment."""

    arg_joiner = " @> "
    template = "%(expressions)s"
    output_field = BooleanField()


class CustomerQuerySet(models.QuerySet[Any]):
    def current(self) -> CustomerQuerySet:
        """Without customers that were merged into another, or whose data may only be kept."""
        return self.filter(merged_into__isnull=True, restricted_at__isnull=True)

    def visible_to(self, user: User) -> CustomerQuerySet:
        """Front office and coordinator: everybody. Teams: who has a question with one of one's teams (quality §4, note 1). Nobody: whose
        data may only be kept."""
        if not user.may(Right.CUSTOMERS_READ):
            return self.none()
        free = self.filter(restricted_at__isnull=True)
        if user.may(Right.QUESTIONS_ALL_TEAMS):
            return free
        from contacts.models import Question  # the model is built from this queryset

        mine = Question.objects.visible_to(user).filter(customer=OuterRef("pk"))
        return free.filter(Exists(mine))


class VisitQuerySet(models.QuerySet[Any]):
    def visits(self, user: User, *, since: datetime, until: datetime) -> VisitQuerySet:
        """First contacts at the reception within this time, for whoever receives visitors (quality §4, column HO)."""
        if not user.may(Right.VISITS_WRITE):
            return self.none()
        return self.filter(
            is_first=True,
            contact__direction="in",
            contact__channel__in=("reception", "appointment"),
            contact__received_at__gte=since,
            contact__received_at__lte=until,
        )


class QuestionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> QuestionQuerySet:
        """Questions whose content this person may see.

        Teams in which one works on questions, or every team with the right to it; a confidential one only for people who were named
        or opened it with a reason within the hour (quality §4). No role, no rows.
        """
        if not user.may(Right.QUESTIONS_READ):
            return self.none()
        from contacts.models import ConfidentialAccess  # the model is built from this queryset

        named = Exists(
            ConfidentialAccess.objects.filter(
                Q(until_at__isnull=True) | Q(until_at__gt=now()), question=OuterRef("pk"), user=user
            )
        )
        if user.may(Right.QUESTIONS_ALL_TEAMS):
            return self.filter(Q(is_confidential=False) | named)
        return self.filter(Q(is_confidential=False, team_id__in=user.reading_team_ids) | named)

    def visible_to_client(self, client: ApiClient) -> QuestionQuerySet:
        """Questions that another system may see: its own channels, never confidential ones (quality §4, column AP)."""
        rows = self.filter(is_confidential=False)
        return rows.filter(channel__in=client.channels) if client.channels else rows

    def open(self) -> QuestionQuerySet:
        return self.filter(status__in=OPEN)

    def overdue(self, at: datetime) -> QuestionQuerySet:
        """Open, not waiting for the customer, and past a promise; computed, never from whether a job has run."""
        return self.filter(status__in=("new", "in_progress"), due_at__lte=at)

    def almost_due(self, at: datetime) -> QuestionQuerySet:
        """Open, not overdue, with a quarter or less of the working time left."""
        return self.filter(status__in=("new", "in_progress"), due_at__gt=at, soon_at__lte=at)

    def counted_almost_due(self, at: datetime) -> QuestionQuerySet:
        """The same in no order, by the index `question_almost`: all that is due later is not walked past to find the few."""
        almost = Func("soon_at", Greatest("due_at", "soon_at"), function="tstzrange", output_field=DateTimeRangeField())
        return self.almost_due(at).filter(Holds(almost, Value(at)))

    def waiting(self) -> QuestionQuerySet:
        return self.filter(status="waiting")

    def unassigned(self) -> QuestionQuerySet:
        return self.open().filter(assignee__isnull=True)

    def of_team(self, team_id: int) -> QuestionQuerySet:
        return self.filter(team_id=team_id)
