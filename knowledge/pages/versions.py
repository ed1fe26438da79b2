"""The versions of an article, and what one of them changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from knowledge.actions.save_draft import TEXTS
from knowledge.differences import Piece, differences
from knowledge.markup import plain_of
from knowledge.models import Article, ArticleVersion
from knowledge.pages.article import Text, text_of
from knowledge.permissions import may_keep
from knowledge.querysets import written_by
from organisation import wording

if TYPE_CHECKING:
    from organisation.models import User

MOST = 100


@dataclass(frozen=True)
class Change:
    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class VersionRow:
    number: int
    state: str
    when: str
    by: str
    why: str
    is_chosen: bool


@dataclass(frozen=True)
class VersionsPage:
    rows: list[VersionRow]
    number: int
    before: int
    text: Text | None
    changes: list[Change]


def versions_page(user: User, article: Article, asked: str, day: date) -> VersionsPage:
    """Drafts only for who looks after the article or wrote them; two queries."""
    own = {row["id"] for row in written_by(user).filter(article_id=article.pk)}
    rows = ArticleVersion.objects.filter(article=article).select_related("forward_to", "written_by", "published_by")
    shown = [
        one
        for one in rows.order_by("-number")[:MOST]
        if one.published_at is not None or may_keep(user, article) or one.pk in own
    ]
    chosen = next((one for one in shown if str(one.number) == asked), shown[0] if shown else None)
    before = next((one for one in shown if chosen is not None and one.number < chosen.number), None)
    return VersionsPage(
        rows=[
            VersionRow(
                one.number,
                str(one.get_state_display()),
                wording.day_long(one.published_at or one.written_at, day),
                _names(one),
                one.why,
                one is chosen,
            )
            for one in shown
        ],
        number=chosen.number if chosen else 0,
        before=before.number if before else 0,
        text=text_of(chosen) if chosen else None,
        changes=changes(before, chosen) if chosen and before else [],
    )


def changes(before: ArticleVersion | None, after: ArticleVersion) -> list[Change]:
    """Only what differs, per field."""
    found = []
    for name in TEXTS:
        old, new = _words(before, name), _words(after, name)
        if old != new:
            label = str(ArticleVersion._meta.get_field(name).verbose_name)
            found.append(Change(label[:1].upper() + label[1:], differences(old, new)))
    return found


def _words(version: ArticleVersion | None, name: str) -> str:
    if version is None:
        return ""
    value = getattr(version, name)
    if isinstance(value, list):
        return "\n".join(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return plain_of(str(value)) if value is not None else ""


def _names(version: ArticleVersion) -> str:
    people = [version.written_by, version.published_by]
    return ", ".join(dict.fromkeys(str(one) for one in people if one is not None))
