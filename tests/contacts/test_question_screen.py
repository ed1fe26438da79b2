"""The question screen: all that happened in one timeline, who else looks, and the way to the next one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.actions.answer import answer
from contacts.actions.assign import assign, take
from contacts.actions.note import add_note
from contacts.models import Question, ReplyTemplate
from contacts.pages.history import history_rows
from organisation.clock import now
from organisation.models import AccessEntry, Team, User
from organisation.snapshot import settings_changed
from tests.cast import Cast
from tests.contacts.question_page import ask, login, reply, url


def test_the_page_tells_the_whole_story(cast: Cast) -> None:
    question = ask(cast)
    take(question=question, by=cast.henk, at=now())
    add_note(question=question, by=cast.henk, at=now(), text="Ophaler gebeld.")
    page = login(cast.henk).get(url(question)).content.decode()
    for words in (
        "Grofvuil niet opgehaald",
        "Waar blijft de ophaler?",
        "Ophaler gebeld.",
        "Opgepakt door Henk",
        "dewit@voorbeeld.nl",
        "E-mail beantwoord binnen 3 werkdagen",
    ):
        assert words in page
    assert (
        AccessEntry.objects.filter(
            user=cast.henk, question_id=question.pk, customer_id=question.customer_id, page="question"
        ).count()
        == 1
    )


def test_the_timeline_can_show_notes_or_the_customer_only(cast: Cast) -> None:
    question = ask(cast)
    add_note(question=question, by=cast.henk, at=now(), text="Ophaler gebeld.")
    client = login(cast.henk)
    notes = client.get(url(question) + "?toon=notitie").content.decode()
    assert "Ophaler gebeld." in notes
    assert "Waar blijft de ophaler?" not in notes
    assert "Ophaler gebeld." not in client.get(url(question) + "?toon=klant").content.decode()


def test_text_of_a_customer_is_never_markup(cast: Cast) -> None:
    question = ask(cast, text="<script>alert(1)</script><img src=x onerror=y>")
    page = login(cast.henk).get(url(question)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_lists_to_choose_from_that_were_shown_before_say_what_holds_now(cast: Cast) -> None:
    """Their markup is kept under what it shows: a change from outside, another assignee or language reads as made anew."""
    question = ask(cast)
    template = ReplyTemplate.objects.create(name="Sjabloon <eerst>", body="Dag")
    client = login(cast.henk)

    def page() -> str:
        return client.get(url(question)).content.decode()

    assert "Sjabloon &lt;eerst&gt;" in page()
    ReplyTemplate.objects.filter(pk=template.pk).update(name="Sjabloon later")
    User.objects.filter(pk=cast.henk.pk).update(name="Hendrik de Boer")
    Team.objects.filter(pk=cast.burgerzaken.pk).update(name="Publiekszaken")
    settings_changed()
    changed = page()
    assert "Sjabloon later" in changed and "&lt;eerst&gt;" not in changed
    assert f'<option value="{cast.henk.pk}">Hendrik de Boer</option>' in changed
    assert f'<option value="{cast.burgerzaken.pk}">Publiekszaken</option>' in changed
    assert ">Brief</option>" in changed and "Verstuur later" in changed
    Question.objects.filter(pk=question.pk).update(assignee=cast.henk)
    assert f'<option value="{cast.henk.pk}" selected>Hendrik de Boer</option>' in page()
    User.objects.filter(pk=cast.henk.pk).update(language="en")
    english = page()
    assert ">Letter</option>" in english and ">Brief</option>" not in english
    assert "Send later" in english and "Verstuur later" not in english


def test_twenty_contacts_cost_as_many_queries_as_one(cast: Cast) -> None:
    question = ask(cast)
    client = login(cast.henk)
    client.get(url(question))
    with CaptureQueriesContext(connection) as few:
        client.get(url(question))
    for index in range(19):
        answer(
            question=question,
            by=cast.henk,
            at=now() + timedelta(seconds=index),
            text=f"Bericht {index}",
            to_address="d@voorbeeld.nl",
            then="interim",
        )
    with CaptureQueriesContext(connection) as many:
        page = client.get(url(question)).content.decode()
    assert "Bericht 18" in page
    assert len(few) == len(many) <= 8


def test_two_who_look_see_each_other(cast: Cast) -> None:
    question = ask(cast)
    login(cast.ria).post(url(question, "kijkers/"), {"writing": "1"})
    seen = login(cast.henk).post(url(question, "kijkers/"), {"version": question.version}).content.decode()
    assert "Ria schrijft" in seen
    assert "Henk" not in seen
    take(question=question, by=cast.ria, at=now())
    changed = login(cast.henk).post(url(question, "kijkers/"), {"version": 1}).content.decode()
    assert "Een collega heeft deze vraag gewijzigd" in changed
    login(cast.ria).post(url(question, "kijkers/"), {"gone": "1"})
    assert "Ria" not in login(cast.henk).post(url(question, "kijkers/"), {"version": 2}).content.decode()


def test_a_page_that_says_that_it_is_still_open_asks_little(cast: Cast) -> None:
    question, client = ask(cast), login(cast.henk)
    client.post(url(question, "kijkers/"), {"first": "1"})
    with CaptureQueriesContext(connection) as asked:
        client.post(url(question, "kijkers/"), {"version": question.version})
    assert len(asked) <= 3, "who signed in, the question with who looks, and that this person does"


def test_next_and_previous_follow_the_list_one_came_from(cast: Cast) -> None:
    questions = [ask(cast) for _index in range(3)]
    client = login(cast.henk)
    page = client.get(url(questions[1]) + "?uit=").context["page"]
    assert questions[2].number in client.get(page.next_href)["Location"]
    assert questions[0].number in client.get(page.previous_href)["Location"]
    assert client.get(url(questions[2], "volgende/") + "?uit=")["Location"].startswith("/werkvoorraad/")


def test_after_closing_the_next_of_the_list_opens_for_who_chose_that(cast: Cast) -> None:
    first, second = ask(cast), ask(cast)
    User.objects.filter(pk=cast.henk.pk).update(after_saving="next")
    response = login(cast.henk).post(url(first, "antwoord/") + "?uit=", reply(first))
    assert second.number in response["Location"]


def test_the_history_says_what_changed_and_who_looked(cast: Cast) -> None:
    question = ask(cast)
    take(question=question, by=cast.henk, at=now())
    client = login(cast.henk)
    client.get(url(question))
    page = client.get(url(question, "geschiedenis/")).content.decode()
    assert "Behandelaar: – → Henk" in page
    assert "Bekeken door" in page


def test_a_long_history_shows_what_was_changed_last(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contacts.pages.history.MOST", 2)
    question = ask(cast)
    for person in (cast.henk, cast.ria, cast.henk):
        assign(question=question, by=cast.ria, at=now(), to=person)
    assert [change.lines for change in history_rows(question)] == [
        ["Behandelaar: Ria → Henk"],
        ["Behandelaar: Henk → Ria"],
    ]
