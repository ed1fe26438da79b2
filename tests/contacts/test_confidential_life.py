"""Confidential questions: who sees them, who is let in, and what does not open them."""

from datetime import timedelta

import pytest
import time_machine
from django.db.models import F
from django.test import Client

from contacts.actions.answer import answer
from contacts.actions.assign import assign, take
from contacts.actions.confidential import break_glass, set_confidential
from contacts.actions.forward import forward
from contacts.actions.merge import merge_customers, merge_questions
from contacts.actions.put_back import put_back
from contacts.actions.receive import receive_reply
from contacts.models import ConfidentialAccess, Note, Notice, Question
from organisation.clock import now
from organisation.errors import Refused
from organisation.models import Membership, User
from tests.cast import Cast
from tests.contacts.life_scene import TUESDAY, mail, undelivered
from tests.rows import Row


def test_what_is_confidential_does_not_open_by_merging(cast: Cast) -> None:
    first, second = mail(cast), mail(cast, at=TUESDAY)
    merge_customers(keep=first.customer, merge=second.customer, by=cast.sanne, at=TUESDAY)
    first.refresh_from_db()
    second.refresh_from_db()
    set_confidential(question=first, by=cast.sanne, at=TUESDAY, is_confidential=True)
    for keep, merge in ((first, second), (second, first)):
        with pytest.raises(Refused, match="vertrouwelijk"):
            merge_questions(keep=keep, merge=merge, by=cast.sanne, at=TUESDAY)
    set_confidential(
        question=second, by=cast.sanne, at=TUESDAY, is_confidential=True, people=[cast.sanne.pk, cast.henk.pk]
    )
    with pytest.raises(Refused, match="Niet dezelfde mensen"):
        merge_questions(keep=first, merge=second, by=cast.sanne, at=TUESDAY)


def test_a_confidential_question_is_only_for_who_is_named(cast: Cast) -> None:
    question = mail(cast)
    set_confidential(question=question, by=cast.henk, at=TUESDAY, is_confidential=True)
    assert not Question.objects.visible_to(cast.ria).filter(pk=question.pk).exists()
    assert Question.objects.visible_to(cast.henk).filter(pk=question.pk).exists()


def test_who_gets_a_confidential_question_can_read_it_and_loses_that_when_it_is_taken_back(cast: Cast) -> None:
    question = mail(cast)
    mine = Question.objects.visible_to(cast.ria).filter(pk=question.pk)
    set_confidential(question=question, by=cast.henk, at=TUESDAY, is_confidential=True)
    assign(question=question, by=cast.henk, at=TUESDAY, to=cast.ria)
    assert mine.exists()
    put_back(number=question.number, version=question.version, by=cast.henk, at=TUESDAY)
    assert not mine.exists()


def test_an_hour_is_an_hour_also_for_who_takes_the_question(cast: Cast) -> None:
    question = mail(cast)
    set_confidential(question=question, by=cast.henk, at=TUESDAY, is_confidential=True)
    with time_machine.travel(TUESDAY, tick=False):
        break_glass(question=question, by=cast.sanne, at=TUESDAY, reason="Klacht bij de wethouder")
        with pytest.raises(Refused, match="een uur"):
            take(question=question, by=cast.sanne, at=TUESDAY)
        User.objects.filter(pk=cast.henk.pk).update(is_active=False)
        with pytest.raises(
            Refused, match="een uur"
        ):  # also when nobody who is named is left: she may name others, not stay
            take(question=question, by=cast.sanne, at=TUESDAY)
    with time_machine.travel(TUESDAY + timedelta(hours=2), tick=False):
        assert not Question.objects.visible_to(cast.sanne).filter(pk=question.pk).exists()


def test_who_sees_it_for_an_hour_decides_about_nobody_while_somebody_who_is_named_can(cast: Cast) -> None:
    question = mail(cast)
    set_confidential(question=question, by=cast.henk, at=TUESDAY, is_confidential=True)
    with time_machine.travel(TUESDAY, tick=False):
        break_glass(question=question, by=cast.sanne, at=TUESDAY, reason="Klacht bij de wethouder")
        for is_confidential in (False, True):
            with pytest.raises(Refused, match="een uur"):
                set_confidential(question=question, by=cast.sanne, at=TUESDAY, is_confidential=is_confidential)
        with pytest.raises(Refused, match="een uur"):
            forward(
                question=question, by=cast.sanne, at=TUESDAY, team_id=cast.burgerzaken.pk, assignee_id=cast.bas.pk,
                reason="Hoort daar",
            )  # fmt: skip
        with pytest.raises(Refused, match="een uur"):
            assign(question=question, by=cast.sanne, at=TUESDAY, to=cast.ria)
    with time_machine.travel(TUESDAY + timedelta(hours=2), tick=False):
        assert not Question.objects.visible_to(cast.sanne).filter(pk=question.pk).exists()
        assert Question.objects.visible_to(cast.henk).filter(pk=question.pk).exists()
    User.objects.filter(pk=cast.henk.pk).update(is_active=False)
    with time_machine.travel(TUESDAY, tick=False):  # else nobody would ever get to it
        set_confidential(question=question, by=cast.sanne, at=TUESDAY, is_confidential=True, people=[cast.fatima.pk])
    assert Question.objects.visible_to(cast.fatima).filter(pk=question.pk).exists()


