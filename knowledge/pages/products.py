"""A list of products as somebody looks at it: what is wrong with the file, or what would become of each product."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.actions.take_in_products import BUSY, CHANGES, GONE, NEW, OTHERS, SAME, Fate, fates
from knowledge.models import ProductImport
from knowledge.permissions import may_write_for
from knowledge.products_csv import MOST_ROWS, Wrong
from knowledge.ranking import Candidate, rank
from organisation import wording
from organisation.choice import Choice
from organisation.clock import local_day
from organisation.snapshot import Organisation
from organisation.words import plain

if TYPE_CHECKING:
    from datetime import date

    from organisation.models import User

PAGE = 25
SURE = 0.75
"""From this likeness a subject is proposed."""
LISTS = 10


@dataclass(frozen=True)
class ProductRow:
    place: int
    name: str
    text: str
    link: str
    fate: str
    """In words: what becomes of it."""
    added: list[str]
    href: str
    """Of the answer that is there."""
    may_choose: bool
    needs_subject: bool
    is_taken: bool
    choices: list[tuple[str, list[Choice]]]


@dataclass(frozen=True)
class Preview:
    pk: int
    name: str
    version: int
    rows: list[ProductRow]
    all: int
    chosen: int
    looked_at: int
    page: int
    pages: list[int]
    unused: str


@dataclass(frozen=True)
class ListRow:
    href: str
    name: str
    note: str


def preview(given: ProductImport, user: User, house: Organisation, page: int) -> Preview:
    """Five queries, whatever the list."""
    last = max(1, -(-len(given.rows) // PAGE))
    page = min(max(1, page), last)
    begin = (page - 1) * PAGE
    shown = given.rows[begin : begin + PAGE]
    groups = subject_groups(user, house)
    known = {pk for _theme, rows in groups for pk, _name in rows}
    candidates = [
        Candidate(one.pk, tuple(map(plain, [one.name, *one.synonyms])))
        for one in house.subjects.values()
        if one.pk in known
    ]
    return Preview(
        pk=given.pk,
        name=given.name,
        version=given.version,
        rows=[
            _row(begin + offset, row, fate, groups, candidates)
            for offset, (row, fate) in enumerate(zip(shown, fates(shown, user), strict=True))
        ],
        all=len(given.rows),
        chosen=sum(1 for row in given.rows if row["take"]),
        looked_at=sum(1 for row in given.rows if row["take"] is not None),
        page=page,
        pages=list(range(1, last + 1)),
        unused=", ".join(given.unused),
    )


def subject_groups(user: User, house: Organisation) -> list[tuple[str, list[tuple[int, str]]]]:
    """Under their themes the subjects for whose team this person may write; the team stands behind."""
    parents = {one.parent_id for one in house.subjects.values()}
    groups: dict[str, list[tuple[int, str]]] = {}
    for one in house.subjects.values():
        team = house.subject_team(one.pk) or house.front_office
        if not one.is_active or one.pk in parents or not may_write_for(user, team.pk):
            continue
        above = house.subjects.get(one.parent_id or 0)
        name = above.name if above else str(_("Without a theme"))
        groups.setdefault(name, []).append((one.pk, f"{one.name} – {team.name}"))
    return [(name, sorted(rows, key=lambda row: row[1])) for name, rows in sorted(groups.items())]


def lists_of(user: User, day: date) -> list[ListRow]:
    """The lists that this person still has to look at."""
    rows = ProductImport.objects.filter(by=user, done_at__isnull=True)[:LISTS]
    return [
        ListRow(
            reverse("knowledge:products_preview", args=[one.pk]), one.name, wording.day_long(local_day(one.at), day)
        )
        for one in rows
    ]


def wrong_words(wrong: Sequence[Wrong]) -> list[str]:
    """`Line 7, column link: …`."""
    return [_one_wrong(one) for one in wrong]


def _one_wrong(one: Wrong) -> str:
    said = {
        "too_large": _("The file is larger than 2 MB. Split it."),
        "not_text": _("This is no CSV file. Save it as CSV in your spreadsheet."),
        "empty": _("There are no products in this file."),
        "not_csv": _("This line cannot be read as CSV. Is a quotation mark missing?"),
        "no_column": _("The column with the names of the products is missing. Call it “naam”."),
        "too_many": _("There are more than %(most)s products. Split the file.") % {"most": MOST_ROWS},
        "missing": _("The name is missing."),
        "bad_text": _("There are signs in it that cannot be shown."),
        "too_long": _("Use at most %(most)s characters.") % {"most": one.detail},
        "no_uri": _("“%(text)s” is not the address of a uniform product.") % {"text": one.detail},
        "no_link": _("“%(text)s” is not an address that begins with https://.") % {"text": one.detail},
        "no_audience": _("“%(text)s” is not known. Use inwoner or ondernemer.") % {"text": one.detail},
        "twice": _("This product stands in line %(line)s too.") % {"line": one.detail},
    }[one.code]
    if not one.line:
        return said
    if not one.column:
        return _("Line %(line)s: %(said)s") % {"line": one.line, "said": said}
    return _("Line %(line)s, column %(column)s: %(said)s") % {"line": one.line, "column": one.column, "said": said}


def _row(
    place: int,
    row: dict[str, Any],
    fate: Fate,
    groups: list[tuple[str, list[tuple[int, str]]]],
    candidates: list[Candidate],
) -> ProductRow:
    is_new = fate.kind in (NEW, GONE)
    chosen = row["subject"]
    if is_new and row["take"] is None:
        best = rank(candidates, plain(row["name"]))
        chosen = best[0].pk if best and best[0].score >= SURE else None
    by_default = fate.kind == CHANGES or (fate.kind == NEW and chosen is not None)
    return ProductRow(
        place=place,
        name=row["name"],
        text=row["text"][:200],
        link=row["link"],
        fate=_fate_words(fate),
        added=[*fate.links, *fate.words] if fate.kind == CHANGES else [],
        href=_href(fate),
        may_choose=is_new or fate.kind == CHANGES,
        needs_subject=is_new,
        is_taken=by_default if row["take"] is None else bool(row["take"]),
        choices=[(theme, [Choice(str(pk), words, pk == chosen) for pk, words in rows]) for theme, rows in groups]
        if is_new
        else [],
    )


def _fate_words(fate: Fate) -> str:
    writer = fate.version.written_by if fate.version is not None else None
    return {
        NEW: _("becomes a draft"),
        GONE: _("was thrown away before; becomes a draft again when you choose it"),
        SAME: _("stays as it is"),
        CHANGES: _("gets a next version, to be looked at"),
        BUSY: _("stays as it is: %(person)s is writing in it") % {"person": writer or _("a colleague")},
        OTHERS: _("stays as it is: it is of another team"),
    }[fate.kind]


def _href(fate: Fate) -> str:
    if fate.article is None:
        return ""
    if fate.article.is_published:
        return reverse("knowledge:article", args=[fate.article.pk])
    return reverse("knowledge:draft", args=[fate.article.pk]) if fate.kind in (BUSY, SAME) else ""
