"""The website of the municipality reads the answers for citizens: what changed, one by one, and only the public fields."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from contacts.models import ApiClient
from knowledge.actions.review import withdraw
from knowledge.actions.review_translation import hand_in_translation, publish_translation
from knowledge.models import PublicPart
from tests.api.conftest import Call
from tests.cast import Cast
from tests.knowledge.scene import article, next_version, publish_next, translation

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
PATH = "/api/v1/articles"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


def test_the_list_and_one_answer_give_the_public_fields_only(cast: Cast, call: Call) -> None:
    row = article(cast, AT, internal="GEHEIM", forward_when="GEHEIM", ask=["GEHEIM"], words=["geheim"])
    article(cast, AT, title="Alleen binnen", is_public=False)
    (found,) = call("GET", PATH).json()["results"]
    assert found == {
        "id": row.pk,
        "address": "grofvuil-laten-ophalen",
        "isPublic": True,
        "changedAt": "2026-11-25T09:00:00Z",
        "title": "Grofvuil laten ophalen",
        "shortAnswer": "Een bank is grofvuil. Ophalen kan op woensdag.",
        "subjects": [{"code": "grofvuil", "name": "Grofvuil ophalen"}],
        "theme": {"code": "afval", "name": "Afval"},
        "language": "nl",
        "languages": ["nl"],
        "isOutdated": False,
        "checkedOn": "2026-11-25",
        "url": None,
    }
    one = call("GET", f"{PATH}/grofvuil-laten-ophalen")
    assert one.json()["answerHtml"].startswith("<h2>Zo werkt het</h2>")
    assert one.json()["links"] == [{"words": "Grofvuil plannen", "address": "https://www.opmeer.example/grofvuil"}]
    assert "geheim" not in one.content.decode().lower()
    assert call("GET", f"{PATH}/alleen-binnen").status_code == 404
    assert call("GET", f"{PATH}/alleen-binnen")["Content-Type"] == "application/problem+json"


def test_what_changed_since_comes_in_order_with_what_is_gone(
    cast: Cast, call: Call, _today: time_machine.Traveller
) -> None:
    rows = [article(cast, AT, title=f"Antwoord {number}") for number in range(3)]
    _today.shift(timedelta(hours=1))
    next_version(rows[1], cast.henk, AT, title="Anders")
    publish_next(rows[1], cast, AT)
    _today.shift(timedelta(hours=1))
    withdraw(article=rows[0], seen_number=1, reason="Voorbij", by=cast.ria, at=AT)
    seen, cursor = [], ""
    for _page in range(5):
        page = call("GET", f"{PATH}?changedSince=2026-11-25T09:00:00Z&pageSize=1{cursor}").json()
        seen += [(one["id"], one["isPublic"], one["title"]) for one in page["results"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert seen == [(rows[2].pk, True, "Antwoord 2"), (rows[1].pk, True, "Anders"), (rows[0].pk, False, None)]
    last = call("GET", f"{PATH}?changedSince=2026-11-25T11:00:00Z").json()["results"]
    assert [one["id"] for one in last] == [rows[0].pk]
    assert [one["id"] for one in call("GET", PATH).json()["results"]] == [rows[2].pk, rows[1].pk]
    assert call("GET", f"{PATH}/antwoord-1").json()["title"] == "Anders"


FOUND = {
    "subject=afval": 1, "subject=grofvuil": 1, "subject=paspoort": 1,
    "q=grofuil": 1, "q=grofvuil&subject=paspoort": 0, "q=zzzzqq": 0, "q=dinsdag": 0,
}  # fmt: skip
"""What is asked, and how many answers it finds."""


def test_it_is_found_by_subject_theme_and_words(cast: Cast, call: Call) -> None:
    article(cast, AT)
    article(cast, AT, title="Paspoort", subject=cast.paspoort, words=[], short_answer="Dat kan.", answer="")
    assert {query: len(call("GET", f"{PATH}?{query}").json()["results"]) for query in FOUND} == FOUND


UNCLEAR = [
    "q=x", "q=bank&changedSince=2026-11-25T09:00:00Z", "q=bank&cursor=abc", "cursor=onzin", "pageSize=0", "pageSize=101",
    "changedSince=2026-11-25", "changedSince=gisteren", "team=x", "subject=%3Cscript%3E",
]  # fmt: skip


def test_what_cannot_be_asked_is_explained(cast: Cast, call: Call) -> None:
    for query in UNCLEAR:
        answer = call("GET", f"{PATH}?{query}")
        assert (answer.status_code, bool(answer.json().get("errors"))) == (400, True), query


def test_a_client_hears_that_it_is_still_the_same(cast: Cast, call: Call, website: ApiClient) -> None:
    from django.test import Client

    from tests.api.conftest import TOKEN

    article(cast, AT)
    for path in (PATH, f"{PATH}/grofvuil-laten-ophalen"):
        etag = call("GET", path)["ETag"]
        again = Client().get(path, headers={"authorization": f"Bearer {TOKEN}", "if-none-match": etag})
        assert (again.status_code, again.content) == (304, b"")
    website.scopes = ["subjects.read"]
    website.save()
    assert call("GET", PATH).status_code == 403


def test_many_answers_cost_no_more_statements(cast: Cast, call: Call, django_assert_max_num_queries) -> None:
    for number in range(8):
        article(cast, AT, title=f"Antwoord {number}")
    call("GET", PATH)
    with django_assert_max_num_queries(5):
        assert len(call("GET", PATH).json()["results"]) == 8


def test_the_website_reads_a_language_and_hears_when_it_is_outdated(cast: Cast, call: Call) -> None:
    PublicPart.objects.create(pk=1, shown="open")
    shown = article(cast, AT)
    draft = translation(shown, cast, AT)
    seen = (1, hand_in_translation(article=shown, language="en", seen=(1, draft.version), by=cast.henk).version)
    publish_translation(article=shown, language="en", seen=seen, by=cast.ria, at=AT)
    (one,) = call("GET", "/api/v1/articles?language=en").json()["results"]
    assert (one["language"], one["languages"], one["isOutdated"]) == ("en", ["nl", "en"], False)
    assert one["shortAnswer"] == "On Thursday."
    assert one["url"].endswith("?taal=en")
    (found,) = call("GET", "/api/v1/articles?language=en&q=wastes").json()["results"]
    assert found["id"] == one["id"]
    assert call("GET", "/api/v1/articles?language=xx").status_code == 400
    next_version(shown, cast.henk, AT, short_answer="Anders.")
    publish_next(shown, cast, AT)
    detail = call("GET", "/api/v1/articles/grofvuil-laten-ophalen?language=en").json()
    assert (detail["isOutdated"], detail["shortAnswerHtml"]) == (True, "<p>On <strong>Thursday</strong>.</p>")
    assert call("GET", "/api/v1/articles/grofvuil-laten-ophalen").json()["language"] == "nl"
