"""From being written to being said: handed in, sent back or published by somebody else, thrown away."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from knowledge.access import open_version
from knowledge.actions.expose import expose
from knowledge.actions.index import index
from knowledge.actions.one_line import one_line
from knowledge.actions.save_draft import newest
from knowledge.actions.write_news import Message, add_news
from knowledge.models import Article, ArticleVersion
from knowledge.permissions import leads, may_keep, may_publish, may_write
from organisation import audit
from organisation.clock import local_day
from organisation.errors import Refused, Stale
from organisation.history import sign
from organisation.roles import Role
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User

State = ArticleVersion.State
Seen = tuple[int, int]
"""Number and version of the text that somebody looked at: nothing is decided about another one."""
MONTHS: Final = (3, 6, 12)
"""After so many months an article is looked at again."""
TOLD: Final = {"news": False, "must": True}
"""How the front office hears of a new version: as news, or as something that must be read."""
SHOWN: Final = timedelta(days=13)
MONTH: Final = timedelta(days=365) / 12


@one_transaction
def hand_in(*, article: Article, seen: Seen, by: User) -> ArticleVersion:
    """Ready for somebody else to look at."""
    row, draft = _locked(article, seen)
    if not may_write(by, row, draft):
        raise PermissionDenied
    if not draft.short_answer.strip():
        raise Refused(_("Write the short answer first."))
    if draft.state == State.DRAFT:
        draft.state, draft.remark, draft.version = State.REVIEW, "", draft.version + 1
        draft.save()
        audit.record(by=by, action="article.handed_in", obj=row, number=draft.number)
    return draft


@one_transaction
def send_back(*, article: Article, seen: Seen, remark: str, by: User) -> ArticleVersion:
    """Something must change first; the remark says what."""
    row, draft = _locked(article, seen)
    if not leads(by, row):
        raise PermissionDenied
    remark = one_line(remark, "remark")
    if not remark:
        raise Refused(_("Say what must change."), "remark")
    draft.state, draft.remark, draft.version = State.DRAFT, remark, draft.version + 1
    draft.save()
    audit.record(by=by, action="article.sent_back", obj=row, number=draft.number)
    return draft


@one_transaction
def publish(*, article: Article, seen: Seen, months: int, by: User, at: datetime, tell: str = "") -> None:
    """From now on this is what everybody says; the version before it stays readable. `tell` is a key of `TOLD`: the desk hears of it."""
    row, draft = _locked(article, seen)
    if not leads(by, row):
        raise PermissionDenied
    if not may_publish(by, row, draft):
        raise Refused(_("Somebody else must look at what you wrote yourself."))
    if draft.state != State.REVIEW:
        raise Refused(_("This version is still being written."))
    for old in row.versions.filter(state=State.PUBLISHED):
        old.state = State.REPLACED
        old.save()
    draft.state, draft.published_by, draft.published_at = State.PUBLISHED, by, at
    draft.save()
    row.title, row.is_published, row.checked_on = draft.title, True, local_day(at)
    row.review_on = review_day(at, months)
    row.version += 1
    row.save(update_fields=["title", "is_published", "checked_on", "review_on", "version", *expose(row)])
    index([row.pk])
    audit.record(by=by, action="article.published", obj=row, number=draft.number)
    if tell in TOLD:
        day = local_day(at)
        message = Message(
            title=draft.title,
            text=draft.why or draft.short_answer,
            team=row.team,
            first_day=day,
            last_day=day + SHOWN,
            for_roles=[Role.FRONT_OFFICE],
            must_read=TOLD[tell],
            article=row,
        )
        add_news(message=message, by=by, at=at)


@one_transaction
def drop_draft(*, article: Article, seen: Seen, by: User) -> None:
    """Nobody ever said it; an article of which nothing was ever published goes with it."""
    row, draft = _locked(article, seen)
    if not may_write(by, row, draft):
        raise PermissionDenied
    audit.record(by=by, action="article.dropped", obj=row, number=draft.number)
    draft.delete()
    if not row.versions.exists():
        row.delete()


@one_transaction
def find_true(*, article: Article, seen_number: int, months: int, by: User, at: datetime) -> None:
    """Looked at, and still right."""
    row = Article.objects.select_for_update().get(pk=article.pk)
    if not may_keep(by, row):
        raise PermissionDenied
    if not row.is_published:
        raise Refused(_("This article is not published."))
    _refuse_unseen(row, seen_number)
    row.checked_on, row.review_on, row.version = local_day(at), review_day(at, months), row.version + 1
    row.save(update_fields=["checked_on", "review_on", "version", *expose(row)])
    audit.record(by=by, action="article.checked", obj=row)


@one_transaction
def withdraw(*, article: Article, seen_number: int, reason: str, by: User, at: datetime) -> None:
    """Nobody finds it any more; it can be published again as a new version."""
    row = Article.objects.select_for_update().get(pk=article.pk)
    if not leads(by, row):
        raise PermissionDenied
    reason = one_line(reason, "reason", 100)
    if not reason:
        raise Refused(_("Say why it goes."), "reason")
    if not row.is_published:
        return
    _refuse_unseen(row, seen_number)
    for old in row.versions.filter(state=State.PUBLISHED):
        old.state = State.REPLACED
        old.save()
    row.is_published, row.version = False, row.version + 1
    sign(row, by=by, at=at, reason=reason)
    row.save(update_fields=["is_published", "version", *expose(row)])
    audit.record(by=by, action="article.withdrawn", obj=row)


def review_day(at: datetime, months: int) -> date:
    return local_day(at + MONTH * (months if months in MONTHS else MONTHS[-1]))


def _refuse_unseen(row: Article, seen_number: int) -> None:
    """What holds now is another text than the one that was looked at."""
    if not row.versions.filter(state=State.PUBLISHED, number=seen_number).exists():
        raise Refused(_("A colleague published another version in the meantime. Look at it first."))


def _locked(article: Article, seen: Seen) -> tuple[Article, ArticleVersion]:
    row = Article.objects.select_for_update().get(pk=article.pk)
    draft = open_version(row)
    if draft is None:
        raise Stale(_("This version was published or thrown away in the meantime."), newest(row))
    if (draft.number, draft.version) != seen:
        raise Stale(_("Somebody else changed this in the meantime."), draft)
    return row, draft
