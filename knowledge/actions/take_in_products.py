"""Products of a list become drafts, or bring their link and name to the answer that is there; after somebody looked, all or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.translation import gettext as _

from knowledge.actions.add_products import add_products, link_line
from knowledge.actions.save_draft import TEXTS, save_draft
from knowledge.markup import link_of
from knowledge.models import LINE, MOST_LINES, Article, ArticleVersion, Product, ProductImport
from knowledge.permissions import may_keep
from organisation import audit
from organisation.errors import Refused, Stale
from organisation.roles import Right
from organisation.snapshot import Organisation
from organisation.transact import one_transaction
from organisation.words import plain

if TYPE_CHECKING:
    from organisation.models import User

NEW, CHANGES, SAME, BUSY, GONE, OTHERS = "new", "changes", "same", "busy", "gone", "others"
"""What would become of a row: a draft, a next version, nothing, nothing while somebody writes, a draft thrown away, not this person's."""
WORD: Final = 80
MOST_CHANGED: Final = 300
"""A page must be there within half a minute."""
LOCK: Final = 2512


@dataclass(frozen=True)
class Fate:
    kind: str
    article: Article | None = None
    version: ArticleVersion | None = None
    """The text that would change: the newest."""
    links: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """What would be added."""


@one_transaction
def keep_products(
    *, name: str, rows: Sequence[dict[str, Any]], unused: Sequence[str], by: User, at: datetime
) -> ProductImport:
    """What was read, to be looked at. Nothing is made of it yet."""
    if not by.may(Right.ARTICLES_PUBLISH):
        raise PermissionDenied
    kept = [{**row, "take": None, "subject": None} for row in rows]
    made = ProductImport.objects.create(name=name[:120], by=by, at=at, rows=kept, unused=list(unused)[:30])
    audit.record(by=by, action="product.read", obj=made, rows=len(kept))
    return made


@one_transaction
def choose_products(
    *, given: ProductImport, seen_version: int, choices: Mapping[int, tuple[bool, int | None]], by: User
) -> None:
    """By place in the list: whether it is taken in, and under which subject."""
    row = _locked(given, seen_version, by)
    for place, (take, subject) in choices.items():
        if 0 <= place < len(row.rows):
            row.rows[place] |= {"take": take, "subject": subject}
    row.version += 1
    row.save(update_fields=["rows", "version"])


@one_transaction
def take_in_products(
    *, given: ProductImport, seen_version: int, house: Organisation, by: User, at: datetime
) -> dict[str, int]:
    """Of the rows that were chosen. Says how many became a draft, were changed, and stayed as they were."""
    row = _locked(given, seen_version, by)
    chosen = [one for one in row.rows if one["take"]]
    if not chosen:
        raise Refused(_("Choose at least one product."))
    _alone()
    counts: Counter[str] = Counter()
    new: list[Mapping[str, Any]] = []
    changed: set[int] = set()
    for one, fate in zip(chosen, fates(chosen, by), strict=True):
        if fate.kind in (NEW, GONE):
            new.append(one)
        elif fate.kind == CHANGES and fate.article is not None and fate.article.pk not in changed:
            changed.add(fate.article.pk)  # a second product of the same answer finds it being written
            counts["changed"] += 1
            if counts["changed"] > MOST_CHANGED:
                raise Refused(_("Change at most %(most)s answers at once. Choose fewer.") % {"most": MOST_CHANGED})
            _change(fate, row.name, one, by, at)
        else:
            counts["same"] += 1
    if new:
        add_products(rows=new, house=house, by=by, at=at)
        counts["added"] = len(new)
    row.done_at, row.result, row.rows, row.version = at, dict(counts), [], row.version + 1
    row.save(update_fields=["done_at", "result", "rows", "version"])
    audit.record(by=by, action="product.taken_in", obj=row, **counts)
    return dict(counts)


