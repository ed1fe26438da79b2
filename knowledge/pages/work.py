"""What waits for who looks after articles: remarks, texts to look at, articles that must be looked at again, subjects without one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.demand import asked_since
from knowledge.models import Article, ArticleFeedback, ArticleVersion
from knowledge.pages.article import SOON, USED, short_day, uses
from knowledge.pages.translation import waiting_translations
from knowledge.permissions import may_write_for
from knowledge.querysets import written_by
from organisation import wording
from organisation.roles import Right
from organisation.snapshot import organisation

if TYPE_CHECKING:
    from organisation.models import User

MOST = 100
DAYS = 90
FEWEST = 3
"""A subject that was asked about less often is not missed."""


@dataclass(frozen=True)
class Remark:
    pk: int
    href: str
    """Empty when the answer was withdrawn."""
    title: str
    words: str
    note: str
    who: str
    reply: str = ""
    is_outside: bool = False
    """From the website: nobody reads the answer there, it says what the team did."""


@dataclass(frozen=True)
class Waiting:
    pk: int
    title: str
    note: str
    is_late: bool = False


@dataclass(frozen=True)
class Missing:
    subject_id: int
    name: str
    team: str
    asked: int
    may_write: bool


@dataclass(frozen=True)
class WorkPage:
    remarks: list[Remark]
    answered: list[Remark]
    """What was answered to this person's own remarks."""
    to_review: list[Waiting]
    being_written: list[Waiting]
    due: list[Waiting]
    withdrawn: list[Waiting]
    translations: list[tuple[int, str, str, str, bool]]
    """Being written, handed in, or older than the Dutch text."""
    missing: list[Missing]
    most_used: list[tuple[int, str, int]]
    is_keeper: bool
    may_add: bool
    may_take_in: bool


def work_page(user: User, at: datetime, day: date) -> WorkPage:
    """Eight queries, whatever waits."""
    is_keeper = user.may(Right.ARTICLES_WRITE)
    may_add = is_keeper or user.may(Right.ARTICLES_PROPOSE)
    mine = Article.objects.kept_by(user)
    versions = ArticleVersion.objects.filter(state__in=["draft", "review"]).select_related("article", "written_by")
    versions = versions.filter(Q(article__in=mine) | Q(pk__in=written_by(user)))
    written = list(versions.order_by("written_at", "pk")[:MOST])
    waiting = ArticleFeedback.objects.waiting_for(user).select_related("article", "by")[:MOST]
    since = at - timedelta(days=30)
    answered = ArticleFeedback.objects.filter(by=user, closed_at__gte=since).select_related("article", "closed_by")
    return WorkPage(
        remarks=[_remark(one, day) for one in waiting],
        answered=[
            Remark(one.pk, _href(one.article), one.article.title, "", one.note, str(one.closed_by or ""), one.reply)
            for one in answered.order_by("-closed_at")[:20]
        ],
        to_review=[_written(one, day) for one in written if one.state == ArticleVersion.State.REVIEW],
        being_written=[_written(one, day) for one in written if one.state == ArticleVersion.State.DRAFT],
        due=[
            Waiting(
                one.pk, one.title, _("before %(day)s") % {"day": short_day(one.review_on, day)}, one.review_on <= day
            )
            for one in mine.due_on(day + SOON).order_by("review_on", "pk")[:MOST]
        ],
        withdrawn=[
            Waiting(one.pk, one.title, _("withdrawn"))
            for one in mine.filter(is_published=False, versions__state="replaced").distinct().order_by("title")[:MOST]
        ],
        translations=waiting_translations(mine) if is_keeper else [],
        missing=missing_subjects(user, asked_since(user, day - timedelta(days=DAYS))) if may_add else [],
        most_used=list(
            mine.published()
            .annotate(times=uses(day - timedelta(days=DAYS), *USED))
            .filter(times__gt=0)
            .order_by("-times", "title")
            .values_list("pk", "title", "times")[:10]
        ),
        is_keeper=is_keeper,
        may_add=may_add,
        may_take_in=user.may(Right.ARTICLES_PUBLISH),
    )


def _href(article: Article) -> str:
    return reverse("knowledge:article", args=[article.pk]) if article.is_published else ""


def _remark(one: ArticleFeedback, day: date) -> Remark:
    is_outside = one.kind == ArticleFeedback.Kind.WEBSITE
    who = f"{_('a citizen') if is_outside else one.by or _('a colleague')}, {wording.day(one.at, day)}"
    return Remark(
        one.pk,
        reverse("knowledge:article", args=[one.article_id]),
        one.article.title,
        str(one.get_kind_display()),
        one.note,
        who,
        is_outside=is_outside,
    )


def _written(one: ArticleVersion, day: date) -> Waiting:
    return Waiting(one.article_id, one.title, f"{one.written_by or ''}, {wording.day(one.written_at, day)}".strip(", "))


def missing_subjects(user: User, asked: dict[int, int], most: int = 10) -> list[Missing]:
    """Subjects without an article, those asked about most first."""
    house = organisation()
    has_one = set(Article.objects.published().order_by().values_list("subjects", flat=True))
    parents = {one.parent_id for one in house.subjects.values()}
    found = []
    for subject_id, times in asked.items():
        subject = house.subjects.get(subject_id)
        if subject is None or not subject.is_active or subject_id in parents or subject_id in has_one or times < FEWEST:
            continue
        team = house.subject_team(subject_id) or house.front_office
        found.append(Missing(subject_id, subject.name, team.name, times, may_write_for(user, team.pk)))
    return sorted(found, key=lambda one: (-one.asked, one.name))[:most]
