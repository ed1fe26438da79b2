"""Shows an article to citizens, or takes it away from them, in the transaction of the act that decided it."""

from __future__ import annotations

from typing import Final

from django.utils.text import slugify

from knowledge.models import Article, ArticleVersion
from organisation.clock import now
from organisation.snapshot import settings_changed

FIELDS: Final = ("is_public", "address", "public_at")
LONGEST: Final = 80


def expose(row: Article) -> tuple[str, ...]:
    """Sets on the locked article what stands outside now, and gives the fields to save; none when it was and is not public.

    Public is a published version that its team marked, and that somebody else than its writer published. The settings get another
    version first: that waits for every other publication, so the moments of the changes are in the order in which they are seen.
    """
    settings_changed()
    version = None
    if row.is_published:
        version = ArticleVersion.objects.filter(article=row, state=ArticleVersion.State.PUBLISHED).first()
    is_public = version is not None and version.is_public and version.published_by_id is not None
    if not (is_public or row.is_public):
        return ()
    row.is_public = is_public
    if row.address is None and version is not None:
        row.address = free_address(version.title)
    row.public_at = now()
    return FIELDS


def free_address(title: str) -> str:
    """From the words of the title; with a number when another article has it."""
    begin = slugify(title)[:LONGEST].strip("-") or "antwoord"
    taken = set(Article.objects.filter(address__startswith=begin).values_list("address", flat=True))
    place, found = 1, begin
    while found in taken:
        place += 1
        found = f"{begin}-{place}"
    return found
