"""A text in another language, from being written to being read by citizens: somebody else looks at it, as at the Dutch one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from knowledge.actions.expose import expose
from knowledge.actions.index import index_translation
from knowledge.actions.one_line import one_line
from knowledge.actions.translate import open_translation, published_translation
from knowledge.models import Article, ArticleTranslation, ArticleVersion
from knowledge.permissions import leads, may_keep, may_publish, may_write
from organisation import audit
from organisation.errors import Refused, Stale
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import User

State = ArticleTranslation.State
Seen = tuple[int, int]


@one_transaction
def hand_in_translation(*, article: Article, language: str, seen: Seen, by: User) -> ArticleTranslation:
    """Ready for somebody else to look at."""
    row, draft = _locked(article, language, seen)
    if not may_write(by, row, draft):
        raise PermissionDenied
    if draft.state == State.DRAFT:
        draft.state, draft.remark, draft.version = State.REVIEW, "", draft.version + 1
        draft.save()
        audit.record(by=by, action="article.translation_handed_in", obj=row, language=language, number=draft.number)
    return draft


@one_transaction
def send_translation_back(*, article: Article, language: str, seen: Seen, remark: str, by: User) -> ArticleTranslation:
    """Something must change first; the remark says what."""
    row, draft = _locked(article, language, seen)
    if not leads(by, row):
        raise PermissionDenied
    remark = one_line(remark, "remark")
    if not remark:
        raise Refused(_("Say what must change."), "remark")
    draft.state, draft.remark, draft.version = State.DRAFT, remark, draft.version + 1
    draft.save()
    audit.record(by=by, action="article.translation_sent_back", obj=row, language=language, number=draft.number)
    return draft


@one_transaction
def publish_translation(*, article: Article, language: str, seen: Seen, by: User, at: datetime) -> None:
    """From now on citizens read this in that language."""
    row, draft = _locked(article, language, seen)
    if not leads(by, row):
        raise PermissionDenied
    if not may_publish(by, row, draft):
        raise Refused(_("Somebody else must look at what you wrote yourself."))
    if draft.state != State.REVIEW:
        raise Refused(_("This version is still being written."))
    old = published_translation(row, language)
    if old is not None:
        old.state = State.REPLACED
        old.save()
    draft.state, draft.published_by, draft.published_at = State.PUBLISHED, by, at
    draft.save()
    index_translation(draft)
    _changed(row)
    audit.record(by=by, action="article.translation_published", obj=row, language=language, number=draft.number)


@one_transaction
def drop_translation(*, article: Article, language: str, seen: Seen, by: User) -> None:
    """Nobody outside ever read it."""
    row, draft = _locked(article, language, seen)
    if not may_write(by, row, draft):
        raise PermissionDenied
    audit.record(by=by, action="article.translation_dropped", obj=row, language=language, number=draft.number)
    draft.delete()


@one_transaction
def take_translation_away(*, article: Article, language: str, number: int, by: User) -> None:
    """Citizens read the Dutch text again; a new one can be written. `number` is the published text that was looked at; taken away twice it is
    taken away."""
    row = Article.objects.select_for_update().get(pk=article.pk)
    if not leads(by, row):
        raise PermissionDenied
    shown = published_translation(row, language)
    if shown is None:
        return
    if shown.number != number:
        raise Stale(_("A colleague published another version in the meantime. Look at it first."), shown)
    shown.state = State.REPLACED
    shown.save()
    _changed(row)
    audit.record(by=by, action="article.translation_withdrawn", obj=row, language=language, number=number)


@one_transaction
def find_translation_right(*, article: Article, language: str, of_number: int, by: User) -> None:
    """The Dutch text changed, and this one still says it. `of_number` is the Dutch version that was looked at."""
    row = Article.objects.select_for_update().get(pk=article.pk)
    if not may_keep(by, row):
        raise PermissionDenied
    shown = published_translation(row, language)
    if shown is None:
        raise Refused(_("This version was published or thrown away in the meantime."))
    if not ArticleVersion.objects.filter(article=row, number=of_number, state=ArticleVersion.State.PUBLISHED).exists():
        raise Refused(_("A colleague published another version in the meantime. Look at it first."))
    if shown.of_number < of_number:
        shown.of_number = of_number
        shown.save()
        _changed(row)
        audit.record(by=by, action="article.translation_checked", obj=row, language=language, number=shown.number)


def _changed(row: Article) -> None:
    """Caches and the API hear that what stands outside is another text."""
    fields = expose(row)
    if fields:
        row.save(update_fields=[*fields])


def _locked(article: Article, language: str, seen: Seen) -> tuple[Article, ArticleTranslation]:
    row = Article.objects.select_for_update().get(pk=article.pk)
    draft = open_translation(row, language)
    if draft is None:
        raise Stale(_("This version was published or thrown away in the meantime."), None)
    if (draft.number, draft.version) != seen:
        raise Stale(_("Somebody else changed this in the meantime."), draft)
    return row, draft