def test_a_confidential_question_is_never_handed_to_a_team_where_nobody_may_read_it(cast: Cast) -> None:
    question = mail(cast)
    set_confidential(question=question, by=cast.henk, at=TUESDAY, is_confidential=True)
    where = {"team_id": cast.burgerzaken.pk, "reason": "Gaat over een paspoort"}
    with pytest.raises(Refused, match="vertrouwelijk"):
        forward(question=question, by=cast.henk, at=TUESDAY, **where)  # type: ignore[arg-type]
    set_confidential(question=question, by=cast.henk, at=TUESDAY, is_confidential=True, people=[cast.bas.pk])
    forward(question=question, by=cast.henk, at=TUESDAY, **where)  # type: ignore[arg-type]
    assert Question.objects.visible_to(cast.bas).get(pk=question.pk).team == cast.burgerzaken
    forward(question=question, by=cast.bas, at=TUESDAY, team_id=cast.openbare_ruimte.pk, reason="Toch grofvuil")
    assert Question.objects.visible_to(cast.ria).filter(pk=question.pk).exists()  # who leads it gives it to somebody
    assert Notice.objects.filter(user=cast.ria, kind="named", question=question).exists()


def test_a_reaction_on_a_closed_confidential_question_is_for_the_same_people(cast: Cast) -> None:
    question = mail(cast)
    set_confidential(question=question, by=cast.henk, at=TUESDAY, is_confidential=True)
    answer(question=question, by=cast.henk, at=TUESDAY, text="Ja", to_address="d@voorbeeld.nl")
    later = TUESDAY + timedelta(days=90)
    got = receive_reply(
        question=question,
        at=later,
        received_at=later,
        channel="email",
        customer=question.customer,
        text="Nog iets",
        address="k@example.nl",
    )
    assert got.question != question
    assert Question.objects.visible_to(cast.henk).filter(pk=got.question.pk).exists()
    assert not Question.objects.visible_to(cast.ria).filter(pk=got.question.pk).exists()


def test_a_reaction_that_nobody_who_is_named_can_see_is_for_the_leads(cast: Cast, row: Row) -> None:
    asked = mail(cast)
    set_confidential(question=asked, by=cast.henk, at=TUESDAY, is_confidential=True)
    answer(question=asked, by=cast.henk, at=TUESDAY, text="Ja", to_address="d@voorbeeld.nl")
    for gone in ("left", "role ended", "role without questions"):
        for days in (1, 90):
            with row(f"{gone}, after {days} days"):
                goes_to_the_leads(cast, Question.objects.get(pk=asked.pk), gone, days)


def goes_to_the_leads(cast: Cast, question: Question, gone: str, days: int) -> None:
    if gone == "left":
        User.objects.filter(pk=cast.henk.pk).update(is_active=False)
    else:
        told = {"role": "host"} if gone == "role without questions" else {"valid_until": TUESDAY.date()}
        Membership.objects.filter(user=cast.henk).update(**told)
    later = TUESDAY + timedelta(days=days)
    got = receive_reply(
        question=question,
        at=later,
        received_at=later,
        channel="email",
        customer=question.customer,
        text="Nog iets",
        address="k@example.nl",
    ).question
    assert got.is_confidential and (got != question) == (days == 90)
    assert Question.objects.visible_to(cast.ria).filter(pk=got.pk).exists()
    assert not Question.objects.visible_to(cast.sanne).filter(pk=got.pk).exists()
    assert Notice.objects.filter(user=cast.ria, kind="named", question=got).count() == 1


def test_an_answer_that_comes_back_when_nobody_who_is_named_is_left_opens_the_question_for_the_leads(
    cast: Cast,
) -> None:
    question = mail(cast)
    set_confidential(question=question, by=cast.henk, at=TUESDAY, is_confidential=True)
    said = answer(question=question, by=cast.henk, at=TUESDAY, text="Ja", to_address="d@voorbeeld.nl")
    User.objects.filter(pk=cast.henk.pk).update(is_active=False)
    undelivered(said, TUESDAY + timedelta(days=1))
    assert Question.objects.visible_to(cast.ria).filter(pk=question.pk, status="in_progress").exists()
    assert Notice.objects.filter(user=cast.ria, kind="named", question=question).count() == 1


def test_breaking_the_glass_tells_the_team(cast: Cast) -> None:
    question = mail(cast)
    set_confidential(question=question, by=cast.henk, at=TUESDAY, is_confidential=True)
    break_glass(question=question, by=cast.sanne, at=TUESDAY, reason="Klacht over deze zaak")
    assert Notice.objects.filter(user=cast.ria, kind="confidential_opened").count() == 1


def test_the_glass_closes_after_an_hour_also_for_who_left_the_page_open(cast: Cast, client: Client) -> None:
    question = mail(cast)
    set_confidential(question=question, by=cast.henk, at=TUESDAY, is_confidential=True)
    client.force_login(cast.sanne)
    page, note = f"/vragen/{question.number}/", f"/vragen/{question.number}/notitie/"
    access = break_glass(
        question=question, by=cast.sanne, at=now() - timedelta(minutes=59), reason="Klacht over deze zaak"
    )
    assert client.get(page).status_code == 200
    ConfidentialAccess.objects.filter(pk=access.pk).update(until_at=F("until_at") - timedelta(minutes=1))
    for headers in ({}, {"HX-Request": "true"}):
        assert client.get(page, headers=headers).status_code == 403
        assert client.get(f"{page}geschiedenis/", headers=headers).status_code == 404
        assert client.post(note, {"text": "Nog even dit"}, headers=headers).status_code == 404
    assert not Note.objects.exists()
