"""One article as the template shows it: published, or as it will be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.markup import Html, html_of, link_of, plain_of
from knowledge.models import Article, ArticleFeedback, ArticleTranslation, ArticleUse, ArticleVersion
from knowledge.outside import is_shown
from knowledge.pages.languages import LanguageRow, language_rows
from knowledge.permissions import leads, may_keep, may_write
from organisation import wording
from organisation.roles import Right
from organisation.snapshot import organisation

if TYPE_CHECKING:
    from organisation.models import User

SOON = timedelta(days=14)


@dataclass(frozen=True)
class Text:
    """What a version says, ready to be shown."""

    title: str
    short: Html
    short_plain: str
    answer: Html
    for_business: Html
    ask: list[str]
    links: list[tuple[str, str]]
    words: list[str]
    forward_to: str
    forward_when: Html
    internal: Html
    is_public: bool
    for_reply: str
    """For a customer: never what is only for colleagues, nor when to hand over."""


@dataclass(frozen=True)
class ArticlePage:
    pk: int
    number: int
    text: Text
    team: str
    owner: str
    checked: str
    review: str
    is_late: bool
    is_soon: bool
    subjects: list[str]
    used: str
    said: str
    open_remarks: int
    use_href: str
    outside_href: str
    """Its page for citizens, when the municipality shows them."""
    may_write: bool
    may_keep: bool
    may_withdraw: bool
    has_open_version: bool
    languages: list[LanguageRow]
    """Of what citizens read in other languages."""


def text_of(version: ArticleVersion) -> Text:
    """The marks of a text become HTML in which nothing of the writer stays a tag."""
    return Text(
        title=version.title,
        short=html_of(version.short_answer),
        short_plain=plain_of(version.short_answer),
        answer=html_of(version.answer),
        for_business=html_of(version.for_business, 4),
        ask=list(version.ask),
        links=[link_of(line) for line in version.links],
        words=list(version.words),
        forward_to=version.forward_to.name if version.forward_to else "",
        forward_when=html_of(version.forward_when, 4),
        internal=html_of(version.internal, 4),
        is_public=version.is_public,
        for_reply=_for_reply(version),
    )


def reply_in(article: Article, language: str) -> str:
    """All of it for a reply in another language; empty when it is not there (any more)."""
    row = ArticleTranslation.objects.filter(
        article=article, language=language, state=ArticleTranslation.State.PUBLISHED
    ).first()
    return _for_reply(row) if row is not None else ""


def _for_reply(version: ArticleVersion | ArticleTranslation) -> str:
    links = [link_of(line) for line in version.links]
    lines = "\n".join(f"{words}: {address}" for words, address in links if address)
    parts = [plain_of(version.short_answer), plain_of(version.answer), lines]
    return "\n\n".join(part for part in parts if part)


def article_page(user: User, article: Article, day: date) -> ArticlePage | None:
    """None when nothing of it is published; four queries."""
    version = (
        ArticleVersion.objects.filter(article=article, state=ArticleVersion.State.PUBLISHED)
        .select_related("forward_to")
        .first()
    )
    if version is None:
        return None
    facts = _facts(article, day)
    draft = ArticleVersion.objects.filter(article=article, state__in=["draft", "review"]).first()
    subjects = list(article.subjects.all())
    return ArticlePage(
        pk=article.pk,
        number=version.number,
        text=text_of(version),
        team=article.team.name,
        owner=article.owner.name if article.owner and article.owner.is_active else "",
        checked=_("Checked %(day)s") % {"day": short_day(article.checked_on, day)},
        review=_("before %(day)s") % {"day": short_day(article.review_on, day)},
        is_late=article.review_on <= day,
        is_soon=day < article.review_on <= day + SOON,
        subjects=[one.name for one in subjects],
        used=ngettext("%(count)s time this week", "%(count)s times this week", facts["week"])
        % {"count": facts["week"]},
        said=_said(facts["answered"], facts["wrong"]),
        open_remarks=facts["open"],
        use_href=_use_href(user, subjects[0].pk if subjects else None),
        outside_href=reverse("knowledge:outside_answer", args=[article.address])
        if article.is_public and is_shown(organisation())
        else "",
        may_write=may_write(user, article, draft),
        may_keep=may_keep(user, article),
        may_withdraw=leads(user, article),
        has_open_version=draft is not None,
        languages=language_rows(article, version.number),
    )


def short_day(day: date | None, today: date) -> str:
    """`9 nov`, with the year when it is another one."""
    return wording.day(day, today).partition(" ")[2] if day else ""


def uses(since: date, *kinds: str) -> Coalesce:
    """A column with how often an article was used."""
    rows = ArticleUse.objects.filter(article=OuterRef("pk"), on__gte=since, kind__in=kinds).order_by()
    return Coalesce(Subquery(rows.values("article").annotate(total=Sum("count")).values("total")), 0)


USED = (ArticleUse.Kind.INSERTED, ArticleUse.Kind.ANSWERED)


def _facts(article: Article, day: date) -> dict[str, int]:
    remarks = ArticleFeedback.objects.filter(article=OuterRef("pk")).order_by().values("article")
    since = day - timedelta(days=90)
    return (
        Article.objects.filter(pk=article.pk)
        .values(
            week=uses(day - timedelta(days=6), *USED),
            answered=uses(since, ArticleUse.Kind.ANSWERED),
            open=Coalesce(Subquery(remarks.annotate(n=Count("pk", filter=Q(closed_at__isnull=True))).values("n")), 0),
            wrong=Coalesce(Subquery(remarks.annotate(n=Count("pk", filter=Q(at__date__gte=since))).values("n")), 0),
        )
        .get()
    )


def _said(answered: int, remarks: int) -> str:
    first = ngettext("answered %(count)s time at once", "answered %(count)s times at once", answered)
    second = ngettext("%(count)s remark", "%(count)s remarks", remarks)
    return f"{first % {'count': answered}}, {second % {'count': remarks}}"


def _use_href(user: User, subject_id: int | None) -> str:
    """The desk with the subject filled in, where somebody may register and there is a desk."""
    if subject_id is None or not user.may(Right.QUESTIONS_WRITE):
        return ""
    try:
        return f"{reverse('contacts:registration')}?nieuw=1&onderwerp={subject_id}"
    except NoReverseMatch:
        return ""
