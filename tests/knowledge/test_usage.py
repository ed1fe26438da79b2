"""Which answers end questions at once, which help citizens, and which subjects have none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knowledge import demand
from knowledge.models import Article, ArticleUse
from tests.cast import Cast
from tests.knowledge.scene import article

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch):
    with time_machine.travel(AT, tick=False):
        yield


def read(person, query: str = "") -> str:
    client = Client()
    client.force_login(person)
    return client.get(f"/kennisbank/gebruik/{query}").content.decode()


def use(row: Article, **counts: int) -> None:
    for kind, count in counts.items():
        ArticleUse.objects.create(article=row, on=AT.date() - timedelta(days=5), kind=kind, count=count)


def test_answers_stand_in_the_order_of_what_they_end_at_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demand, "ASKED", [lambda user, first: {cast.paspoort.pk: 7}])
    monkeypatch.setattr(demand, "ASKED_BY_ALL", [lambda first: {cast.grofvuil.pk: 20}])
    first = article(cast, AT, title="Eerste")
    second = article(cast, AT, title="Tweede")
    article(cast, AT - timedelta(days=200), title="Ongebruikt")
    fresh = article(cast, AT, title="Lang aan gewerkt")
    Article.objects.filter(pk=fresh.pk).update(created_at=AT - timedelta(days=200))
    use(first, shown=9, answered=5, helped=2, unhelped=8)
    use(second, shown=30, answered=15, inserted=3, helped=9, unhelped=1)
    ArticleUse.objects.create(article=first, on=AT.date() - timedelta(days=91), kind="answered", count=999)
    page = read(cast.ria)
    assert page.index("Tweede") < page.index("Eerste")
    assert "75" in page[page.index("Tweede") : page.index("Eerste")]  # 15 of 20 questions
    assert "9 van 10" in page
    assert "999" not in page
    assert "Paspoort aanvragen" in page[page.index("nog geen antwoord") :]
    assert "Ongebruikt" in page[page.index('id="nooit"') :]
    assert "Lang aan gewerkt" not in page[page.index('id="nooit"') :], "nobody could use it yet"
    least = read(cast.ria, "?volgorde=helped")
    assert least.index("Eerste") < least.index("Tweede")
    assert read(cast.ria, "?volgorde=%3Cscript%3E").count("<script>") == 0


def test_everybody_sees_the_numbers_and_only_writers_what_is_missing(cast: Cast) -> None:
    article(cast, AT)
    assert 'id="mist"' in read(cast.fatima)
    assert 'id="mist"' not in read(cast.joost)
    assert "Grofvuil laten ophalen" in read(cast.joost)


def test_more_answers_cost_no_more_statements(cast: Cast) -> None:
    counts = []
    client = Client()
    client.force_login(cast.ria)
    for number in (1, 4):
        for again in range(number):
            use(article(cast, AT, title=f"Zand {number} {again}"), shown=1)
        client.get("/kennisbank/gebruik/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/kennisbank/gebruik/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
