"""Owners hear once for each review day, however often, late or doubled the sweep runs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from channels_app.models import OutboundMessage
from contacts.actions.remind_articles import remind_articles, settle_looked_at
from knowledge.actions.review import find_true
from knowledge.models import Article
from organisation.models import User
from tests.cast import Cast
from tests.knowledge.scene import article

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def mails() -> list[str]:
    return list(OutboundMessage.objects.order_by("pk").values_list("to_address", flat=True))


def test_the_owner_hears_once_two_weeks_ahead_and_again_for_the_next_day(cast: Cast) -> None:
    row = article(cast, AT)
    for due, told in ((date(2026, 12, 10), 0), (date(2026, 12, 9), 1), (date(2026, 12, 9), 0), (date(2026, 11, 1), 1)):
        Article.objects.filter(pk=row.pk).update(review_on=due)
        assert remind_articles(at=AT) == told, due
        assert remind_articles(at=AT + timedelta(hours=1)) == 0
    assert mails() == ["henk@opmeer.example"] * 2
    body = OutboundMessage.objects.first().body
    assert "Grofvuil laten ophalen" in body
    assert f"/kennisbank/{row.pk}/" in body


def test_without_an_owner_the_leads_hear(cast: Cast) -> None:
    row = article(cast, AT)
    Article.objects.filter(pk=row.pk).update(review_on=AT.date(), owner=None)
    assert remind_articles(at=AT) == 1
    assert mails() == ["ria@opmeer.example"]


@pytest.mark.parametrize("gone", ["left the team", "left the house", "has no address"])
def test_an_owner_who_cannot_mend_it_is_passed_over(cast: Cast, gone: str) -> None:
    row = article(cast, AT)
    Article.objects.filter(pk=row.pk).update(review_on=AT.date())
    if gone == "left the team":
        cast.henk.memberships.update(valid_until=AT.date())
    else:
        change = {"is_active": False} if gone == "left the house" else {"email": ""}
        User.objects.filter(pk=cast.henk.pk).update(**change)
    assert remind_articles(at=AT) == 1
    assert mails() == ["ria@opmeer.example"]


def test_what_a_colleague_looked_at_waits_for_nobody_any_more(cast: Cast) -> None:
    row = article(cast, AT)
    Article.objects.filter(pk=row.pk).update(review_on=AT.date(), owner=None)
    remind_articles(at=AT)
    waits = cast.ria.notices.filter(kind="article_due", read_at=None)
    assert (settle_looked_at(at=AT), waits.count()) == (0, 1)
    find_true(article=row, seen_number=1, months=12, by=cast.henk, at=AT)
    assert (settle_looked_at(at=AT), waits.count()) == (1, 0)


def test_a_team_without_a_lead_is_heard_by_the_coordinator(cast: Cast) -> None:
    row = article(cast, AT)
    Article.objects.filter(pk=row.pk).update(review_on=AT.date(), owner=None)
    cast.ria.memberships.update(valid_until=AT.date())
    assert remind_articles(at=AT) == 1
    assert mails() == ["sanne@opmeer.example"]


def test_nobody_hears_of_what_is_not_published(cast: Cast) -> None:
    row = article(cast, AT)
    Article.objects.filter(pk=row.pk).update(review_on=AT.date(), is_published=False, is_public=False)
    assert remind_articles(at=AT) == 0
