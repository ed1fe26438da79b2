"""Every act on a question has its own form, its version and its line in the story."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from channels_app.models import InboundMessage, Mailbox, OutboundMessage
from contacts.actions.assign import take
from contacts.actions.close import close
from contacts.actions.forward import forward
from contacts.actions.register import CallbackAsked
from contacts.actions.reopen import reopen
from contacts.models import (
    CallbackRequest,
    Contact,
    Note,
    Notice,
    Question,
    QuestionLink,
)
from organisation.clock import now
from organisation.models import Municipality
from tests.cast import Cast
from tests.contacts.question_page import ask, login, url


@pytest.fixture(autouse=True)
def _leaves_at_once(cast: Cast) -> None:
    """The seconds in which a reply can be taken back have tests of their own (`test_planned_replies.py`)."""
    house = Municipality.objects.get()
    house.undo_send_seconds = 0
    house.save()


def test_an_act_on_an_old_version_shows_both(cast: Cast) -> None:
    question = ask(cast)
    take(question=question, by=cast.ria, at=now())
    response = login(cast.henk).post(
        url(question, "wijzigen/"), {"title": "Mijn titel", "kind": "question", "subject": "", "version": 1}
    )
    assert response.status_code == 409
    assert "Mijn titel" in response.content.decode()
    assert dict(response.context["again"])["title"] == "Mijn titel"
    assert f"{cast.ria.name} wijzigde dit ook" in response.content.decode()
    theirs = login(cast.ria).post(
        url(question, "wijzigen/"), {"title": "x", "kind": "question", "subject": "", "version": 1}
    )
    assert "in een ander venster" in theirs.content.decode()  # nobody is told that he or she is somebody else


def test_every_act_on_an_old_version_is_refused_and_shows_what_was_filled_in(cast: Cast) -> None:
    question = ask(cast, end="callback", callback=CallbackAsked(phone="0226 351244"))
    client = login(cast.sanne)
    other = ask(cast)
    forward(question=question, by=cast.ria, at=now(), team_id=cast.burgerzaken.pk, reason="Hoort daar")
    clock = question.clocks.first()
    typed: dict[str, dict[str, object]] = {
        "toewijzen": {"assignee": cast.henk.pk},  # of the team of before
        "doorzetten": {"team": cast.burgerzaken.pk, "reason": "Mijn reden"},  # where it is by now
        "wachten": {"text": "Mijn vraag terug"},
        "sluiten": {"reason": "answered", "text": "Mijn antwoord"},
        "geen-reactie": {"reason": "other", "text": "Mijn reden"},
        "heropenen": {"reason": "Mijn reden"},
        "annuleren": {"reason": "spam"},
        "samenvoegen": {"number": other.number},
        "afsplitsen": {"title": "Mijn andere vraag", "subject": cast.paspoort.pk},
        "vertrouwelijk": {"people": [cast.henk.pk]},
        "openbaar": {},
        "terugbellen": {"phone": "0226 999999", "name": "Mijn naam"},
        "bellen-wijzigen": {"phone": "0226 999999", "name": "Mijn naam"},
        "poging": {"outcome": "reached", "note": "Mijn gesprek"},
        "niet-bellen": {"reason": "Mijn reden"},
        "wijzigen": {"title": "Mijn titel", "kind": "question"},
        "termijn": {"clock": clock.pk, "started_at": "2026-01-05T09:00", "reason": "Mijn reden"},
    }
    for act, given in typed.items():
        response = client.post(url(question, f"{act}/"), {"version": 1, **given})
        page = response.content.decode()
        assert response.status_code == 409, act
        assert f"{cast.ria.name} wijzigde dit ook" in page and "Burgerzaken" in page, act
        assert all(str(one) in page for one in given.values() if str(one).startswith("Mijn")), act
        again = dict(response.context["again"])
        assert again["version"] == question.version and set(given) <= set(again), act
    question.refresh_from_db()
    assert (question.status, question.version) == ("new", 2)
    assert (
        "Henk"
        in dict(
            client.post(url(question, "toewijzen/"), {"version": 1, **typed["toewijzen"]}).context["yours"]
        ).values()
    )
    late = client.post(url(question, "toewijzen/"), {"version": 2, **typed["toewijzen"]})
    assert late.status_code == 422 and "Henk werkt niet in dit team" in late.content.decode()


def test_a_subject_that_is_not_in_use_cannot_be_chosen_and_stays_where_it_is(cast: Cast) -> None:
    question = ask(cast)
    cast.grofvuil.is_active = cast.paspoort.is_active = False
    cast.grofvuil.save()
    cast.paspoort.save()
    client = login(cast.henk)
    for act, shown in (("wijzigen", ["Grofvuil ophalen"]), ("afsplitsen", [])):
        page = client.get(url(question, f"{act}/")).content.decode()
        gone = ("Grofvuil ophalen", "Paspoort aanvragen")
        assert [name for name in gone if f">{name}<" in page] == shown
    given = {"title": "Koelkast", "kind": "report", "version": 1}
    assert client.post(url(question, "wijzigen/"), {**given, "subject": cast.paspoort.pk}).status_code == 422
    assert client.post(url(question, "wijzigen/"), {**given, "subject": cast.grofvuil.pk}).status_code == 302


def test_what_was_typed_is_shown_when_the_question_went_out_of_reach_meanwhile(cast: Cast) -> None:
    question = ask(cast)
    forward(question=question, by=cast.ria, at=now(), team_id=cast.burgerzaken.pk, reason="Hoort daar")
    for act, field in (("antwoord/", "text"), ("notitie/", "note"), ("sluiten/", "text")):
        answer = login(cast.henk).post(url(question, act), {field: "Mijn lange <tekst>", "version": 1})
        page = answer.content.decode()
        assert answer.status_code == 404 and "Mijn lange &lt;tekst&gt;" in page and "Niet bewaard" in page, act
    assert "Niet bewaard" not in login(cast.henk).get(url(question)).content.decode()


def test_a_conflict_names_the_subject_and_not_its_number(cast: Cast) -> None:
    question = ask(cast)
    take(question=question, by=cast.ria, at=now())
    typed = {"title": "x", "kind": "question", "subject": cast.paspoort.pk, "version": 1}
    response = login(cast.henk).post(url(question, "wijzigen/"), typed)
    assert "Paspoort aanvragen" in dict(response.context["yours"]).values()
    assert "Grofvuil ophalen" in dict(response.context["theirs"]).values()


def test_an_empty_note_is_refused_and_a_note_is_never_sent(cast: Cast) -> None:
    question = ask(cast)
    client = login(cast.henk)
    assert client.post(url(question, "notitie/"), {"note": " "}).status_code == 422
    client.post(url(question, "notitie/"), {"note": "Let op 😀"})
    assert Note.objects.get().text == "Let op 😀"
    assert not OutboundMessage.objects.exists()


def test_every_act_works_from_its_own_form(cast: Cast) -> None:
    question = ask(cast)
    client = login(cast.ria)

    def do(act: str, **data: object) -> None:
        question.refresh_from_db()
        assert client.get(url(question, f"{act}/")).status_code == 200
        response = client.post(url(question, f"{act}/"), {"version": question.version, **data})
        assert response.status_code == 302, (act, response.context and response.context["form"].errors)
        question.refresh_from_db()

    do("toewijzen", assignee=cast.henk.pk)
    assert question.assignee == cast.henk
    do("wachten", text="Welke straat?")
    assert question.status == "waiting"
    client.post(url(question, "hervatten/"), {"version": question.version})
    do("wijzigen", title="Koelkast", subject=cast.afval.pk, kind="report")
    assert (question.title, question.kind) == ("Koelkast", "report")
    do("terugbellen", phone="0226 351244", name="Mevr. De Wit", moment="na 14.00 uur")
    do("poging", outcome="no_answer")
    do("poging", outcome="reached", note="Afspraak gemaakt")
    assert CallbackRequest.objects.get().state == "done"
    do("sluiten", reason="answered", text="Aan de telefoon uitgelegd")
    assert question.status == "closed"
    do("heropenen", reason="Klant belt weer")
    assert question.status == "in_progress"
    do("doorzetten", team=cast.servicecentrum.pk, reason="Hoort bij het Servicecentrum")
    assert question.team == cast.servicecentrum


def test_a_closing_without_a_word_is_no_answer(cast: Cast) -> None:
    question = ask(cast)
    response = login(cast.henk).post(url(question, "sluiten/"), {"reason": "answered", "version": question.version})
    assert response.status_code == 422
    assert "Schrijf op" in response.content.decode()


def test_spam_counts_nowhere(cast: Cast) -> None:
    question = ask(cast)
    login(cast.henk).post(url(question, "annuleren/"), {"reason": "spam", "version": question.version})
    question.refresh_from_db()
    assert question.status == "cancelled"
    assert set(question.clocks.values_list("state", flat=True)) == {"cancelled"}


def test_questions_are_linked_and_merged_by_number(cast: Cast) -> None:
    first, second = ask(cast), ask(cast)
    Question.objects.filter(pk=second.pk).update(customer=first.customer)
    foreign = ask(cast, team_id=cast.burgerzaken.pk)
    client = login(cast.henk)
    assert (
        client.post(url(first, "koppelen/"), {"number": foreign.number, "kind": "related", "version": 1}).status_code
        == 422
    )
    assert (
        client.post(url(first, "koppelen/"), {"number": second.number, "kind": "related", "version": 1}).status_code
        == 302
    )
    assert second.number in client.get(url(first)).content.decode()
    assert (
        client.post(url(second, "samenvoegen/"), {"number": first.number, "version": second.version}).status_code == 302
    )
    second.refresh_from_db()
    assert (second.status, second.merged_into) == ("cancelled", first)
    assert first.number in client.get(url(second)).content.decode()


def test_a_question_that_was_split_off_inherits_customer_and_receipt(cast: Cast) -> None:
    question = ask(cast)
    Question.objects.filter(pk=question.pk).update(received_at=question.received_at - timedelta(days=2))
    response = login(cast.henk).post(
        url(question, "afsplitsen/"),
        {"title": "Nieuw paspoort", "subject": cast.paspoort.pk, "version": question.version},
    )
    assert response.status_code == 302
    made = QuestionLink.objects.get(kind="split").question
    question.refresh_from_db()
    assert (made.customer, made.received_at, made.team) == (question.customer, question.received_at, cast.burgerzaken)
    assert made.clocks.get().code == "email.answer"
    assert made.due_at is not None
    assert made.history.count() == 1
    assert Contact.objects.count() == 1


def test_what_is_split_off_goes_by_the_mailbox_it_came_in(cast: Cast) -> None:
    question, at = ask(cast), now()
    box = Mailbox.objects.create(name="Burgerzaken", address="bz@opmeer.example", team=cast.burgerzaken)
    message = InboundMessage.objects.create(
        source="mailbox:1",
        external_key="1",
        channel="email",
        mailbox=box,
        received_at=at,
        taken_in_at=at,
        sha256="0" * 64,
        size=1,
        state=InboundMessage.State.DONE,
        outcome=InboundMessage.Outcome.REGISTERED,
        done_at=at,
    )
    Contact.objects.update(inbound=message)
    login(cast.henk).post(url(question, "afsplitsen/"), {"title": "Nog iets", "version": question.version})
    assert Question.objects.get(title="Nog iets").team == cast.burgerzaken


def test_three_tries_without_result_leave_the_choice_to_a_person(cast: Cast) -> None:
    question = ask(cast, end="callback", callback=CallbackAsked(phone="0226 351244"))
    client = login(cast.henk)
    for _try in range(3):
        question.refresh_from_db()
        client.post(url(question, "poging/"), {"outcome": "no_answer", "version": question.version})
    assert "Drie keer niet bereikt" in client.get(url(question)).content.decode()
    client.post(url(question, "niet-bellen/"), {"reason": "Niet te bereiken", "unreachable": "on"})
    assert CallbackRequest.objects.get().state == "unreachable"


def test_only_the_coordinator_corrects_a_deadline(cast: Cast) -> None:
    question = ask(cast)
    assert login(cast.henk).get(url(question, "termijn/")).status_code == 403
    clock = question.clocks.get(code="email.answer")
    data = {"clock": clock.pk, "started_at": "2026-01-05T09:00", "reason": "Poststempel", "version": question.version}
    assert login(cast.sanne).post(url(question, "termijn/"), data).status_code == 302
    clock.refresh_from_db()
    assert clock.replaced_by is not None


def test_handing_over_names_the_new_team(cast: Cast) -> None:
    question = ask(cast)
    client = login(cast.fatima)
    data = {"team": cast.burgerzaken.pk, "reason": "Hoort daar", "version": question.version}
    response = client.post(url(question, "doorzetten/"), data, follow=True)
    assert "doorgezet naar Burgerzaken" in response.content.decode()


def test_opening_again_is_told_as_what_a_colleague_did_and_not_as_words_of_the_customer(cast: Cast) -> None:
    question = ask(cast)
    close(question=question, by=cast.henk, at=now(), reason="no_reaction_needed")
    reopen(question=question, by=cast.henk, at=now(), reason="Toch nog iets")
    page = login(cast.henk).get(url(question)).content.decode()
    assert "Heropend door Henk" in page


def test_a_link_reads_right_from_both_sides_and_is_there_once(cast: Cast) -> None:
    old, new = ask(cast), ask(cast)
    client = login(cast.ria)
    client.post(url(new, "koppelen/"), {"number": old.number, "kind": "follow_up", "version": 1})
    assert f"volgt op · {old.number}" in client.get(url(new)).content.decode()
    assert f"wordt gevolgd door · {new.number}" in client.get(url(old)).content.decode()
    for one, other in ((old, new), (new, old)):
        client.post(url(one, "koppelen/"), {"number": other.number, "kind": "related", "version": 1})
    assert QuestionLink.objects.filter(kind="related").count() == 1
    related = QuestionLink.objects.get(kind="related")
    client.post(url(new, f"koppeling/{related.pk}/los/"))
    assert [one.kind for one in QuestionLink.objects.all()] == ["follow_up"]
    login(cast.bas).post(url(old, f"koppeling/{QuestionLink.objects.get().pk}/los/"))
    assert QuestionLink.objects.count() == 1, "out of reach"


def test_who_holds_a_question_from_elsewhere_is_chosen_in_the_list_and_not_nobody(cast: Cast) -> None:
    question = ask(cast)
    take(question=question, by=cast.fatima, at=now())
    for path in (url(question), url(question, "toewijzen/")):
        page = " ".join(login(cast.ria).get(path).content.decode().split())
        assert re.search(rf'<option value="{cast.fatima.pk}" selected> ?Fatima', page), path
    version = question.version
    done = login(cast.ria).post(url(question, "toewijzen/"), {"assignee": cast.fatima.pk, "version": version})
    assert done.status_code == 302, "sent as it stood"
    question.refresh_from_db()
    assert question.assignee == cast.fatima and not Notice.objects.filter(user=cast.fatima, kind="assigned").exists()
