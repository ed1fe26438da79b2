"""Who sorts a message that a machine took in is shown what it seems to be about, and where that belongs; a complaint gets its term."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from contacts.actions.asked import Asked
from contacts.actions.register import register
from contacts.finding.subjects import entry
from contacts.models import NormClock, Question
from contacts.subject_hints import hints
from organisation.snapshot import organisation
from tests.cast import Cast

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ENTRIES = (
    entry(1, "Container niet geleegd", ["grijze bak staat er nog"], "Afval"),
    entry(2, "Verhuizing doorgeven", ["ik ga verhuizen"], "Burgerzaken"),
    entry(3, "Klacht over een medewerker of behandeling", [], "Bestuur"),
    entry(4, "Straatverlichting", ["lantaarnpaal", "lamp doet het niet"], "Wegen"),
    entry(5, "Bijstand aanvragen", ["uitkering"], "Inkomen"),
    entry(6, "Rijbewijs kwijt of gestolen", [], "Burgerzaken"),
    entry(7, "Paspoort aanvragen", ["paspoort kwijt"], "Burgerzaken"),
)


@pytest.mark.parametrize(
    ("title", "text", "found"),
    [
        ("WEER NIET GELEEGD!!!!", "", [1]),
        ("Verhuizen", "Hoe geef ik dat door?", [2]),
        ("Klacht over medewerker balie", "", [3]),
        ("lantaarnpaal", "", [4]),
        ("Donker", "De lantaarnpaal voor nummer 5 is stuk.", [4]),
        ("paspoort kwijt", "", [7, 6]),
        ("Brief van vrijdag", "Een melding.", []),
        ("Nog geen antwoord", "Ik wacht al drie weken.", []),
        ("Bedankt", "Fijne dag", []),
        ("", "", []),
        ("1.000.000 EUR", "x" * 100_000, []),
    ],
)
def test_a_hint_has_words_of_the_message_and_no_likeness_of_letters_alone(
    title: str, text: str, found: list[int]
) -> None:
    assert hints(ENTRIES, title, text) == found


def mailed(cast: Cast, title: str) -> Question:
    made = register(
        by=None, at=AT, channel="email", received_at=AT, customer=None, text="Hallo", asked=[Asked(title=title)]
    )
    return made.questions[0]


def test_the_subject_takes_one_press_and_then_the_team_is_filled_in(cast: Cast) -> None:
    question = mailed(cast, "Grofvuil")
    client = Client()
    client.force_login(cast.fatima)
    with time_machine.travel(AT, tick=False):
        page = client.get(f"/vragen/{question.number}/")
        (hint,) = page.context["hints"].subjects
        assert (hint.subject_id, hint.name) == (cast.grofvuil.pk, "Grofvuil ophalen")
        values = {"title": question.title, "kind": hint.kind, "subject": hint.subject_id, "version": question.version}
        assert client.post(f"/vragen/{question.number}/wijzigen/", values).status_code == 302
        after = client.get(f"/vragen/{question.number}/").context["hints"]
    owner = organisation().subject_team(cast.grofvuil.pk)
    assert owner is not None and (after.subjects, after.team_id) == ((), owner.pk)
    assert "Grofvuil ophalen" in after.reason


def test_a_mail_that_turns_out_to_be_a_complaint_gets_the_term_of_the_law_beside_its_promise(cast: Cast) -> None:
    question = mailed(cast, "Klacht")
    client = Client()
    client.force_login(cast.sanne)

    def to(kind: str) -> list[tuple[str, str]]:
        question.refresh_from_db()
        values = {"title": "Klacht", "kind": kind, "subject": "", "version": question.version}
        assert client.post(f"/vragen/{question.number}/wijzigen/", values).status_code == 302
        return list(NormClock.objects.filter(question=question).order_by("pk").values_list("code", "state"))

    with time_machine.travel(AT, tick=False):
        answer = ("email.answer", "running")
        assert to("complaint")[-2:] == [answer, ("complaint.settle", "running")]
        assert to("complaint").count(("complaint.settle", "running")) == 1
        to("question")
        assert to("complaint").count(("complaint.settle", "running")) == 1
    clock = NormClock.objects.get(code="complaint.settle", replaced_by=None)
    assert (clock.started_at, clock.length) == (AT, 42)