@one_transaction
def drop_products(*, given: ProductImport, by: User) -> None:
    """Nothing was made of it."""
    row = ProductImport.objects.select_for_update().filter(pk=given.pk, done_at__isnull=True, by=by).first()
    if row is not None:
        audit.record(by=by, action="product.dropped", obj=row)
        row.delete()


def fates(rows: Sequence[Mapping[str, Any]], by: User) -> list[Fate]:
    """What would become of each row now; five queries, however many."""
    keys = [row["key"] for row in rows]
    known = dict(Product.objects.filter(key__in=keys).values_list("key", "article_id"))
    titles = {plain(row["name"]) for row in rows}
    articles = {one.pk: one for one in Article.objects.filter(pk__in=[pk for pk in known.values() if pk])}
    by_title: dict[str, Article] = {}
    for one in Article.objects.filter(title__in=[row["name"] for row in rows]).order_by("-is_published", "pk"):
        by_title.setdefault(plain(one.title), one)
    articles |= {one.pk: one for title, one in by_title.items() if title in titles}
    newest: dict[int, ArticleVersion] = {}
    versions = ArticleVersion.objects.filter(article__in=articles).select_related("written_by", "forward_to")
    for version in versions.order_by("article_id", "-number"):
        newest.setdefault(version.article_id, version)
    found = []
    for row in rows:
        article = articles.get(known.get(row["key"]) or 0) or by_title.get(plain(row["name"]))
        if article is None:
            found.append(Fate(GONE if row["key"] in known else NEW))
        else:
            found.append(_fate(row, article, newest[article.pk], by))
    return found


def _fate(row: Mapping[str, Any], article: Article, version: ArticleVersion, by: User) -> Fate:
    links = _links(row, version.links)
    words = _words(row, version)
    if not links and not words:
        return Fate(SAME, article, version)
    if version.published_at is None:
        return Fate(BUSY, article, version, links, words)
    return Fate(CHANGES if may_keep(by, article) else OTHERS, article, version, links, words)


def _links(row: Mapping[str, Any], there: Sequence[str]) -> tuple[str, ...]:
    if not row["link"] or row["link"].rstrip("/") in {link_of(line)[1].rstrip("/") for line in there}:
        return ()
    return (link_line(row),) if len(there) < MOST_LINES else ()


def _words(row: Mapping[str, Any], version: ArticleVersion) -> tuple[str, ...]:
    known = {plain(one) for one in [version.title, *version.words]}
    if plain(row["name"]) in known or len(row["name"]) > WORD or len(version.words) >= MOST_LINES:
        return ()
    return (row["name"],)


def _change(fate: Fate, file: str, row: Mapping[str, Any], by: User, at: datetime) -> None:
    article, version = fate.article, fate.version
    assert article is not None and version is not None  # noqa: S101, PT018 - of the fate that changes something
    texts = {name: getattr(version, name) for name in TEXTS}
    texts["links"] = [*version.links, *fate.links]
    texts["words"] = [*version.words, *fate.words]
    texts["why"] = (_("List of products: %(file)s") % {"file": file})[:LINE]
    save_draft(article=article, seen_number=0, seen_version=0, texts=texts, by=by, at=at)
    Product.objects.update_or_create(key=row["key"], defaults={"article": article, "taken_in_at": at})


def _alone() -> None:
    """One list at a time: two with the same product would both find that there is no answer yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", [LOCK, "knowledge.products"])
        if not cursor.fetchone()[0]:
            raise Refused(_("A colleague is taking in a list at this moment. Try again in a minute."))


def _locked(given: ProductImport, seen_version: int, by: User) -> ProductImport:
    row = ProductImport.objects.select_for_update().filter(pk=given.pk, by=by, done_at__isnull=True).first()
    if row is None:
        raise Refused(_("This list was taken in or thrown away already."))
    if row.version != seen_version:
        raise Stale(_("You changed this list in another window. Look at it again."), row)
    return row
