"""Several at the same moment: addresses stay unique, products become one answer, a press counts once, opinions all count."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from knowledge.actions.hear import hear
from knowledge.actions.read_news import read_news
from knowledge.actions.review import hand_in, publish
from knowledge.actions.take_in_products import choose_products, keep_products, take_in_products
from knowledge.models import Article, ArticleUse, News, NewsRead, ProductImport
from knowledge.outside import public_version
from knowledge.products_csv import read_products
from organisation.clock import now
from organisation.models import User
from organisation.roles import Role
from organisation.snapshot import organisation
from tests.cast import person, settle_in
from tests.knowledge.scene import article, draft_only, news

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(count: int, act: Callable[[int], object]) -> list[object]:
    barrier = threading.Barrier(count)
    results: list[object] = [None] * count

    def run(number: int) -> None:
        try:
            barrier.wait(timeout=60)
            results[number] = act(number)
        except Exception as error:  # the test looks at it
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_everything_at_once() -> None:
    """One test for all: making the house anew takes longer than the acts."""
    cast = settle_in()
    at = now()
    rows = []
    for _number in range(4):
        row = draft_only(cast, at)
        rows.append((row, hand_in(article=row, seen=(1, 1), by=cast.henk).version))

    def publish_one(number: int) -> None:
        row, version = rows[number]
        publish(article=row, seen=(1, version), months=12, by=User.objects.get(pk=cast.ria.pk), at=at, tell="news")

    assert at_once(4, publish_one) == [None] * 4
    published = list(Article.objects.public().order_by("public_at"))
    assert len({one.address for one in published}) == 4
    assert len({one.public_at for one in published}) == 4
    assert News.objects.count() == 4

    organisation()
    others = [cast.sanne, person("saar", Role.COORDINATOR, cast.servicecentrum)]
    given = []
    for one in others:
        made = keep_products(name="l.csv", rows=read_products(b"naam\nHaring\nPaling\n").rows, unused=[], by=one, at=at)
        choices = {place: (True, cast.grofvuil.pk) for place in range(2)}
        choose_products(given=made, seen_version=1, choices=choices, by=one)
        given.append(made)

    def take_in(number: int) -> object:
        by = User.objects.get(pk=others[number].pk)
        return take_in_products(given=given[number], seen_version=2, house=organisation(), by=by, at=at)

    done = at_once(2, take_in)
    assert sum(one.get("added", 0) for one in done if isinstance(one, dict)) == 2, done
    assert Article.objects.filter(title__in=["Haring", "Paling"]).count() == 2
    assert ProductImport.objects.filter(done_at__isnull=False).count() in (1, 2)  # who came second may be told to wait

    message = news(cast)
    assert at_once(3, lambda _n: read_news(news=message, by=User.objects.get(pk=cast.fatima.pk), at=at)) == [None] * 3
    assert NewsRead.objects.filter(news=message).count() == 1

    row = article(cast, at, title="Voor inwoners")
    version = public_version(row.address)
    assert at_once(4, lambda n: hear(version=version, helped=n > 0, words=f"Reden {n % 2}", at=at)).count(True) == 2
    counts = dict(ArticleUse.objects.filter(article=row).values_list("kind", "count"))
    assert counts == {"helped": 3, "unhelped": 1}
