"""An answer in another language: written beside the Dutch text, looked at by a second person, and honest when the Dutch changed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client

from knowledge.models import Article, ArticleTranslation, PublicPart
from knowledge.outside import SAID, SEARCHED, WRONG
from organisation.models import AuditEntry, User
from tests.cast import Cast
from tests.knowledge.scene import article, next_version, publish_next

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db
PAGE = "/antwoorden/grofvuil-laten-ophalen/"
ENGLISH = {
    "title": "Bulky waste <script>alert(1)</script>",
    "short_answer": "A sofa is **bulky waste**. We collect on **Wednesday**.",
    "answer": "# How\n- You choose a day.",
    "for_business": "",
    "links": "Book a day | https://www.opmeer.example/grofvuil",
    "words": "old couch",
    "of_number": "1",
    "version": "",
}


@pytest.fixture(autouse=True)
def _today():
    for rate in (SAID, SEARCHED, WRONG):
        rate.clear()
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def shown(cast: Cast) -> Article:
    PublicPart.objects.create(pk=1, shown="open")
    return article(cast, AT)


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def decide(client: Client, row: Article, act: str, **told: str) -> int:
    return client.post(f"/kennisbank/{row.pk}/vertaling/en/besluit/", {"act": act, **told}).status_code


def translate(cast: Cast, row: Article, **texts: str) -> None:
    """Henk writes and hands in, Ria looks and publishes."""
    henk, ria = as_user(cast.henk), as_user(cast.ria)
    assert henk.post(f"/kennisbank/{row.pk}/vertaling/en/", {**ENGLISH, **texts}).status_code == 302
    number = row.translations.filter(state="draft").get().number
    assert decide(henk, row, "hand_in", version=f"{number}.1") == 302
    assert decide(ria, row, "publish", version=f"{number}.2") == 302


def read(address: str) -> str:
    return Client().get(address).content.decode()


def test_citizens_read_it_only_after_a_second_person_published_it(cast: Cast, shown: Article) -> None:
    henk = as_user(cast.henk)
    assert henk.post(f"/kennisbank/{shown.pk}/vertaling/en/", ENGLISH).status_code == 302
    assert "Bulky waste" not in read(PAGE + "?taal=en")
    assert 'lang="nl"' in read(PAGE + "?taal=en")
    assert "in Dutch only" in read(PAGE + "?taal=en")
    assert decide(henk, shown, "publish", version="1.1") == 403
    assert decide(as_user(cast.sanne), shown, "publish", version="1.1") == 422, "still being written"
    assert decide(henk, shown, "hand_in", version="1.1") == 302
    assert decide(as_user(cast.ria), shown, "send_back", version="1.2", remark="Zeg ook de kosten.") == 302
    assert "Zeg ook de kosten." in henk.get(f"/kennisbank/{shown.pk}/vertaling/en/").content.decode()
    assert decide(henk, shown, "hand_in", version="1.2") == 409, "of a text that nobody saw"
    assert decide(henk, shown, "hand_in", version="1.3") == 302
    assert decide(as_user(cast.ria), shown, "publish", version="1.4") == 302
    page = read(PAGE + "?taal=en")
    assert "<strong>Wednesday</strong>" in page
    assert "<script" not in page
    assert '<html lang="en">' in page
    assert "woensdag" not in page.split("<article", 1)[1].split("</article>")[0]
    assert 'hreflang="nl"' in page
    assert 'hreflang="en"' in read(PAGE)
    assert "Bulky waste" in read("/antwoorden/?taal=en&q=couches") == read("/antwoorden/?taal=en&q=couches")
    for typed in ("bulky wate", "grofvuil", "sofa"):
        assert "Bulky waste" in read(f"/antwoorden/?taal=en&q={typed}"), typed
    assert "Bulky waste" in read("/antwoorden/thema/afval/?taal=en")
    assert "?taal=en" in read("/antwoorden/sitemap.xml")
    acts = AuditEntry.objects.filter(action__startswith="article.transl").values_list("action", flat=True)
    assert len(acts) == 5


def test_a_translation_older_than_the_dutch_text_says_so_until_somebody_looks(cast: Cast, shown: Article) -> None:
    translate(cast, shown)
    henk, address = as_user(cast.henk), f"/kennisbank/{shown.pk}/vertaling/en/"
    assert henk.post(address, ENGLISH).status_code == 409, "begun before the one that is published"
    assert 'name="version" value="0.1"' in henk.get(address).content.decode()
    assert "outdated" not in read(PAGE + "?taal=en")
    next_version(shown, cast.henk, AT, short_answer="Ophalen kan op **donderdag**.")
    publish_next(shown, cast, AT)
    assert "translation is outdated" in read(PAGE + "?taal=en")
    assert "vertaling verouderd" in henk.get("/kennisbank/werk/").content.decode()
    page = henk.get(f"/kennisbank/{shown.pk}/vertaling/en/").content.decode()
    assert "donderdag" in page
    assert "<del>" in page
    assert "vertaling verouderd" in henk.get(f"/kennisbank/{shown.pk}/").content.decode()
    assert decide(henk, shown, "right", of_number="1") == 422, "of a version that holds no more"
    assert decide(as_user(cast.fatima), shown, "right", of_number="2") == 403
    assert decide(henk, shown, "right", of_number="2") == 302
    assert "outdated" not in read(PAGE + "?taal=en")
    ria = as_user(cast.ria)
    assert 'name="number" value="1"' in ria.get(address).content.decode()
    assert decide(henk, shown, "take_away", number="1") == 403
    for other in ({}, {"number": "2"}):
        assert decide(ria, shown, "take_away", **other) == 409, "another than the one that was looked at"
    assert "in Dutch only" not in read(PAGE + "?taal=en")
    for _press in range(2):
        assert decide(ria, shown, "take_away", number="1") == 302
    assert "in Dutch only" in read(PAGE + "?taal=en")


def test_what_was_typed_is_never_lost_and_a_wrong_link_is_told(cast: Cast, shown: Article) -> None:
    henk, address = as_user(cast.henk), f"/kennisbank/{shown.pk}/vertaling/en/"
    wrong = henk.post(address, {**ENGLISH, "links": "x | javascript:alert(1)"})
    assert wrong.status_code == 422
    assert "We collect on" in wrong.content.decode()
    assert henk.post(address, {**ENGLISH, "short_answer": "x" * 10_000}).status_code == 422
    assert henk.post(address, {**ENGLISH, "of_number": "99"}).status_code == 422
    assert henk.post(address, ENGLISH).status_code == 302
    assert henk.post(address, {**ENGLISH, "title": "Another"}).status_code == 409
    assert henk.get(f"/kennisbank/{shown.pk}/vertaling/xx/").status_code == 404
    assert as_user(cast.joost).get(address).status_code == 403
    assert decide(henk, shown, "drop", version="1.1") == 302
    assert not ArticleTranslation.objects.exists()


def test_the_page_asks_before_what_was_typed_is_left_for_a_decision(cast: Cast, shown: Article) -> None:
    page = as_user(cast.henk).get(f"/kennisbank/{shown.pk}/vertaling/en/").content.decode()
    kept = page.split("data-keeps")
    assert len(kept) == 2  # the form of the text, not those of the decisions
    assert 'name="short_answer"' in kept[1].split("</form>")[0]
    assert "js/knowledge" in page


def test_the_database_keeps_what_was_published(cast: Cast, shown: Article) -> None:
    translate(cast, shown)
    row = ArticleTranslation.objects.get()
    for change in ({"title": "x"}, {"of_number": 0}, {"state": "draft", "published_at": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            ArticleTranslation.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def test_themes_and_subjects_have_english_names_and_say_which_are_dutch(cast: Cast, shown: Article) -> None:
    pages = {
        "/antwoorden/?taal=en": (">Afval", ">Waste"),
        "/antwoorden/thema/afval/?taal=en": (">Afval<", ">Waste<"),
        PAGE + "?taal=en": (">Afval<", ">Waste<"),
        "/formulier/?taal=en": (">Grofvuil ophalen", ">Bulky waste"),
        f"/formulier/{cast.grofvuil.code}/?taal=en": (">Grofvuil ophalen", ">Bulky waste"),
    }
    for address, (dutch, _english) in pages.items():
        assert f'lang="nl"{dutch}' in read(address), address
    beheer = as_user(cast.sanne)
    for subject, name in ((cast.afval, "Waste"), (cast.grofvuil, "Bulky waste <b>")):
        subject.refresh_from_db()
        told = {"name": subject.name, "name_en": name, "parent": subject.parent_id or "", "version": subject.version}
        told |= {"kind": subject.kind, "handling": subject.handling, "team": subject.team_id or "", "is_active": "on"}
        assert beheer.post(f"/beheer/onderwerpen/{subject.pk}/", told).status_code == 302, name
    for address, (dutch, english) in pages.items():
        page = read(address)
        assert english in page, address
        assert f'lang="nl"{dutch}' not in page, address
        assert "Bulky waste <b>" not in page, address
        assert english not in read(address.replace("?taal=en", "")), "Dutch pages say it in Dutch"
    assert f"/formulier/{cast.grofvuil.code}/?taal=en" in read("/formulier/?taal=en&q=bulky").split("themas")[0]
