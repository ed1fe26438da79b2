"""Puts at Meldingen that a message of colleagues waits, when somebody reminded who did not read it; it goes when that person read it or when it is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from contacts.models import Notice
from contacts.notice_topics import news_key
from knowledge.models import News, NewsRead
from knowledge.pages.news import readers_of
from organisation.clock import local_day
from organisation.models import User, with_memberships
from organisation.roles import Right

FRESH: Final = timedelta(days=3)
"""After an outage nobody hears of a reminder of long ago."""
KIND: Final = Notice.Kind.NEWS_WAITS


@transaction.atomic
def notify_news(*, at: datetime) -> int:
    """Gives how many people were told; safe to run twice at once: a notice is unique per person and reminder."""
    told = 0
    for news in News.objects.running().filter(reminded_at__gt=at - FRESH).order_by("pk"):
        reminded_at = news.reminded_at or at
        key = news_key(news.pk, reminded_at)
        if Notice.objects.filter(kind=KIND, key=key).exists():
            continue
        done = NewsRead.objects.filter(news=news, round__gte=news.round).values("user")
        waits = set(readers_of(news, local_day(at)).exclude(user__in=done).values_list("user_id", flat=True))
        found = with_memberships(User.objects.filter(pk__in=waits, is_active=True))
        people = [one for one in found if may_hear(one)]
        Notice.objects.bulk_create(
            [Notice(user=one, kind=KIND, key=key, at=reminded_at) for one in people], ignore_conflicts=True
        )
        told += len(people)
    return told


@transaction.atomic
def settle_read_news(*, at: datetime) -> int:
    """Who read the message was told enough, and so was everybody when it is shown no more; one query when no notice waits."""
    waiting = list(Notice.objects.filter(kind=KIND, read_at__isnull=True).values_list("pk", "user_id", "key", "at"))
    if not waiting:
        return 0
    news_of = {pk: int(key.split(":")[1]) for pk, _user, key, _at in waiting}
    rows = NewsRead.objects.filter(news__in=set(news_of.values())).values_list("user_id", "news_id", "at")
    read = {(user_id, news_id): moment for user_id, news_id, moment in rows}
    long_ago = datetime.min.replace(tzinfo=at.tzinfo)
    shown = set(News.objects.running().filter(pk__in=set(news_of.values())).values_list("pk", flat=True))
    done = [
        pk
        for pk, user_id, _key, told in waiting
        if news_of[pk] not in shown or read.get((user_id, news_of[pk]), long_ago) >= told
    ]
    return Notice.objects.filter(pk__in=done).update(read_at=at)


def may_hear(user: User) -> bool:
    """Who has a page with notices (contacts/views/notices.py); the others see the line at the knowledge base."""
    return user.may(Right.QUESTIONS_READ) or user.may(Right.PEOPLE_WRITE)
