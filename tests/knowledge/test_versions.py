"""A version that was published is changed by nobody; the next one stands beside it, and who writes at once loses nothing."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from knowledge.actions.save_draft import save_draft
from knowledge.models import Article, ArticleVersion
from knowledge.search import search
from tests.cast import Cast
from tests.knowledge.scene import TEXTS, article, draft_only, next_version
from tests.knowledge.writing import act, client_of, form

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 25)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]


def test_the_next_version_stands_beside_the_one_that_holds_and_says_what_differs(cast: Cast) -> None:
    row = article(cast, AT)
    henk = client_of(cast.henk)
    henk.post(f"/kennisbank/{row.pk}/wijzigen/", form(cast, short_answer="Ophalen kan op **donderdag**.", words="sofa"))
    assert "woensdag" in henk.get(f"/kennisbank/{row.pk}/").content.decode()
    shown = henk.get(f"/kennisbank/{row.pk}/concept/").content.decode()
    assert "<del>" in shown
    assert "<ins>" in shown
    act(henk, row, "hand_in")
    ria = client_of(cast.ria)
    assert act(ria, row, "send_back").status_code == 422
    act(ria, row, "send_back", remark="Noem ook de tijd.")
    assert "Noem ook de tijd." in henk.get(f"/kennisbank/{row.pk}/concept/").content.decode()
    act(henk, row, "hand_in")
    act(ria, row, "publish")
    assert "donderdag" in henk.get(f"/kennisbank/{row.pk}/").content.decode()
    assert [one.state for one in row.versions.order_by("number")] == ["replaced", "published"]
    versions = henk.get(f"/kennisbank/{row.pk}/versies/").content.decode()
    assert "Verschil met versie 1" in versions
    assert client_of(cast.joost).get(f"/kennisbank/{row.pk}/versies/?versie=1").status_code == 200


def test_a_published_version_is_changed_by_nobody(cast: Cast) -> None:
    version = article(cast, AT).versions.get()
    for change in ({"short_answer": "anders"}, {"state": "draft", "published_at": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            ArticleVersion.objects.filter(pk=version.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        version.delete()


def test_what_was_typed_in_an_answer_that_is_gone_can_be_kept_as_a_new_one(cast: Cast) -> None:
    row = draft_only(cast, AT)
    act(client_of(cast.ria), row, "drop")
    henk = client_of(cast.henk)
    late = henk.post(f"/kennisbank/{row.pk}/wijzigen/", form(cast, short_answer="Een uur werk.", version="1.1"))
    assert late.status_code == 409
    assert "Een uur werk." in late.content.decode()
    assert 'action="/kennisbank/nieuw/"' in late.content.decode()
    assert henk.get(f"/kennisbank/{row.pk}/wijzigen/").status_code == 404
    assert client_of(cast.joost).post(f"/kennisbank/{row.pk}/wijzigen/", form(cast)).status_code == 403


def test_who_began_from_a_version_that_was_replaced_meanwhile_sees_the_new_one(cast: Cast) -> None:
    row = article(cast, AT)
    henk, ria = client_of(cast.henk), client_of(cast.ria)
    address = f"/kennisbank/{row.pk}/wijzigen/"
    begun = re.search(r'name="version" value="([^"]*)"', ria.get(address).content.decode())
    assert begun is not None
    henk.post(address, form(cast, short_answer="van Henk", version=begun[1]))
    act(henk, row, "hand_in")
    act(ria, row, "publish")
    both = ria.post(address, form(cast, short_answer="van Ria", version=begun[1]))
    assert both.status_code == 409
    assert "van Henk" in both.content.decode()
    seen = re.search(r'name="version" value="([^"]*)"', both.content.decode())
    assert seen is not None
    assert ria.post(address, form(cast, short_answer="van Ria", version=seen[1])).status_code == 302
    assert row.versions.get(number=3).short_answer == "van Ria"


def test_two_who_write_at_once_see_both_texts(cast: Cast) -> None:
    row = article(cast, AT)
    henk, ria = client_of(cast.henk), client_of(cast.ria)
    address = f"/kennisbank/{row.pk}/wijzigen/"
    assert henk.post(address, form(cast, short_answer="van Henk")).status_code == 302
    both = ria.post(address, form(cast, short_answer="van Ria"))
    assert both.status_code == 409
    assert "van Henk" in both.content.decode()
    assert "van Ria" in both.content.decode()
    assert ria.post(address, form(cast, short_answer="van Ria", version="2.1")).status_code == 302
    assert row.versions.order_by("-number")[0].short_answer == "van Ria"
    assert act(henk, row, "hand_in").status_code == 302
    late = client_of(cast.ria).post(f"/kennisbank/{row.pk}/concept/besluit/", {"act": "hand_in", "version": "2.1"})
    assert late.status_code == 409


def test_looked_at_again_moves_the_day_and_withdrawn_is_found_by_nobody(cast: Cast) -> None:
    row = article(cast, AT)
    Article.objects.filter(pk=row.pk).update(review_on=DAY)
    henk, ria = client_of(cast.henk), client_of(cast.ria)
    assert "moet worden nagekeken" in henk.get("/kennisbank/").content.decode()
    henk.post(f"/kennisbank/{row.pk}/nagekeken/", {"months": "3", "number": "1"})
    row.refresh_from_db()
    assert row.review_on == date(2027, 2, 24)
    assert henk.post(f"/kennisbank/{row.pk}/intrekken/", {"number": "1", "reason": "weg"}).status_code == 403
    ria.post(f"/kennisbank/{row.pk}/intrekken/", {"number": "1", "reason": ""})
    assert search("grofvuil", DAY).ids == [row.pk]
    ria.post(f"/kennisbank/{row.pk}/intrekken/", {"number": "1", "reason": "Wij doen dit niet meer."})
    assert search("grofvuil", DAY).ids == []
    assert client_of(cast.fatima).get(f"/kennisbank/{row.pk}/").status_code == 404
    assert "Grofvuil laten ophalen" in ria.get("/kennisbank/werk/").content.decode()
    next_version(row, cast.henk, AT)
    act(henk, row, "hand_in")
    act(ria, row, "publish")
    assert search("grofvuil", DAY).ids == [row.pk]


def test_who_looked_at_another_version_neither_finds_it_right_nor_withdraws_it(cast: Cast) -> None:
    row = article(cast, AT)
    henk, ria = client_of(cast.henk), client_of(cast.ria)
    next_version(row, cast.henk, AT, short_answer="Nu op donderdag.")
    act(henk, row, "hand_in")
    act(ria, row, "publish", months="3")
    row.refresh_from_db()
    late = henk.post(f"/kennisbank/{row.pk}/nagekeken/", {"months": "12", "number": "1"}, follow=True)
    assert "Bekijk die eerst." in late.content.decode()
    ria.post(f"/kennisbank/{row.pk}/intrekken/", {"reason": "weg", "number": "1"})
    now_there = Article.objects.get(pk=row.pk)
    assert (now_there.review_on, now_there.is_published) == (row.review_on, True)
    assert henk.post(f"/kennisbank/{row.pk}/nagekeken/", {"months": "12", "number": "2"}).status_code == 302
    assert Article.objects.get(pk=row.pk).review_on > row.review_on


def test_a_draft_that_was_published_meanwhile_is_not_written_over(cast: Cast) -> None:
    row = draft_only(cast, AT)
    henk, ria = client_of(cast.henk), client_of(cast.ria)
    act(henk, row, "hand_in")
    act(ria, row, "publish")
    late = henk.post(f"/kennisbank/{row.pk}/wijzigen/", form(cast, version="1.2"))
    assert late.status_code == 409
    with pytest.raises(Exception, match=r"gepubliceerd|published"):
        save_draft(article=row, seen_number=1, seen_version=2, texts=TEXTS, by=cast.henk, at=AT)
    again = act(ria, row, "publish")  # pressed twice
    assert again["Location"] == f"/kennisbank/{row.pk}/"
    assert act(client_of(cast.bas), row, "publish").status_code == 404


def test_nothing_is_decided_about_a_text_that_was_not_seen(cast: Cast) -> None:
    row = draft_only(cast, AT)
    henk, ria, sanne = client_of(cast.henk), client_of(cast.ria), client_of(cast.sanne)
    address = f"/kennisbank/{row.pk}/concept/besluit/"
    act(henk, row, "hand_in")
    act(sanne, row, "publish")
    next_version(row, cast.henk, AT, short_answer="Nog niet gezien.")
    act(henk, row, "hand_in")
    late = ria.post(address, {"act": "publish", "version": "1.2"})  # of the version before, which had come as far
    assert late.status_code == 409
    assert "Nog niet gezien." in late.content.decode()
    late = ria.post(address, {"act": "send_back", "version": "1.2", "remark": "Noem ook de \x00tijd."})
    assert "Noem ook de tijd." in late.content.decode()
    assert ria.post(address, {"act": "drop", "version": "9" * 5000}).status_code == 409
    assert row.versions.get(state="review").short_answer == "Nog niet gezien."


def test_the_next_draft_is_another_one_than_what_was_thrown_away(cast: Cast) -> None:
    row = article(cast, AT)
    henk, ria = client_of(cast.henk), client_of(cast.ria)
    next_version(row, cast.henk, AT)
    act(ria, row, "drop")
    next_version(row, cast.ria, AT, short_answer="van Ria")
    late = henk.post(f"/kennisbank/{row.pk}/wijzigen/", form(cast, short_answer="van Henk", version="2.1"))
    assert late.status_code == 409
    assert row.versions.get(state="draft").short_answer == "van Ria"
