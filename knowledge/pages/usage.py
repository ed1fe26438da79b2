"""What answers do: how often each is opened and said, which end questions at once, whether citizens are helped, and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Exists, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from knowledge.demand import asked_by_all, asked_since
from knowledge.models import Article, ArticleFeedback, ArticleUse, ArticleVersion
from knowledge.pages.work import DAYS, Missing, missing_subjects
from organisation import wording
from organisation.addresses import address
from organisation.roles import Right
from organisation.snapshot import organisation
from organisation.workdays import day_start

if TYPE_CHECKING:
    from organisation.models import User

MOST = 200
FEWEST_ASKED = 10
"""Under so many questions a share says nothing."""
FEWEST_SAID = 5
MISSED = 30
Kind = ArticleUse.Kind


@dataclass(frozen=True)
class UsageRow:
    href: str
    title: str
    team: str
    shown: int
    inserted: int
    answered: int
    share: str
    """Of the questions about its subjects so many ended at once with it."""
    helped: str
    remarks: int


@dataclass(frozen=True)
class UsagePage:
    rows: list[UsageRow]
    sort: str
    never: list[tuple[str, str]]
    """Stands there for 90 days and was not opened once."""
    missing: list[Missing]
    has_more: bool
    sees_missing: bool


def usage_page(user: User, sort: str, day: date) -> UsagePage:
    """Five queries, however many answers."""
    since = day - timedelta(days=DAYS)
    sort = sort if sort in SORTS else "answered"
    rows = sorted(_counted(since), key=SORTS[sort])
    asked = _asked_about(since)
    house = organisation()
    may_add = user.may(Right.ARTICLES_WRITE) or user.may(Right.ARTICLES_PROPOSE)
    return UsagePage(
        rows=[
            UsageRow(
                address("knowledge:article", row["pk"]),
                row["title"],
                house.teams[row["team_id"]].name if row["team_id"] in house.teams else "",
                row["shown"],
                row["inserted"],
                row["answered"],
                _share(row["answered"], asked.get(row["pk"], 0)),
                _helped_words(row),
                row["remarks"],
            )
            for row in rows[:MOST]
        ],
        sort=sort,
        never=[
            (address("knowledge:article", row["pk"]), row["title"])
            for row in rows
            if row["is_older"] and not row["shown"] + row["inserted"] + row["answered"]
        ][:MISSED],
        missing=missing_subjects(user, asked_since(user, since), MISSED) if may_add else [],
        has_more=len(rows) > MOST,
        sees_missing=may_add,
    )


def _counted(since: date) -> list[dict[str, Any]]:
    """Every answer, by title, with how often it was opened, put in a text and said, and whether it helped; two queries."""
    before = ArticleVersion.objects.filter(article=OuterRef("pk"), published_at__lt=day_start(since))
    remarks = ArticleFeedback.objects.filter(article=OuterRef("pk"), closed_at__isnull=True).order_by()
    rows: list[dict[str, Any]] = list(
        Article.objects.published()
        .order_by("title", "pk")
        .values(
            "pk",
            "title",
            "team_id",
            remarks=Coalesce(Subquery(remarks.values("article").annotate(n=Count("pk")).values("n")), 0),
            is_older=Exists(before),
        )
    )
    counts = ArticleUse.objects.filter(on__gte=since).order_by().values_list("article_id", "kind")
    times = {(pk, kind): total for pk, kind, total in counts.annotate(total=Sum("count"))}
    for row in rows:
        row |= {kind.value: times.get((row["pk"], kind.value), 0) for kind in Kind}
    return rows


def _asked_about(since: date) -> dict[int, int]:
    """Article → how many questions were asked about its subjects."""
    in_all, found = asked_by_all(since), Counter[int]()
    for article_id, subject_id in Article.subjects.through.objects.values_list("article_id", "subject_id"):
        found[article_id] += in_all.get(subject_id, 0)
    return found


def _share(answered: int, asked: int) -> str:
    """Also what another answer about the same subject was said for counts among the questions."""
    return wording.percent(min(1.0, answered / asked), 0) if asked >= FEWEST_ASKED else ""


def _helped(row: dict[str, Any]) -> float:
    said = row["helped"] + row["unhelped"]
    return row["helped"] / said if said >= FEWEST_SAID else 2.0


SORTS: Final[dict[str, Callable[[dict[str, Any]], tuple[Any, ...]]]] = {
    "answered": lambda row: (-row["answered"], row["title"]),
    "shown": lambda row: (-row["shown"], row["title"]),
    "helped": lambda row: (_helped(row), row["title"]),
    "title": lambda row: (row["title"],),
}
"""By what the list can be sorted."""


def _helped_words(row: dict[str, Any]) -> str:
    said = row["helped"] + row["unhelped"]
    if not said:
        return ""
    return _("%(helped)s of %(all)s") % {"helped": row["helped"], "all": said}
