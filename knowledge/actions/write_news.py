"""Tells colleagues something, changes it, reminds who did not read it, and takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from knowledge.models import Article, News
from knowledge.permissions import may_tell_for
from organisation import audit
from organisation.errors import Refused, Stale
from organisation.roles import Role
from organisation.transact import one_transaction
from organisation.workdays import day_start

if TYPE_CHECKING:
    from organisation.models import Team, User

AGAIN: Final = timedelta(hours=20)
"""So long after a reminder no other is given."""
FIELDS: Final = ("title", "text", "team", "article", "for_everybody", "for_roles", "must_read", "from_at", "until_at")


@dataclass(frozen=True)
class Message:
    """What is told, and to whom; `last_day` is included."""

    title: str
    text: str
    team: Team
    first_day: date
    last_day: date
    for_everybody: bool = False
    for_teams: Sequence[Team] = ()
    for_roles: Sequence[str] = ()
    must_read: bool = False
    article: Article | None = None


@one_transaction
def add_news(*, message: Message, by: User, at: datetime) -> News:
    _check(message, by)
    row = News(written_by=by, written_at=at)
    _fill(row, message)
    row.save()
    row.for_teams.set(message.for_teams)
    audit.record(by=by, action="news.added", obj=row)
    return row


@one_transaction
def change_news(*, news: News, seen_version: int, message: Message, read_again: bool, by: User) -> bool:
    """Gives False when nothing differs. With `read_again` nobody has read it any more."""
    row = News.objects.select_for_update().get(pk=news.pk)
    if not may_tell_for(by, row.team_id):
        raise PermissionDenied
    _check(message, by)
    if row.version != seen_version:
        raise Stale(_("Somebody else changed this in the meantime."), row)
    if row.withdrawn_at is not None:
        raise Refused(_("This message was withdrawn."))
    before = {name: getattr(row, name) for name in FIELDS}
    teams = set(row.for_teams.all())
    _fill(row, message)
    changed = [name for name in FIELDS if getattr(row, name) != before[name]]
    if teams != set(message.for_teams):
        row.for_teams.set(message.for_teams)
        changed.append("for_teams")
    if read_again:
        row.round += 1
        changed.append("round")
    if not changed:
        return False
    row.version += 1
    row.save()
    audit.record(by=by, action="news.changed", obj=row, fields=changed)
    return True


@one_transaction
def withdraw_news(*, news: News, by: User, at: datetime) -> None:
    """Nobody sees it any more; that it was said stays known."""
    row = _kept(news, by)
    if row.withdrawn_at is None:
        row.withdrawn_at, row.version = at, row.version + 1
        row.save(update_fields=["withdrawn_at", "version"])
        audit.record(by=by, action="news.withdrawn", obj=row)


@one_transaction
def remind_of_news(*, news: News, by: User, at: datetime) -> None:
    """Who did not read it sees on the next page that it still waits; once a day."""
    row = _kept(news, by)
    if row.withdrawn_at is not None or not row.from_at <= at < row.until_at:
        raise Refused(_("This message is not shown now."))
    if row.reminded_at is not None and row.reminded_at > at - AGAIN:
        raise Refused(_("You reminded your colleagues already. Wait until tomorrow."))
    row.reminded_at, row.version = at, row.version + 1
    row.save(update_fields=["reminded_at", "version"])
    audit.record(by=by, action="news.reminded", obj=row)


def _kept(news: News, by: User) -> News:
    row = News.objects.select_for_update().get(pk=news.pk)
    if not may_tell_for(by, row.team_id):
        raise PermissionDenied
    return row


def _check(message: Message, by: User) -> None:
    if not may_tell_for(by, message.team.pk):
        raise PermissionDenied
    if not (message.for_everybody or message.for_teams or message.for_roles):
        raise Refused(_("Choose for whom this is."), "for_everybody")
    if not set(message.for_roles) <= set(Role.values):
        raise Refused(_("Choose for whom this is."), "for_roles")
    if message.last_day < message.first_day:
        raise Refused(_("The last day is before the first."), "last_day")
    if (message.last_day - message.first_day).days > 366:
        raise Refused(_("Show a message at most a year. What holds longer belongs in an answer."), "last_day")
    if message.article is not None and not message.article.is_published:
        raise Refused(_("This article is not published."), "article")


def _fill(row: News, message: Message) -> None:
    row.title, row.text, row.team, row.article = message.title, message.text, message.team, message.article
    row.for_everybody, row.must_read = message.for_everybody, message.must_read
    row.for_roles = sorted(message.for_roles)
    row.from_at, row.until_at = day_start(message.first_day), day_start(message.last_day + timedelta(days=1))
