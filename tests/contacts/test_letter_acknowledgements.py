"""A letter that is acknowledged by letter: the first norm ends with the posting, and one letter does for all that was asked in one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from contacts.actions.acknowledge_by_letter import acknowledge_by_letter
from contacts.actions.close import close
from contacts.actions.confidential import set_confidential
from contacts.actions.customers import create_customer
from contacts.actions.merge import merge_questions
from contacts.actions.post_letter import post_letter
from contacts.actions.register import Asked, register
from contacts.actions.unpost_letter import unpost_letter
from contacts.actions.wipe import wipe_questions
from contacts.invariants.found import CHECKS
from contacts.models import (
    Contact,
    OutgoingLetter,
    Question,
    ReplyTemplate,
    TextLevel,
)
from tests.cast import Cast
from tests.contacts.post_scene import MONDAY, browser, on, question, states

__all__ = ["question"]
pytestmark = pytest.mark.django_db


def test_an_acknowledgement_meets_the_first_norm_when_it_is_posted_and_then_the_second_runs(
    cast: Cast, question: Question
) -> None:
    letter = acknowledge_by_letter(question=question, by=cast.henk, at=on(3))
    assert acknowledge_by_letter(question=question, by=cast.henk, at=on(3)) == letter
    post_letter(letter=letter, by=cast.fatima, at=on(4), posted_on=date(2026, 3, 4))
    assert states(question) == [("letter.respond", "met", date(2026, 3, 4)), ("letter.answer", "running", None)]
    assert not TextLevel.objects.exists()  # nobody wrote it
    unpost_letter(letter=letter, by=cast.fatima, at=on(4))
    assert states(question) == [
        ("letter.answer", "cancelled", date(2026, 3, 4)),
        ("letter.respond", "running", None),
    ]
    words = Contact.history.filter(history_type="-", text__startswith="Beste mevrouw")
    assert words.count() == 1
    wipe_questions(questions=[question.pk], at=on(5))
    assert not words.exists(), "what was not posted after all is wiped with its question"


def test_the_acknowledgement_is_the_template_of_the_municipality_without_lines_that_are_not_known(
    cast: Cast, question: Question
) -> None:
    body = "{aanhef}\n\nUw brief is er sinds {ontvangen}, nummer {nummer}.\nAntwoord: {uiterlijk}.\nOver {onderwerp}."
    ReplyTemplate.objects.create(name="Bevestiging", body=body, use="letter_acknowledgement")
    text = acknowledge_by_letter(question=question, by=cast.henk, at=on(3)).text
    assert text.startswith("Beste mevrouw De Wit,\n\nUw brief is er sinds maandag 2 maart, nummer OPM-2026-")
    assert "Antwoord: maandag 30 maart." in text
    OutgoingLetter.objects.all().delete()
    text = acknowledge_by_letter(question=question, by=cast.henk, at=on(3) + timedelta(days=90)).text
    assert "Antwoord" not in text and text.endswith("Over Grofvuil ophalen.")


@pytest.fixture
def three(cast: Cast) -> list[Question]:
    """Asked in one letter, of two teams."""
    wit = create_customer(
        by=cast.fatima, at=MONDAY, name="A. de Wit", street="Dorpsstraat", house_number="41", postcode="1716KA",
        place="Opmeer",
    )  # fmt: skip
    asked = [Asked(subject_id=one.pk, end="forward") for one in (cast.grofvuil, cast.paspoort, cast.afval)]
    made = register(
        by=cast.fatima, at=MONDAY, channel="letter", received_at=MONDAY, customer=wit, text="Drie dingen", asked=asked
    )  # fmt: skip
    return made.questions


@pytest.mark.parametrize("own_words", [True, False])
def test_several_questions_in_one_letter_are_acknowledged_in_one(
    cast: Cast, three: list[Question], own_words: bool
) -> None:
    if not own_words:
        body = "{aanhef}\n\nUw brief is er, nummer {nummer}, over {onderwerp}.\nUiterlijk {uiterlijk}.\n\nDag."
        ReplyTemplate.objects.create(name="Bevestiging", body=body, use="letter_acknowledgement")
    letter = acknowledge_by_letter(question=three[1], by=cast.fatima, at=on(3))
    assert [acknowledge_by_letter(question=one, by=cast.fatima, at=on(3)) for one in three] == [letter] * 3
    assert all(one.number in letter.text for one in three) and letter.text.count("uiterlijk op maandag 30 maart") == 3
    gone = three.pop(2)
    close(question=gone, by=cast.sanne, at=on(4), reason="no_reaction_needed")
    post_letter(letter=letter, by=cast.fatima, at=on(4), posted_on=date(2026, 3, 4))
    contact = Contact.objects.get(direction="out")
    assert set(contact.questions.all()) == {*three, gone}
    for one in three:
        assert states(one) == [("letter.respond", "met", date(2026, 3, 4)), ("letter.answer", "running", None)]
    unpost_letter(letter=letter, by=cast.fatima, at=on(4) + timedelta(seconds=30))
    for one in three:
        one.refresh_from_db()
        assert (one.status, one.contact_count, states(one)[-1]) == ("new", 1, ("letter.respond", "running", None))
    assert not [one for _name, check in CHECKS for one in check()]
    merge_questions(keep=three[0], merge=three[1], by=cast.sanne, at=on(5))
    letter.refresh_from_db()
    assert letter.question == three[0] and list(letter.also.all()) == [gone]


def test_a_letter_names_no_question_that_who_makes_it_may_not_see(cast: Cast, three: list[Question]) -> None:
    set_confidential(question=three[2], by=cast.sanne, at=on(3), is_confidential=True)
    letter = acknowledge_by_letter(question=three[0], by=cast.fatima, at=on(3))
    assert three[2].number not in letter.text and three[1].number in letter.text
    page = browser(cast, "henk").get(f"/vragen/{three[0].number}/").content.decode()
    assert "Ontvangstbevestiging" in page or "ontvangstbevestiging" in page
    three[0].refresh_from_db()
    set_confidential(question=three[0], by=cast.sanne, at=on(4), is_confidential=True)
    assert browser(cast, "henk").get(f"/post/uit/{letter.pk}/").status_code == 404
