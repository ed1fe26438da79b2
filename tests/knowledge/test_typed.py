"""Whatever is typed in a form or in the search breaks nothing, is never cut off, and what is wrong is said at its field."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.models import Article, ArticleFeedback
from knowledge.pages import listing
from knowledge.search import search
from organisation.models import Subject
from tests.cast import Cast
from tests.knowledge.scene import article, next_version, remark
from tests.knowledge.writing import act, client_of, form

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 25)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]


def test_other_words_of_a_subject_find_the_article_at_once(cast: Cast) -> None:
    row = article(cast, AT)
    assert search("canapé", DAY).ids == []
    subject = Subject.objects.get(pk=cast.grofvuil.pk)
    subject.synonyms = [*subject.synonyms, "canapé"]
    subject.save()
    assert search("canapé", DAY).ids == [row.pk]


def test_what_was_searched_in_a_theme_stays_beside_the_answer_that_is_opened(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 8)
    row = article(cast, AT)
    other = article(cast, AT, title="Paspoort bij grofvuil", subject=cast.paspoort)
    client = client_of(cast.fatima)
    page = client.get("/kennisbank/", {"q": "grofvuil", "thema": str(cast.afval.pk)}).content.decode()
    assert f'href="/kennisbank/{row.pk}/?q=grofvuil&amp;thema={cast.afval.pk}"' in page
    assert f"/kennisbank/{other.pk}/" not in page
    for number in range(8):
        article(cast, AT, title=f"Zand {number}")
    first = client.get("/kennisbank/").content.decode()
    onward = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = client.get(onward).content.decode()
    last = Article.objects.get(title="Zand 7")
    assert f"/kennisbank/{last.pk}/" not in first
    href = second.split(f'href="/kennisbank/{last.pk}/')[1].split('"')[0].replace("&amp;", "&")
    opened = client.get(f"/kennisbank/{last.pk}/{href}").content.decode()
    assert 'aria-current="true"><strong>Zand 7' in opened


@pytest.mark.parametrize("typed", ["\x00", "9" * 5000, "🚮" * 600, "%_\\'\"</p>", "  \n "])
def test_hostile_text_in_a_form_of_one_line_breaks_nothing(cast: Cast, typed: str) -> None:
    row = article(cast, AT)
    ria = client_of(cast.ria)
    code = 422 if len(typed) >= 500 else 302
    assert ria.post(f"/kennisbank/{row.pk}/opmerking/", {"kind": "wrong", "note": f"x{typed}"}).status_code == code
    ria.post(f"/kennisbank/{row.pk}/opmerking/", {"kind": "wrong", "note": "x"})
    said = ArticleFeedback.objects.get()
    assert ria.post(f"/kennisbank/opmerkingen/{said.pk}/", {"reply": f"x{typed}"}).status_code == code
    next_version(row, cast.henk, AT)
    act(ria, row, "hand_in")
    back = act(ria, row, "send_back", remark=f"x{typed}")
    assert back.status_code == code
    if code == 422:
        assert f">x{typed}</textarea>" in back.content.decode()  # to be said shorter, not again
    assert ria.post(f"/kennisbank/{row.pk}/nagekeken/", {"months": typed}).status_code == 302
    assert ria.post(f"/kennisbank/{row.pk}/gebruikt/", {"kind": typed}).status_code == 204
    assert act(ria, row, typed).status_code == 422
    assert ria.post(f"/kennisbank/{row.pk}/wijzigen/", form(cast, title=f"x{typed}", version=typed)).status_code in (
        409,
        422,
    )
    assert ria.get("/kennisbank/werk/").status_code == 200
    assert ria.post(f"/kennisbank/{row.pk}/intrekken/", {"number": "1", "reason": f"x{typed}"}).status_code == code


HOSTILE = (
    "", "''' OR 1=1", "%", "a:*|b&!", "%_\\'\"", "a", "_", "9" * 5000, "\\", "x" * 5000, "🚮 ü", "de het een", "<script>",
)  # fmt: skip


def test_a_hostile_search_finds_nothing_and_breaks_nothing(cast: Cast) -> None:
    article(cast, AT)
    fatima = client_of(cast.fatima)
    for typed in HOSTILE:
        page = fatima.get("/kennisbank/", {"q": typed, "thema": typed, "vanaf": typed})
        assert page.status_code == 200, typed
        assert "<script>" not in page.content.decode().replace("<script src", ""), typed


WRONG = (
    {"title": ""}, {"title": "x" * 121}, {"subject": "999999"}, {"team": ""}, {"short_answer": ""}, {"short_answer": "x" * 601},
    {"answer": "x" * 20_001}, {"ask": "\n".join(f"vraag {n}" for n in range(21))}, {"links": "Kwaad | javascript:alert(1)"},
    {"words": "x" * 81}, {"forward_to": "abc"}, {"owner": "{bas}"},
)  # fmt: skip


def test_what_is_wrong_is_said_at_the_field_and_nothing_is_kept(cast: Cast) -> None:
    sanne = client_of(cast.sanne)
    for wrong in WRONG:
        told = {name: typed.replace("{bas}", str(cast.bas.pk)) for name, typed in wrong.items()}
        answer = sanne.post("/kennisbank/nieuw/", form(cast, **told))
        assert answer.status_code == 422, wrong
        assert "utrecht-form-field--invalid" in answer.content.decode(), wrong
        assert not Article.objects.exists(), wrong


def test_twice_the_articles_cost_the_same_number_of_queries(cast: Cast) -> None:
    client = client_of(cast.ria)
    counts = []
    for number in range(3):
        row = article(cast, AT, title=f"Grofvuil {number}")
        remark(row, cast.fatima, AT)
        next_version(row, cast.henk, AT)
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/kennisbank/?q=grofvuil").status_code == 200
            assert client.get("/kennisbank/werk/").status_code == 200
        counts.append(len(asked))
    assert counts[2] <= counts[1], counts  # a text that fits few is searched once more


def test_nothing_typed_in_one_line_is_cut_off_without_a_word(cast: Cast) -> None:
    row = article(cast, AT)
    fatima, henk, ria = client_of(cast.fatima), client_of(cast.henk), client_of(cast.ria)
    long = "<b>lang</b> " * 50
    address = f"/kennisbank/{row.pk}/opmerking/"
    refused = fatima.post(address, {"kind": "wrong", "note": long})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "gebruik hoogstens 500 tekens" in page
    assert "&lt;b&gt;lang&lt;/b&gt; " * 49 in page, "what was typed stays"
    assert not ArticleFeedback.objects.exists()
    assert fatima.post(address, {"kind": "wrong", "note": "a" * 300}).status_code == 302
    assert fatima.post(address, {"kind": "wrong", "note": "b" * 300}).status_code == 422, "both together"
    said = ArticleFeedback.objects.get()
    assert said.note == "a" * 300
    answered = henk.post(f"/kennisbank/opmerkingen/{said.pk}/", {"reply": "c" * 501})
    assert answered.status_code == 422
    assert "c" * 501 in answered.content.decode()
    gone = ria.post(f"/kennisbank/{row.pk}/intrekken/", {"number": "1", "reason": "d" * 101})
    assert gone.status_code == 422
    assert "d" * 101 in gone.content.decode()
    row.refresh_from_db()
    assert row.is_published
