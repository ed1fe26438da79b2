"""What citizens read: only what a team marked and somebody else published, without account or cookie, and never what is for colleagues."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knowledge.actions import hear
from knowledge.actions.review import find_true, withdraw
from knowledge.actions.save_draft import save_draft
from knowledge.models import Article, ArticleFeedback, ArticleUse, PublicPart
from knowledge.outside import SAID, SEARCHED, WRONG
from knowledge.search import search
from organisation.models import AuditEntry, Subject
from surveys import access
from tests.cast import Cast
from tests.knowledge.scene import TEXTS, article, draft_only, next_version, publish_next

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
DAY = AT.date()
pytestmark = pytest.mark.django_db
PAGE = "/antwoorden/grofvuil-laten-ophalen/"


@pytest.fixture(autouse=True)
def _today():
    for rate in (SAID, SEARCHED, WRONG):
        rate.clear()
    access._NAMES.clear()
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def shown(cast: Cast) -> PublicPart:
    return PublicPart.objects.create(pk=1, shown="open")


def read(address: str, **headers: str):
    return Client().get(address, headers=headers)


def test_nothing_stands_outside_until_the_municipality_says_so(cast: Cast) -> None:
    article(cast, AT)
    for address in ("/antwoorden/", PAGE, "/antwoorden/thema/afval/", PAGE + "bedankt/"):
        answer = read(address)
        assert (answer.status_code, answer["X-Robots-Tag"]) == (404, "noindex")
        assert "Deze pagina is er niet (meer)" in answer.content.decode()
        assert "grofvuil" not in answer.content.decode().replace("/antwoorden/grofvuil", "")
    assert Client().post(PAGE + "mening/", {"helped": "ja"}).status_code == 404
    assert "Allow" not in read("/robots.txt").content.decode()
    assert "<loc>" not in read("/antwoorden/sitemap.xml").content.decode()
    beheer = Client()
    beheer.force_login(cast.sanne)
    assert beheer.post("/kennisbank/website/", {"shown": "open", "welcome": "", "version": "1"}).status_code == 302
    assert read(PAGE).status_code == 200
    assert AuditEntry.objects.filter(action="article.website").count() == 1
    assert PublicPart.objects.get().history.count() == 2


def test_a_citizen_reads_the_public_fields_and_nothing_else(cast: Cast, shown: PublicPart) -> None:
    article(cast, AT, internal="GEHEIM een", forward_when="GEHEIM twee", ask=["GEHEIM drie"], words=["geheim vier"])
    for address in (PAGE, "/antwoorden/", "/antwoorden/?q=grofvuil", "/antwoorden/thema/afval/"):
        answer = read(address)
        text = answer.content.decode()
        assert answer.status_code == 200, address
        assert "geheim" not in text.lower()
        assert "henk" not in text.lower()
        assert "openbare ruimte" not in text.lower()
        assert "<script" not in text
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
        assert 'lang="nl"' in text
    text = read(PAGE).content.decode()
    assert "<strong>woensdag</strong>" in text
    assert "U plant een dag." in text
    assert 'href="https://www.opmeer.example/grofvuil"' in text
    assert 'rel="canonical"' in text
    assert "noindex" not in text


def test_no_citizen_finds_an_answer_by_what_is_only_for_colleagues(cast: Cast, shown: PublicPart) -> None:
    row = article(cast, AT, internal="GEHEIMWOORD", forward_when="geheimtwee", ask=["geheimdrie"])
    for word in ("GEHEIMWOORD", "geheimtwee", "geheimdrie"):
        assert search(word, DAY).ids == [row.pk], word
        assert search(word, DAY, is_outside=True).ids == [], word
    for word in ("iDEAL", "koelkast ophalen", "grofuil"):
        assert search(word, DAY, is_outside=True).ids == [row.pk], word


def test_only_what_the_team_marked_and_a_second_person_published_stands_outside(cast: Cast, shown: PublicPart) -> None:
    draft = draft_only(cast, AT, title="Concept")
    inside = article(cast, AT, title="Alleen binnen", is_public=False)
    assert read("/antwoorden/concept/").status_code == 404
    assert read("/antwoorden/alleen-binnen/").status_code == 404
    assert (draft.address, inside.address) == (None, None)
    assert "Alleen binnen" not in read("/antwoorden/?q=alleen+binnen").content.decode().split("<ol", 1)[-1]
    row = article(cast, AT)
    assert read(PAGE).status_code == 200
    next_version(row, cast.henk, AT, short_answer="Nieuw en niet nagekeken.", is_public=False)
    assert "niet nagekeken" not in read(PAGE).content.decode()
    publish_next(row, cast, AT)
    assert read(PAGE).status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=inside.pk).update(is_public=True)


def test_the_database_lets_nothing_stand_outside_that_nobody_published_for_citizens(cast: Cast) -> None:
    """Whatever the code does: looked at when a transaction ends."""
    inside = article(cast, AT, title="Alleen binnen", is_public=False)
    row = article(cast, AT)
    forced = {"is_public": True, "address": "binnen", "public_at": AT}

    def ended(change: Callable[[], object]) -> None:
        change()
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")

    for change in (
        lambda: Article.objects.filter(pk=inside.pk).update(**forced),
        lambda: row.versions.update(state="replaced"),
    ):
        with pytest.raises(DatabaseError, match="for citizens"), transaction.atomic():
            ended(change)
    assert Article.objects.public().get() == row


def test_the_address_stays_when_the_title_changes_and_comes_back_after_withdrawing(
    cast: Cast, shown: PublicPart
) -> None:
    row = article(cast, AT)
    twin = article(cast, AT)
    assert (row.address, twin.address) == ("grofvuil-laten-ophalen", "grofvuil-laten-ophalen-2")
    next_version(row, cast.henk, AT, title="Oude spullen laten halen")
    publish_next(row, cast, AT)
    assert '<h1 id="titel">Oude spullen laten halen</h1>' in read(PAGE).content.decode()
    withdraw(article=row, seen_number=2, reason="Voorbij", by=cast.ria, at=AT)
    gone = read(PAGE)
    assert gone.status_code == 404
    assert "weggehaald" in gone.content.decode()
    assert 'name="q"' in gone.content.decode()
    next_version(row, cast.henk, AT)
    publish_next(row, cast, AT)
    assert read(PAGE).status_code == 200


def test_a_cache_hears_whether_it_is_still_the_same(cast: Cast, shown: PublicPart) -> None:
    row = article(cast, AT)
    first = read(PAGE)
    assert first["Cache-Control"] == "public, max-age=60"
    assert first["Last-Modified"] == "Wed, 25 Nov 2026 09:00:00 GMT"
    again = read(PAGE, if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert read(PAGE, if_modified_since=first["Last-Modified"]).status_code == 304
    with time_machine.travel(AT + timedelta(days=1), tick=False):
        find_true(article=row, seen_number=1, months=12, by=cast.henk, at=AT + timedelta(days=1))
        changed = read(PAGE, if_none_match=first["ETag"])
    assert changed.status_code == 200
    assert changed["Last-Modified"] == "Thu, 26 Nov 2026 09:00:00 GMT"


def test_the_page_is_the_same_for_who_is_signed_in_and_for_every_language(cast: Cast, shown: PublicPart) -> None:
    article(cast, AT)
    someone = Client()
    someone.force_login(cast.sanne)
    someone.cookies["language"] = "en"
    own = someone.get(PAGE)
    assert own.content == read(PAGE).content
    assert not own.cookies


def test_search_engines_find_what_they_may(cast: Cast, shown: PublicPart) -> None:
    article(cast, AT)
    assert "Allow: /antwoorden/" in read("/robots.txt").content.decode()
    assert PAGE in read("/antwoorden/sitemap.xml").content.decode()
    assert read("/antwoorden/?q=bank")["X-Robots-Tag"] == "noindex"
    shown.shown = "quiet"
    shown.save()
    quiet = read(PAGE)
    assert (quiet.status_code, quiet["X-Robots-Tag"]) == (200, "noindex")
    assert '<meta name="robots" content="noindex">' in quiet.content.decode()
    assert "<loc>" not in read("/antwoorden/sitemap.xml").content.decode()
    assert "Sitemap" not in read("/robots.txt").content.decode()


def test_a_citizen_says_whether_it_helped_and_the_owner_hears_the_words_without_who_it_was(
    cast: Cast, shown: PublicPart
) -> None:
    row = article(cast, AT)
    words = "Ik ben mevrouw Jansen, 06 12345678, jan@example.nl. Fatima zei woensdag.\x00 Hoe laat komen ze?"
    said = Client().post(PAGE + "mening/", {"helped": "nee", "words": words})
    assert (said.status_code, said["Location"]) == (303, PAGE + "bedankt/")
    assert "Dank u wel" in read(said["Location"]).content.decode()
    assert not said.cookies
    Client().post(PAGE + "mening/", {"helped": "ja"})
    assert dict(ArticleUse.objects.values_list("kind", "count")) == {"helped": 1, "unhelped": 1}
    heard = ArticleFeedback.objects.get()
    assert heard.by is None
    assert "Hoe laat komen ze?" in heard.note
    assert not {"Jansen", "12345678", "example.nl", "Fatima"} & set(heard.note.replace(",", " ").split())
    henk = Client()
    henk.force_login(cast.henk)
    work = henk.get("/kennisbank/werk/").content.decode()
    assert "Hoe laat komen ze?" in work
    assert "een inwoner" in work
    assert henk.post(f"/kennisbank/opmerkingen/{heard.pk}/", {"reply": "Tijd erbij gezet."}).status_code == 302
    assert search("grofvuil", DAY).ids == [row.pk]


def test_words_that_are_too_long_come_back_whole_and_nothing_is_kept_of_them(cast: Cast, shown: PublicPart) -> None:
    article(cast, AT)
    words = f"<i>{'x' * 490} 06 12345678 en jan.jansen@example.nl"
    for end, sentence in (("", "gebruik hoogstens 500 tekens"), ("?taal=en", "use at most 500 characters")):
        SAID.clear()
        answer = Client().post(PAGE + "mening/" + end, {"helped": "nee", "words": words})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert sentence in page
        assert words.replace("<", "&lt;").replace(">", "&gt;") in page
        assert "no-store" in answer.get("Cache-Control", "no-store")
    assert not ArticleFeedback.objects.exists()
    assert not ArticleUse.objects.exists()


def test_opinions_have_a_limit_and_hostile_ones_break_nothing(
    cast: Cast, shown: PublicPart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hear, "MOST_OPEN", 6)
    monkeypatch.setattr(SAID, "per_minute", 2)
    row = article(cast, AT)
    client = Client()
    assert client.post(PAGE + "mening/", {"helped": "misschien"})["Location"] == PAGE
    assert client.get(PAGE + "mening/")["Location"] == PAGE
    for words in ("\x00", "x" * 20_000, "<script>alert(1)</script>", "🚮" * 600, "'; DROP TABLE"):
        SAID.clear()
        code = 422 if len(words) > 500 else 303
        assert client.post(PAGE + "mening/", {"helped": "nee", "words": words}).status_code == code
    for number in range(5):
        SAID.clear()
        client.post(PAGE + "mening/", {"helped": "nee", "words": f"Reden {number}"})
    assert ArticleFeedback.objects.filter(article=row).count() == hear.MOST_OPEN
    SAID.clear()
    codes = [client.post(PAGE + "mening/", {"helped": "ja"}).status_code for _again in range(SAID.per_minute + 1)]
    assert codes == [303] * SAID.per_minute + [429]


HOSTILE = (
    "''' OR 1=1", "%", "a:*|b&!", "\\", "x" * 5000, "🚮 ü", "de het een", "<script>", "  ", "9" * 300, "_%'\"",
)  # fmt: skip


def test_a_hostile_search_of_a_citizen_breaks_nothing(cast: Cast, shown: PublicPart) -> None:
    article(cast, AT)
    for typed in HOSTILE:
        answer = Client().get("/antwoorden/", {"q": typed})
        assert answer.status_code == 200, typed
        assert "<script" not in answer.content.decode(), typed


def test_one_network_that_searches_or_guesses_too_often_waits(
    cast: Cast, shown: PublicPart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SEARCHED, "per_minute", 3)
    monkeypatch.setattr(WRONG, "per_minute", 2)
    assert [read("/antwoorden/?q=bank").status_code for _again in range(4)] == [200, 200, 200, 429]
    assert read("/antwoorden/?q=bank")["Retry-After"] == "60"
    codes = [read("/antwoorden/raad-eens/").status_code for _again in range(WRONG.per_minute + 1)]
    assert codes[-1] == 429 and set(codes[:-1]) == {404}


def test_a_subject_that_gets_another_name_is_another_page(cast: Cast, shown: PublicPart) -> None:
    row = article(cast, AT)
    moment = AT + timedelta(hours=1)
    with time_machine.travel(moment, tick=False):
        subject = Subject.objects.get(pk=cast.grofvuil.pk)
        subject.name = "Grote spullen"
        subject.save()
        row.refresh_from_db()
        assert row.public_at == moment
        assert "Grote spullen" in read("/antwoorden/thema/afval/").content.decode()
        save_draft(
            article=row, seen_number=0, seen_version=0, texts=TEXTS, by=cast.ria, at=moment, team=cast.openbare_ruimte,
            subjects=[cast.paspoort], owner=cast.henk,
        )  # fmt: skip
    assert read("/antwoorden/thema/afval/").status_code == 404


def test_twice_the_answers_cost_no_more_statements(cast: Cast, shown: PublicPart) -> None:
    counts = []
    for number in (1, 2, 3):
        for again in range(number):
            article(cast, AT, title=f"Grofvuil {number} {again}")
        addresses = (
            "/antwoorden/",
            "/antwoorden/thema/afval/",
            "/antwoorden/grofvuil-1-0/",
            "/antwoorden/?q=grofvuil+ophalen",
        )
        for address in addresses:
            read(address)
        with CaptureQueriesContext(connection) as asked:
            assert {read(address).status_code for address in addresses} == {200}
        counts.append(len(asked))
    assert counts[2] <= counts[1] <= counts[0] + 1, counts


def test_words_of_citizens_are_gone_a_year_after_they_were_answered(cast: Cast, shown: PublicPart) -> None:
    from knowledge.actions.forget import forget

    article(cast, AT)
    Client().post(PAGE + "mening/", {"helped": "nee", "words": "Hoe laat?"})
    ArticleFeedback.objects.update(closed_at=AT, closed_by=cast.henk, reply="Staat er nu.")
    forget(at=AT + timedelta(days=364))
    assert ArticleFeedback.objects.count() == 1
    forget(at=AT + timedelta(days=366))
    assert not ArticleFeedback.objects.exists()
