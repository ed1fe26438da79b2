"""Who sees which results (quality §4, row "survey score / free text / who"): sums of ten answers or more, never an answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from organisation.role_reach import teams_with
from organisation.roles import Right

if TYPE_CHECKING:
    from organisation.models import User


def sees_all_teams(user: User) -> bool:
    """The Servicecentrum works for every team; who reads no questions sees the whole."""
    return user.may(Right.QUESTIONS_ALL_TEAMS) or not user.may(Right.QUESTIONS_READ)


class BatchQuerySet(models.QuerySet[Any]):
    """Whole batches only: whatever is filtered, and whatever is subtracted from it, stands for ten answers or none."""

    def visible_to(self, user: User) -> Self:
        if not user.may(Right.SURVEYS_READ):
            return self.none()
        return self if sees_all_teams(user) else self.filter(team_id__in=user.reading_team_ids)

    def within(
        self,
        first: date,
        last: date,
        *,
        survey_id: int | None = None,
        channel: str = "",
        team_id: int | None = None,
        theme_id: int | None = None,
    ) -> Self:
        rows = self.filter(on__gte=first, on__lte=last)
        if survey_id is not None:
            rows = rows.filter(survey_id=survey_id)
        if channel:
            rows = rows.filter(channel=channel)
        if team_id is not None:
            rows = rows.filter(team_id=team_id)
        return rows if theme_id is None else rows.filter(theme_id=theme_id)


class InvitationQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Only to be counted."""
        if not user.may(Right.SURVEYS_READ):
            return self.none()
        return self if sees_all_teams(user) else self.filter(team_id__in=user.reading_team_ids)


class AnswerQuerySet(models.QuerySet[Any]):
    def words_for(self, user: User) -> Self:
        """Own words of customers, once they can no longer be replaced: the coordinator all, members and leads those about their teams; of the
        Servicecentrum nobody who is at the desk alone."""
        if not user.may(Right.SURVEYS_WORDS):
            return self.none()
        rows = self.filter(~Q(text=""), response__closes_at__isnull=True)
        teams = teams_with(user, Right.SURVEYS_WORDS)
        return rows if teams is None else rows.filter(response__team_id__in=teams)
