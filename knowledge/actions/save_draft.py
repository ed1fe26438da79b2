"""Writes the next version of an article; what is published stays as it is until the new one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils.translation import gettext as _

from knowledge.access import open_version
from knowledge.actions.expose import expose
from knowledge.actions.index import index
from knowledge.models import Article, ArticleVersion
from knowledge.permissions import may_keep, may_write, may_write_for
from organisation import audit
from organisation.errors import Refused, Stale
from organisation.transact import one_transaction

if TYPE_CHECKING:
    from organisation.models import Subject, Team, User

State = ArticleVersion.State
TEXTS = (
    "title",
    "short_answer",
    "answer",
    "for_business",
    "ask",
    "links",
    "words",
    "forward_to",
    "forward_when",
    "internal",
    "is_public",
)
"""What a version says; all of it goes along to the next one."""


@one_transaction
def add_article(
    *, team: Team, subjects: Sequence[Subject], owner: User | None, texts: Mapping[str, Any], by: User, at: datetime
) -> Article:
    """A new article with its first version, being written."""
    if not may_write_for(by, team.pk):
        raise PermissionDenied
    article = Article.objects.create(team=team, owner=owner, title=texts["title"], created_at=at, proposed_by=by)
    article.subjects.set(subjects)
    version = ArticleVersion(article=article, number=1, written_by=by, written_at=at)
    _fill(version, texts)
    version.save()
    audit.record(by=by, action="article.added", obj=article)
    return article


@one_transaction
def save_draft(
    *,
    article: Article,
    seen_number: int,
    seen_version: int,
    texts: Mapping[str, Any],
    by: User,
    at: datetime,
    team: Team | None = None,
    subjects: Sequence[Subject] | None = None,
    owner: User | None = None,
) -> ArticleVersion:
    """`seen_number` and `seen_version` are of the text in the form (0 and the number of the published one that it began from; 0, 0 from none).

    Raises `Stale` when a colleague was first. Team, subjects and owner hold at once; only who looks after the article may change them.
    """
    row = Article.objects.select_for_update().get(pk=article.pk)
    draft = open_version(row)
    if not may_write(by, row, draft):
        raise PermissionDenied
    if draft is None and (seen_number or seen_version not in (0, newest(row).number)):
        raise Stale(_("This version was published or thrown away in the meantime."), newest(row))
    if draft is not None and (draft.number, draft.version) != (seen_number, seen_version):
        raise Stale(_("Somebody else changed this in the meantime."), draft)
    if draft is None:
        last = row.versions.aggregate(last=Max("number"))["last"] or 0
        gone = ArticleVersion.history.filter(article_id=row.pk, number=last + 1).aggregate(last=Max("version"))["last"]
        draft = ArticleVersion(article=row, number=last + 1, version=gone or 0)  # never that of a text thrown away
    _fill(draft, texts)
    draft.state, draft.written_by, draft.written_at = State.DRAFT, by, at
    draft.version += 1
    draft.save()
    if team is not None and subjects is not None and may_keep(by, row):
        _place(row, team, subjects, owner, by)
    if not row.is_published and row.title != draft.title:
        row.title = draft.title
        row.save(update_fields=["title"])
    audit.record(by=by, action="article.written", obj=row, number=draft.number)
    return draft


def newest(article: Article) -> ArticleVersion:
    return article.versions.order_by("-number")[0]


def _fill(version: ArticleVersion, texts: Mapping[str, Any]) -> None:
    for name in (*TEXTS, "why"):
        if name in texts:
            setattr(version, name, texts[name])


def _place(row: Article, team: Team, subjects: Sequence[Subject], owner: User | None, by: User) -> None:
    if not may_write_for(by, team.pk):
        raise Refused(_("You cannot give an article to a team that is not yours."), "team")
    before = {"team": row.team_id, "owner": row.owner_id, "subjects": set(row.subjects.values_list("pk", flat=True))}
    after = {"team": team.pk, "owner": owner.pk if owner else None, "subjects": {one.pk for one in subjects}}
    changed = [name for name, value in after.items() if value != before[name]]
    if not changed:
        return
    row.team, row.owner = team, owner
    row.version += 1
    row.save(update_fields=["team", "owner", "version", *expose(row)])
    if "subjects" in changed:
        row.subjects.set(subjects)
        if row.is_published:
            index([row.pk])
    audit.record(by=by, action="article.placed", obj=row, fields=changed)
