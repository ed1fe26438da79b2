"""An answer beside its text in another language: what it says, what changed in Dutch since, and what may be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from knowledge.actions.translate import OPEN, State, open_translation, published_translation
from knowledge.models import Article, ArticleTranslation, ArticleVersion, Language
from knowledge.pages.article import Text, text_of
from knowledge.pages.languages import state_of
from knowledge.pages.versions import Change, changes
from knowledge.permissions import leads, may_keep, may_publish, may_write
from organisation import wording

if TYPE_CHECKING:
    from organisation.models import User


@dataclass(frozen=True)
class TranslationPage:
    code: str
    name: str
    dutch: Text
    of_number: int
    draft: ArticleTranslation | None
    shown: ArticleTranslation | None
    base: ArticleTranslation | None
    """What the form begins with."""
    state: str
    who: str
    is_outdated: bool
    changes: list[Change]
    """In Dutch, since the version that was translated."""
    is_handed_in: bool
    leads: bool
    may_write: bool
    may_publish: bool
    may_keep: bool

    @property
    def seen(self) -> str:
        return f"{self.draft.number}.{self.draft.version}" if self.draft else ""


def translation_page(user: User, article: Article, code: str, day: date) -> TranslationPage | None:
    """None when the Dutch answer is not published, or the draft is somebody else's; at most five queries."""
    dutch = (
        ArticleVersion.objects.filter(article=article, state=ArticleVersion.State.PUBLISHED)
        .select_related("forward_to")
        .first()
    )
    draft = open_translation(article, code)
    if dutch is None or not (may_write(user, article, draft) or leads(user, article)):
        return None
    shown = published_translation(article, code)
    base = draft or shown
    before = None
    if base is not None and base.of_number < dutch.number:
        before = ArticleVersion.objects.filter(article=article, number=base.of_number).first()
    is_handed_in = draft is not None and draft.state == State.REVIEW
    return TranslationPage(
        code=code,
        name=str(Language(code).label),
        dutch=text_of(dutch),
        of_number=dutch.number,
        draft=draft,
        shown=shown,
        base=base,
        state=state_of(draft, shown, dutch.number),
        who=f"{draft.written_by or ''}, {wording.day(draft.written_at, day)}".strip(", ") if draft else "",
        is_outdated=shown is not None and shown.of_number < dutch.number,
        changes=_outside(changes(before, dutch)) if before else [],
        is_handed_in=is_handed_in,
        leads=leads(user, article),
        may_write=may_write(user, article, draft),
        may_publish=is_handed_in and draft is not None and may_publish(user, article, draft),
        may_keep=may_keep(user, article),
    )


def waiting_translations(articles: Any) -> list[tuple[int, str, str, str, bool]]:
    """Of these answers: what was handed in, is being written, or is older than the Dutch text: article, language, title, state, whether it is outdated."""
    now_number = ArticleVersion.objects.filter(article=OuterRef("article"), state=ArticleVersion.State.PUBLISHED)
    rows = ArticleTranslation.objects.filter(article__in=articles, article__is_published=True)
    rows = rows.annotate(now=Subquery(now_number.values("number")[:1]))
    rows = rows.filter(Q(state__in=OPEN) | Q(state=State.PUBLISHED, of_number__lt=F("now"))).select_related("article")
    return [
        (one.article_id, one.language, one.article.title, _row_state(one), one.state == State.PUBLISHED)
        for one in rows.order_by("article__title", "article_id", "language", "number")[:200]
    ]


def _row_state(one: ArticleTranslation) -> str:
    state = _("translation outdated") if one.state == State.PUBLISHED else str(one.get_state_display())
    return f"{Language(one.language).label}: {state}"


def _outside(found: list[Change]) -> list[Change]:
    """Only of the texts that are translated."""
    names = ("title", "short_answer", "answer", "for_business", "links")
    labels = {str(ArticleVersion._meta.get_field(name).verbose_name) for name in names}
    shown = {label[:1].upper() + label[1:] for label in labels}
    return [one for one in found if one.label in shown]
