"""Every act on an article, a translation or a message refuses a colleague of another team by itself, whatever the page asked (quality.md §4 g)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404

from knowledge.access import get_article
from knowledge.actions import review, review_translation, save_draft, say, translate, write_news
from knowledge.actions.add_products import _place
from knowledge.actions.hear import hear
from knowledge.models import Article, ArticleFeedback, ArticleTranslation, ArticleVersion, News
from knowledge.pages.listing import _work
from knowledge.pages.news import news_line, news_list
from organisation.clock import now, today
from organisation.errors import Refused
from organisation.models import User
from organisation.snapshot import organisation
from tests.cast import Cast
from tests.knowledge.scene import TEXTS, article_ids, draft_only, news


@pytest.fixture
def ids(cast: Cast) -> dict[str, int]:
    return article_ids(cast, now())


def refused(act: Callable[[], Any]) -> bool:
    try:
        with transaction.atomic():
            act()
    except PermissionDenied:
        return True
    except Refused as refusal:
        return refusal.field == "team"
    return False


def test_acts_on_an_article_of_another_team(cast: Cast, ids: dict[str, int]) -> None:
    row, bas, at = Article.objects.get(pk=ids["article"]), cast.bas, now()
    draft = row.versions.get(state="draft")
    seen = (draft.number, draft.version)
    written = ArticleTranslation.objects.get(pk=ids["translation"])
    there: dict[str, Any] = {"article": row, "language": "en", "seen": (written.number, written.version)}
    texts: dict[str, Any] = {
        "title": "x",
        "short_answer": "x",
        "answer": "",
        "for_business": "",
        "links": [],
        "words": [],
    }
    acts: dict[str, Callable[[], Any]] = {
        "hand in": lambda: review.hand_in(article=row, seen=seen, by=bas),
        "publish": lambda: review.publish(article=row, seen=seen, months=12, by=bas, at=at),
        "drop": lambda: review.drop_draft(article=row, seen=seen, by=bas),
        "find true": lambda: review.find_true(article=row, seen_number=1, months=12, by=bas, at=at),
        "save": lambda: save_draft.save_draft(
            article=row, seen_number=draft.number, seen_version=draft.version, texts=TEXTS, by=bas, at=at
        ),
        "give to another team": lambda: save_draft._place(row, cast.openbare_ruimte, [cast.grofvuil], None, bas),
        "add from a list": lambda: _place({"subject": cast.grofvuil.pk}, organisation(), bas),
        "answer a remark": lambda: say.answer_feedback(
            feedback=ArticleFeedback.objects.get(pk=ids["remark"]), reply="x", by=bas, at=at
        ),
        "translate": lambda: translate.save_translation(
            article=row, language="en", of_number=1, seen=there["seen"], texts=texts, by=bas, at=at
        ),
        "hand in a translation": lambda: review_translation.hand_in_translation(**there, by=bas),
        "publish a translation": lambda: review_translation.publish_translation(**there, by=bas, at=at),
        "drop a translation": lambda: review_translation.drop_translation(**there, by=bas),
        "find a translation right": lambda: review_translation.find_translation_right(
            article=row, language="en", of_number=1, by=bas
        ),
    }
    assert [name for name, act in acts.items() if not refused(act)] == []


def test_what_waits_to_be_looked_at_is_published_by_a_lead_who_did_not_write_it(
    cast: Cast, ids: dict[str, int]
) -> None:
    row = Article.objects.get(pk=ids["article"])
    draft = row.versions.get(state="draft")
    waits = review.hand_in(article=row, seen=(draft.number, draft.version), by=cast.henk)
    for by in (cast.henk, cast.bas, cast.fatima):
        assert refused(
            lambda by=by: review.publish(article=row, seen=(waits.number, waits.version), months=12, by=by, at=now())
        )


def test_nobody_publishes_what_they_wrote_alone(cast: Cast, ids: dict[str, int]) -> None:
    row = draft_only(cast, now(), by=cast.ria, title="Van Ria")
    waits = review.hand_in(article=row, seen=(1, 1), by=cast.ria)
    with pytest.raises(Refused):
        review.publish(article=row, seen=(1, waits.version), months=12, by=cast.ria, at=now())
    shown, written = Article.objects.get(pk=ids["article"]), ArticleTranslation.objects.get(pk=ids["translation"])
    ArticleTranslation.objects.filter(pk=written.pk).update(written_by=cast.ria, state="review")
    with pytest.raises(Refused):
        review_translation.publish_translation(
            article=shown, language="en", seen=(written.number, written.version), by=cast.ria, at=now()
        )


def test_messages_of_another_team(cast: Cast, ids: dict[str, int]) -> None:
    row, bas = News.objects.get(pk=ids["news"]), cast.bas
    message = write_news.Message(
        title="x", text="x", team=cast.burgerzaken, first_day=now().date(), last_day=now().date(), for_everybody=True
    )
    acts: dict[str, Callable[[], Any]] = {
        "change": lambda: write_news.change_news(
            news=row,
            seen_version=row.version,
            message=replace(message, team=cast.openbare_ruimte),
            read_again=False,
            by=bas,
        ),
        "take over": lambda: write_news.change_news(
            news=row, seen_version=row.version, message=message, read_again=False, by=cast.ria
        ),
        "withdraw": lambda: write_news.withdraw_news(news=row, by=bas, at=now()),
        "remind": lambda: write_news.remind_of_news(news=row, by=bas, at=now()),
    }
    assert [name for name, act in acts.items() if not refused(act)] == []
    News.objects.filter(pk=row.pk).update(team=cast.burgerzaken)
    row.refresh_from_db()
    mine = replace(message, team=cast.openbare_ruimte)
    assert refused(
        lambda: write_news.change_news(news=row, seen_version=row.version, message=mine, read_again=False, by=cast.ria)
    )


def test_what_is_written_for_others_is_seen_by_nobody_else(cast: Cast, ids: dict[str, int]) -> None:
    waits = draft_only(cast, now(), title="Alleen voor het team")
    with pytest.raises(Http404):
        get_article(cast.bas, waits.pk)
    for_desk = news(cast, title="Voor de balie", for_roles=["front_office"])
    shown = {name: str(news_list(getattr(cast, name), now())) for name in ("fatima", "bas", "ria")}
    assert {name for name, text in shown.items() if for_desk.title in text} == {"fatima", "ria"}


def test_nobody_without_the_right_has_work_or_news(cast: Cast, ids: dict[str, int]) -> None:
    nobody = User.objects.create(username="nobody", name="Nobody")
    assert news_line(nobody) is None and news_line(cast.fatima) is not None
    assert _work(nobody, today()) == "" and _work(cast.henk, today()) != ""


def test_words_of_citizens_are_masked_before_they_are_kept(cast: Cast, ids: dict[str, int]) -> None:
    version = ArticleVersion.objects.get(article=ids["article"], state="published")
    hear(version=version, helped=False, words="Mijn nummer is 0612345678 en a@b.nl", at=now())
    assert "0612345678" not in (kept := ArticleFeedback.objects.get(kind="website").note) and "a@b.nl" not in kept
