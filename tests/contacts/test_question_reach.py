"""Who may open a question and act on it; of a confidential one nobody else learns more than that it is there."""

from __future__ import annotations

import pytest

from channels_app.models import OutboundMessage
from contacts.actions.answer import answer
from contacts.actions.confidential import set_confidential
from contacts.actions.forward import forward
from contacts.models import (
    ConfidentialAccess,
    Notice,
    Question,
)
from organisation.clock import now
from organisation.errors import Refused
from organisation.models import AccessEntry, Membership
from organisation.roles import Role
from tests.cast import Cast, person
from tests.contacts.question_page import ask, login, url

SECRET = "kanarie-7f3a"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("henk", 200),
        ("ria", 200),
        ("fatima", 200),
        ("sanne", 200),
        ("bas", 404),
        ("joost", 403),
        ("beheer", 403),
        ("receptie", 403),
    ],
)
def test_who_may_open_a_question_of_a_team(cast: Cast, name: str, status: int) -> None:
    assert login(getattr(cast, name)).get(url(ask(cast))).status_code == status


def test_a_team_in_which_somebody_only_receives_visitors_shows_no_questions(cast: Cast) -> None:
    """Both have the same two roles, so that their pages ask by the same statement."""
    question = ask(cast)
    for works, receives, status in (
        (cast.openbare_ruimte, cast.burgerzaken, 200),
        (cast.burgerzaken, cast.openbare_ruimte, 404),
    ):
        who = person(f"in-{works.code}", Role.TEAM_MEMBER, works)
        Membership.objects.create(user=who, team=receives, role=Role.HOST)
        browser = login(who)
        assert browser.get(url(question)).status_code == status
        assert (question.number in browser.get("/werkvoorraad/?scope=team").content.decode()) == (status == 200)


def test_who_only_receives_visitors_is_no_colleague_to_give_a_question_to(cast: Cast) -> None:
    """The host would not see it, and it would stand with nobody's no more."""
    question, host = ask(cast), person("hanneke", Role.HOST, cast.openbare_ruimte)
    lead = login(cast.ria)
    for address in (url(question), "/werkvoorraad/"):
        assert host.name not in lead.get(address).content.decode()
    assert lead.post(url(question, "toewijzen/"), {"assignee": host.pk, "version": question.version}).status_code == 422
    with pytest.raises(Refused, match="werkt niet in dat team"):
        forward(
            question=question, by=cast.fatima, at=now(), team_id=cast.openbare_ruimte.pk, reason="Voor de receptie", assignee_id=host.pk
        )  # fmt: skip
    assert Question.objects.get().assignee_id is None


@pytest.mark.parametrize(
    "act",
    [
        "antwoord/",
        "notitie/",
        "gesprek/",
        "oppakken/",
        "hervatten/",
        "toewijzen/",
        "doorzetten/",
        "sluiten/",
        "annuleren/",
        "samenvoegen/",
        "wijzigen/",
        "vertrouwelijk/",
        "kijkers/",
        "terugbellen/",
    ],
)
def test_no_act_on_a_question_of_another_team(cast: Cast, act: str) -> None:
    question = ask(cast)
    assert login(cast.bas).post(url(question, act), {"text": "x", "note": "x", "version": 1}).status_code == 404
    fresh = Question.objects.get(pk=question.pk)
    assert (fresh.version, fresh.status) == (question.version, question.status)


@pytest.mark.parametrize(
    ("name", "status"), [("henk", 200), ("ria", 404), ("bas", 404), ("fatima", 403), ("sanne", 403)]
)
def test_a_confidential_question_shows_nothing_to_others(cast: Cast, name: str, status: int) -> None:
    question = ask(cast, text=SECRET, name=f"Jan {SECRET}")
    set_confidential(question=question, by=cast.henk, at=now(), is_confidential=True)
    response = login(getattr(cast, name)).get(url(question))
    assert response.status_code == status
    assert (SECRET in response.content.decode()) == (name == "henk")
    if name == "sanne":
        assert "Open voor 60 minuten" in response.content.decode()
        assert AccessEntry.objects.filter(user=cast.sanne, page="question.existence", question_id=question.pk).exists()


