"""Many products of a list become drafts at once: some statements for all of them, with the history that each would have had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from knowledge.models import SHORT, Article, ArticleVersion, Product
from knowledge.permissions import may_write_for
from organisation import audit
from organisation.bulk import history_of
from organisation.errors import Refused
from organisation.models import Subject, Team
from organisation.snapshot import Organisation

if TYPE_CHECKING:
    from organisation.models import User

BATCH = 500


def add_products(*, rows: Sequence[Mapping[str, Any]], house: Organisation, by: User, at: datetime) -> list[Article]:
    """In the transaction of `take_in_products`; each under its subject, for the team of that subject."""
    places = [_place(row, house, by) for row in rows]
    articles = [
        Article(team=team, title=row["name"], created_at=at, proposed_by=by)
        for row, (_subject, team) in zip(rows, places, strict=True)
    ]
    Article.objects.bulk_create(articles, batch_size=BATCH)
    versions = [
        ArticleVersion(article=article, number=1, written_by=by, written_at=at, **_texts(row))
        for row, article in zip(rows, articles, strict=True)
    ]
    ArticleVersion.objects.bulk_create(versions, batch_size=BATCH)
    through = Article.subjects.through
    links = [
        through(article=article, subject=subject) for article, (subject, _team) in zip(articles, places, strict=True)
    ]
    through.objects.bulk_create(links, batch_size=BATCH)
    _remember(articles, versions, links, by, at)
    Product.objects.bulk_create(
        [Product(key=row["key"], article=one, taken_in_at=at) for row, one in zip(rows, articles, strict=True)],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["article", "taken_in_at"],
    )
    for article in articles:
        audit.record(by=by, action="article.added", obj=article)
    return articles


def link_line(row: Mapping[str, Any]) -> str:
    """As a version keeps it."""
    return f"{row['name'].replace('|', ' ')} | {row['link']}"


def _place(row: Mapping[str, Any], house: Organisation, by: User) -> tuple[Subject, Team]:
    subject = house.subjects.get(row["subject"] or 0)
    if subject is None or not subject.is_active:
        raise Refused(_("Choose a subject for “%(name)s”.") % {"name": row["name"]})
    team = house.subject_team(subject.pk) or house.front_office
    if not may_write_for(by, team.pk):
        raise PermissionDenied
    return subject, team


def _texts(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": row["name"],
        "short_answer": _first(row["text"]),
        "answer": row["text"] if len(row["text"]) > SHORT else "",
        "links": [link_line(row)] if row["link"] else [],
        "words": ["ondernemer"] if row["audience"] == ["business"] else [],
        "why": _("From a list of products"),
    }


def _first(text: str) -> str:
    """As many whole sentences as a short answer holds."""
    text = " ".join(text.split())
    if len(text) <= SHORT:
        return text
    begin = text[:SHORT]
    return begin[: begin.rindex(". ") + 1] if ". " in begin else begin[: SHORT - 1] + "…"


def _remember(
    articles: Sequence[Article], versions: Sequence[ArticleVersion], links: Sequence[Any], by: User, at: datetime
) -> None:
    """The rows of history, that of the subjects too."""
    known: Any = Article.history.model
    made = known.objects.bulk_create(history_of(articles, by=by, at=at), batch_size=BATCH)
    ArticleVersion.history.model.objects.bulk_create(history_of(versions, by=by, at=at), batch_size=BATCH)
    about = apps.get_model("knowledge", "HistoricalArticle_subjects")
    about.objects.bulk_create(
        [
            about(id=link.pk, history=past, article_id=link.article_id, subject_id=link.subject_id)
            for past, link in zip(made, links, strict=True)
        ],
        batch_size=BATCH,
    )
