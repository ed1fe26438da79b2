"""The coordinator writes a new version beside the one that runs, looks at it, and publishes it; answers keep the questions they were given to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from surveys.actions.invite import invite
from surveys.models import Answer, Invitation, Survey, SurveyVersion
from tests.cast import Cast
from tests.surveys.conftest import AT, Ended

HOME = "/enquetes/vragenlijsten/gesprek/"
MARK = {
    "key": "mark",
    "text_nl": "Welk cijfer?",
    "text_en": "Which mark?",
    "low_nl": "slecht",
    "low_en": "bad",
    "high_nl": "goed",
    "high_en": "good",
    "is_required": "on",
}
SPEED = {**MARK, "key": "speed", "text_nl": "Hoe snel?", "text_en": "How fast?"}
BETTER = {"key": "better", "text_nl": "Wat kan beter?", "text_en": "What can be better?"}


@pytest.fixture
def client(asking: None, cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.sanne)
    return client


def form(version: int, *questions: dict[str, str]) -> dict[str, str]:
    given = {
        "draft": str(SurveyVersion.objects.filter(state="draft").values_list("pk", flat=True).first() or 0),
        "version": str(version),
        "title_nl": "Hoe ging het?",
        "title_en": "How did it go?",
        "vraag-TOTAL_FORMS": "5",
        "vraag-INITIAL_FORMS": "5",
        "vraag-MIN_NUM_FORMS": "0",
        "vraag-MAX_NUM_FORMS": "5",
    }
    for place, question in enumerate(questions):
        given |= {f"vraag-{place}-{name}": value for name, value in question.items()}
    return given


def seen(version: int) -> dict[str, str]:
    return {"draft": str(draft().pk), "version": str(version)}


def draft() -> SurveyVersion:
    return SurveyVersion.objects.get(survey__code="gesprek", state="draft")


def test_a_new_version_is_written_looked_at_and_published(client: Client, link: str) -> None:
    assert client.get("/enquetes/vragenlijsten/").status_code == 200
    assert client.get(HOME).status_code == 200
    assert client.post(f"{HOME}nieuw/").status_code == 302
    assert client.post(f"{HOME}nieuw/").status_code == 302  # twice is once
    assert draft().questions.count() == 4
    assert client.post(HOME, form(1, MARK, SPEED, BETTER)).status_code == 302
    assert [one.text_nl for one in draft().questions.all()] == ["Welk cijfer?", "Hoe snel?", "Wat kan beter?"]
    preview = client.get(f"{HOME}voorbeeld/?taal=en").content.decode()
    assert "How fast?" in preview
    assert "disabled" in preview
    assert client.post(f"{HOME}publiceren/", seen(2)).status_code == 302
    running = SurveyVersion.objects.get(survey__code="gesprek", state="running")
    assert (running.number, running.published_by.username) == (2, "sanne")
    assert SurveyVersion.objects.get(survey__code="gesprek", state="replaced").number == 1
    assert "versie 2, sinds" in client.get(HOME).content.decode()


def test_who_was_asked_before_answers_the_old_version(client: Client, link: str, ended: Ended) -> None:
    client.post(f"{HOME}nieuw/")
    client.post(HOME, form(1, MARK))
    client.post(f"{HOME}publiceren/", seen(2))
    with time_machine.travel(AT + timedelta(hours=1), tick=False):
        page = Client().get(f"/mening/{link}/").content.decode()
        assert "Hoe vriendelijk waren wij?" in page
        old = Invitation.objects.get().survey_version
        mark = old.questions.get(key="mark")
        assert Client().post(f"/mening/{link}/", {f"v{mark.pk}": "9"}).status_code == 303
        assert Answer.objects.get().question == mark
    ended("Nieuw")
    assert invite(at=AT) == 1
    assert Invitation.objects.latest("pk").survey_version.number == 2


@pytest.mark.parametrize(
    "questions",
    [
        (),
        (SPEED,),
        ({**MARK, "is_required": ""},),
        (MARK, MARK),
        ({**MARK, "text_en": ""},),
        ({**MARK, "low_nl": ""},),
        ({**MARK, "key": "bestaat niet"},),
        ({**MARK, "text_nl": "x" * 201},),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_text_kept(
    client: Client, questions: tuple[dict[str, Any], ...]
) -> None:
    client.post(f"{HOME}nieuw/")
    page = client.post(HOME, form(1, *questions))
    assert page.status_code == 422
    assert "Hoe ging het?" in page.content.decode()
    assert draft().version == 1


def test_a_questionnaire_without_a_question_is_not_published(client: Client) -> None:
    home = client.post("/enquetes/vragenlijsten/", {"name": "Leeg", "purpose": "contact"})["Location"]
    begun = SurveyVersion.objects.get(survey__name="Leeg")
    said = client.post(f"{home}publiceren/", {"draft": begun.pk, "version": begun.version}, follow=True)
    assert "Stel minstens één vraag." in said.content.decode()
    assert SurveyVersion.objects.get(survey__name="Leeg").state == "draft"


def test_two_writers_do_not_overwrite_each_other(client: Client) -> None:
    client.post(f"{HOME}nieuw/")
    assert client.post(HOME, form(1, MARK)).status_code == 302
    late = client.post(HOME, form(1, MARK, {**SPEED, "text_nl": "Mijn tekst"}))
    assert late.status_code == 409
    assert "Mijn tekst" in late.content.decode()
    assert draft().questions.count() == 1
    assert client.post(HOME, form(2, MARK, {**SPEED, "text_nl": "Mijn tekst"})).status_code == 302
    client.post(f"{HOME}publiceren/", seen(1))  # saved since: what is published must have been seen
    assert draft().version == 3


def test_a_choice_says_which_fields_go_with_it(client: Client) -> None:
    client.post(f"{HOME}nieuw/")
    page = client.get(HOME).content.decode()
    assert '<option value="mark" selected data-ends>' in page
    assert '<option value="better" selected>' in page


def test_a_draft_can_be_thrown_away_after_a_second_look(client: Client) -> None:
    client.post(f"{HOME}nieuw/")
    assert "Wat erin geschreven is, gaat verloren." in client.get(HOME).content.decode()
    before = seen(1)
    client.post(HOME, form(1, MARK))
    assert (
        client.post(f"{HOME}weg/", before).status_code == 302
    )  # a colleague saved since: that is not thrown away unseen
    assert draft().version == 2
    assert client.post(f"{HOME}weg/", seen(2)).status_code == 302
    assert client.post(f"{HOME}weg/", before).status_code == 404
    assert Survey.objects.get(code="gesprek").versions.count() == 1


def test_what_was_typed_in_a_draft_that_is_gone_stays_on_the_screen(client: Client) -> None:
    client.post(f"{HOME}nieuw/")
    typed = form(1, MARK, {**SPEED, "text_nl": "Mijn tekst"})
    client.post(f"{HOME}weg/", seen(1))
    late = client.post(HOME, typed)
    assert late.status_code == 409
    assert "Mijn tekst" in late.content.decode()
    assert "Een collega heeft deze versie gepubliceerd of weggegooid." in late.content.decode()


def test_what_was_seen_of_one_draft_says_nothing_of_the_next(client: Client) -> None:
    """Both are as far as each other: their numbers alone would let a colleague's text be overwritten or published unseen."""
    client.post(f"{HOME}nieuw/")
    client.post(HOME, form(1, MARK))
    old, typed = seen(2), form(2, MARK)
    client.post(f"{HOME}publiceren/", old)
    client.post(f"{HOME}nieuw/")
    client.post(HOME, form(1, MARK, SPEED))
    for way in ("publiceren/", "weg/"):
        assert client.post(f"{HOME}{way}", old).status_code == 302
    assert client.post(HOME, typed).status_code == 409
    assert (draft().number, draft().version, draft().questions.count()) == (3, 2, 2)