def test_an_answer_that_was_not_sent_tells_who_may_not_see_the_question_nothing_of_it(cast: Cast) -> None:
    question = ask(cast)
    set_confidential(question=question, by=cast.henk, at=now(), is_confidential=True)
    answer(question=question, by=cast.henk, at=now(), text="Zo.", to_address="dewit@voorbeeld.nl")
    OutboundMessage.objects.filter(purpose="reply").update(state="failed", subject=SECRET)
    secrets = (SECRET, "dewit@voorbeeld.nl", question.number)
    page = login(cast.sanne).get("/kanalen/uitgaand/").content.decode()
    assert not any(secret in page for secret in secrets) and "Vertrouwelijk" in page
    Question.objects.update(is_confidential=False)
    page = login(cast.sanne).get("/kanalen/uitgaand/").content.decode()
    assert all(secret in page for secret in secrets)


def test_the_coordinator_opens_a_confidential_question_with_a_reason(cast: Cast) -> None:
    question = ask(cast, text=SECRET)
    set_confidential(question=question, by=cast.henk, at=now(), is_confidential=True)
    client = login(cast.sanne)
    assert client.post(url(question, "toegang/"), {"reason": "kort"}).status_code == 422
    assert client.get(url(question)).status_code == 403
    assert client.post(url(question, "toegang/"), {"reason": "Klacht bij de burgemeester"}).status_code == 302
    assert SECRET in client.get(url(question)).content.decode()
    assert ConfidentialAccess.objects.get(user=cast.sanne).until_at is not None
    assert (
        login(cast.fatima).post(url(question, "toegang/"), {"reason": "Klacht bij de burgemeester"}).status_code == 403
    )


def test_who_may_know_that_a_confidential_question_exists_asks_to_be_let_in(cast: Cast) -> None:
    question = ask(cast, text=SECRET)
    set_confidential(question=question, by=cast.henk, at=now(), is_confidential=True)
    client = login(cast.fatima)
    assert "Vraag toegang" in client.get(url(question)).content.decode()
    short = client.post(url(question, "toegang-vragen/"), {"ask": "kort"})
    assert short.status_code == 422
    assert ">kort</textarea>" in short.content.decode()
    reason = {"ask": "De klant staat aan de balie"}
    assert client.post(url(question, "toegang-vragen/"), reason).status_code == 302
    assert client.post(url(question, "toegang-vragen/"), reason).status_code == 422  # once a day
    told = Notice.objects.filter(kind="access_asked", question=question)
    assert {notice.user_id for notice in told} == {cast.henk.pk, cast.ria.pk}
    assert "Toegang gevraagd tot een vertrouwelijke vraag" in login(cast.ria).get("/meldingen/").content.decode()
    henk = login(cast.henk)
    assert "De klant staat aan de balie" in henk.get(url(question)).content.decode()
    form = henk.get(url(question, "vertrouwelijk/")).content.decode()
    assert f'value="{cast.fatima.pk}"' in form
    assert f'name="people" value="{cast.henk.pk}"' not in form, "who closes it sees it anyhow"
    henk.post(url(question, "vertrouwelijk/"), {"people": [cast.fatima.pk], "version": question.version})
    assert SECRET in client.get(url(question)).content.decode()


def test_access_is_asked_only_by_who_may_know_that_the_question_exists(cast: Cast) -> None:
    question = ask(cast, text=SECRET)
    set_confidential(question=question, by=cast.henk, at=now(), is_confidential=True)
    for name in ("bas", "ria"):
        answer_to = login(getattr(cast, name)).post(url(question, "toegang-vragen/"), {"ask": "Ik wil het weten"})
        assert answer_to.status_code == 404
    assert not Notice.objects.filter(kind="access_asked").exists()


@pytest.mark.parametrize("number", ["OPM-2026-999999", "x" * 300, "%27", "0", "😀"])
def test_a_number_that_is_none_is_not_found(cast: Cast, number: str) -> None:
    assert login(cast.henk).get(f"/vragen/{number}/").status_code == 404
