"""Tells owners of the knowledge base that an answer must be looked at again: two weeks ahead, once for each review day.

The knowledge base itself sends no mail: it knows nothing of the post room.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from channels_app.actions.tell_employees import tell_employees
from contacts.actions.notify_news import may_hear
from contacts.models import Notice
from contacts.notice_topics import article_key
from knowledge.models import Article
from knowledge.permissions import may_keep
from organisation import wording
from organisation.clock import local_day
from organisation.models import Membership, User
from organisation.roles import Role

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

AHEAD: Final = timedelta(days=14)
MOST: Final = 50
"""In one sweep; the rest follows at the next."""


@transaction.atomic
def remind_articles(*, at: datetime) -> int:
    """Gives how many articles were told of; safe to run twice at once."""
    day = local_day(at)
    rows = Article.objects.to_remind(day + AHEAD).select_for_update(skip_locked=True, of=("self",))
    found = list(rows.select_related("owner", "team").order_by("review_on", "pk")[:MOST])
    for article in found:
        for person in _keepers(article, day):
            with translation.override(person.language):
                last_day = wording.day_long(article.review_on, day)
            tell_employees(
                [person],
                subject=_("Look at an answer of the knowledge base again"),
                template="mail/article_review.txt",
                context={
                    "title": article.title,
                    "last_day": last_day,
                    "link": settings.SITE_URL + reverse("knowledge:article", args=[article.pk]),
                },
                key=f"article_review:{article.pk}:{article.review_on}",
                at=at,
            )
            if may_hear(person):
                key = article_key(article.pk, article.review_on or day)
                told = Notice(
                    user=person, kind=Notice.Kind.ARTICLE_DUE, key=key, at=at, mailed_at=at
                )  # by the mail above
                Notice.objects.bulk_create([told], ignore_conflicts=True)
        Article.objects.filter(pk=article.pk).update(reminded_for=article.review_on)
    return len(found)


@transaction.atomic
def settle_looked_at(*, at: datetime) -> int:
    """Who was told of an answer that somebody looked at since, or withdrew, was told enough; one query when no notice waits."""
    waiting = Notice.objects.filter(kind=Notice.Kind.ARTICLE_DUE, read_at__isnull=True).values_list("pk", "key")
    keys = dict(waiting)
    if not keys:
        return 0
    told = {int(key.split(":")[1]) for key in keys.values()}
    rows = Article.objects.published().filter(pk__in=told).values_list("pk", "review_on")
    due = {article_key(pk, review_on) for pk, review_on in rows if review_on is not None}
    return Notice.objects.filter(pk__in=[pk for pk, key in keys.items() if key not in due]).update(read_at=at)


def _keepers(article: Article, day: date) -> list[User]:
    """The owner while that person may still keep it, else the leads of the team, else the coordinators."""
    owner = article.owner
    if owner is not None and owner.email and may_keep(owner, article):
        return [owner]
    valid = Membership.objects.valid_on(day)
    leads = valid.filter(team=article.team_id, role=Role.TEAM_LEAD)
    return _people(leads) or _people(valid.filter(role=Role.COORDINATOR))


def _people(memberships: QuerySet[Membership]) -> list[User]:
    rows = User.objects.filter(is_active=True, memberships__in=memberships).exclude(email="")
    return list(rows.distinct().order_by("pk"))
