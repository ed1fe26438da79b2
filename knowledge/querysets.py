"""Who reads which articles (quality §4, row "article read / write / publish"): every employee what is published, writers what is being written."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from knowledge.permissions import kept_teams
from organisation.clock import now
from organisation.roles import Right

if TYPE_CHECKING:
    from organisation.models import User


def written_by(user: User) -> models.QuerySet[Any]:
    """The ids of versions this person wrote, also when a colleague changed the text since."""
    return apps.get_model("knowledge", "ArticleVersion").history.filter(written_by=user).values("id")


class ArticleQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """What is published; what is not, only for who writes for that team, who proposed it, and who wrote what waits."""
        if not user.may(Right.ARTICLES_READ):
            return self.none()
        teams = kept_teams(user)
        if teams is None:
            return self
        rows = Q(is_published=True)
        if teams:
            rows |= Q(team_id__in=teams)
        if user.may(Right.ARTICLES_PROPOSE):
            versions = apps.get_model("knowledge", "ArticleVersion").objects
            waiting = versions.filter(state__in=["draft", "review"], pk__in=written_by(user))
            rows |= Q(proposed_by=user) | Q(pk__in=waiting.values("article"))
        return self.filter(rows)

    def published(self) -> Self:
        return self.filter(is_published=True)

    def public(self) -> Self:
        """What everybody may read, without an account."""
        return self.filter(is_public=True)

    def kept_by(self, user: User) -> Self:
        """Those whose truth this person looks after."""
        teams = kept_teams(user)
        return self if teams is None else self.filter(team_id__in=teams)

    def due_on(self, day: date) -> Self:
        return self.filter(is_published=True, review_on__lte=day)

    def to_remind(self, day: date) -> Self:
        """Due before this day, and the owner does not know of it yet."""
        return self.due_on(day).exclude(reminded_for=F("review_on"))


class FeedbackQuerySet(models.QuerySet[Any]):
    def waiting_for(self, user: User) -> Self:
        """What colleagues said about the articles that this person looks after, without an answer yet."""
        teams = kept_teams(user)
        rows = self.filter(closed_at__isnull=True)
        return rows if teams is None else rows.filter(article__team_id__in=teams)


class NewsQuerySet(models.QuerySet[Any]):
    def addressed_to(self, user: User) -> Self:
        """For everybody, for a team or for a role of this person."""
        if not user.may(Right.ARTICLES_READ):
            return self.none()
        teams = self.model.for_teams.through.objects.filter(news=OuterRef("pk"), team_id__in=sorted(user.team_ids))
        return self.filter(Q(for_everybody=True) | Q(for_roles__overlap=sorted(user.roles)) | Exists(teams))

    def visible_to(self, user: User) -> Self:
        """What began and is addressed to this person; all messages of a team for who leads it."""
        began = self.addressed_to(user).filter(from_at__lte=now(), withdrawn_at__isnull=True)
        return self.filter(
            Q(pk__in=began.order_by().values("pk")) | Q(pk__in=self.kept_by(user).order_by().values("pk"))
        )

    def kept_by(self, user: User) -> Self:
        """Those that this person may change: of the teams somebody leads, for the coordinator of every team."""
        if not user.may(Right.ARTICLES_PUBLISH):
            return self.none()
        return self if user.may(Right.ARTICLES_ALL_TEAMS) else self.filter(team_id__in=user.led_team_ids)

    def running(self) -> Self:
        moment = now()
        return self.filter(from_at__lte=moment, until_at__gt=moment, withdrawn_at__isnull=True)

    def unread_by(self, user: User) -> Self:
        """What runs, is for this person, and was not marked as read since it changed last."""
        reads = apps.get_model("knowledge", "NewsRead").objects.filter(
            news=OuterRef("pk"), user_id=user.pk, round__gte=OuterRef("round")
        )
        return self.running().addressed_to(user).filter(~Exists(reads))
