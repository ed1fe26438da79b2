"""What is past its term goes: questions by a list that two people decide about, the rest by itself; figures stay, what is held stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, connection, transaction

from channels_app.models import Call, InboundMessage, InboundRaw
from contacts.actions.customers import create_customer
from contacts.models import Contact, Customer, Notice, Question
from organisation.clock import now
from organisation.errors import Refused
from organisation.models import AccessEntry, AuditEntry, Heartbeat
from privacy.actions import destruction
from privacy.actions.destruction import approve_list, destroy_approved, due, make_list, propose_list, refuse_list
from privacy.actions.hold import end_hold, place_hold
from privacy.actions.keep_terms import keep_terms
from privacy.actions.terms import decide_term, propose_term
from privacy.holds import kept_people
from privacy.models import DestructionList
from privacy.terms import FIXED, HOUSE, chosen, term_of
from surveys.actions.forget import KNOWN_DAYS, WORDS_DAYS
from tests.app_role import make_app_role, speak_as
from tests.cast import Cast
from tests.privacy.scene import EMAIL, MONDAY, hits, left_everywhere
from tests.privacy.test_erase import broken, figures

AFTER = MONDAY + timedelta(days=366)
WHY = "Bezwaar loopt bij de rechter"


@pytest.fixture
def person(cast: Cast, settings: Any, tmp_path: Any) -> Customer:
    settings.FILES_DIR = tmp_path
    return left_everywhere(cast, files=tmp_path)


def approved(cast: Cast) -> DestructionList:
    made = make_list(at=AFTER)
    assert made is not None
    propose_list(pk=made.pk, by=cast.beheer, at=AFTER)
    return approve_list(pk=made.pk, by=cast.sanne, at=AFTER)


def test_a_list_is_made_proposed_approved_and_carried_out_and_figures_stay(cast: Cast, person: Customer) -> None:
    before, well = figures(), broken()
    assert make_list(at=AFTER - timedelta(days=2)) is None
    made = approved(cast)
    assert make_list(at=AFTER) is None  # one at a time
    assert destroy_approved(at=AFTER) == 4
    assert destroy_approved(at=AFTER) == 0
    made.refresh_from_db()
    assert made.state == "done" and made.counts["questions"] == 4 and made.counts["customers"] == 2
    assert made.planned == {"question.email": 3, "question.phone": 1} and not made.entries.exists()
    assert figures() == before and broken() == well
    left = {name.partition(".")[0] for name in hits()}  # each of these has a term of its own
    assert left <= {
        "channels_app_inboundraw", "channels_app_inboundmessage", "channels_app_phoneevent", "channels_app_livecall",
        "channels_app_deadaddress", "channels_app_stoppednumber", "channels_app_outboundmessage", "contacts_draft", "contacts_idempotencykey", "contacts_savedview", "organisation_auditentry",
    }  # fmt: skip
    assert make_list(at=AFTER) is None


def test_what_is_held_is_on_no_list_and_is_taken_out_of_one(cast: Cast, person: Customer) -> None:
    first, second = Question.objects.filter(customer=person).order_by("pk")[:2]
    hold = place_hold(by=cast.sanne, at=AFTER, reason=WHY, question=first)
    assert first not in due(AFTER) and due(AFTER).count() == 3
    made = approved(cast)
    place_hold(by=cast.sanne, at=AFTER, reason=WHY, question=second)
    destroy_approved(at=AFTER)
    made.refresh_from_db()
    assert (made.kept, made.counts["questions"]) == (1, 2)
    assert Customer.objects.get(pk=person.pk).name == "K. Kanariestra"
    end_hold(pk=hold.pk, by=cast.sanne, at=AFTER)
    assert first in due(AFTER)


def test_killed_in_the_middle_of_a_list_it_goes_on(
    cast: Cast, person: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = approved(cast)
    monkeypatch.setattr(destruction, "AT_ONCE", 1)
    real, calls = destruction.wipe_questions, []

    def dies(**kwargs: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(**kwargs)

    monkeypatch.setattr(destruction, "wipe_questions", dies)
    with pytest.raises(KeyboardInterrupt):
        destroy_approved(at=AFTER)
    assert made.entries.count() == 3
    destroy_approved(at=AFTER)
    made.refresh_from_db()
    assert made.state == "done" and made.counts["questions"] == 4


def test_who_decides_about_lists_and_terms(cast: Cast, person: Customer) -> None:
    made = make_list(at=AFTER)
    assert made is not None
    for nobody in (cast.fatima, cast.ria, cast.sanne, cast.joost):
        with pytest.raises(PermissionDenied):
            propose_list(pk=made.pk, by=nobody, at=AFTER)
    with pytest.raises(Refused, match="moet deze lijst eerst voorstellen"):
        approve_list(pk=made.pk, by=cast.sanne, at=AFTER)
    propose_list(pk=made.pk, by=cast.beheer, at=AFTER)
    with pytest.raises(PermissionDenied):
        approve_list(pk=made.pk, by=cast.beheer, at=AFTER)
    with pytest.raises(Error), transaction.atomic():
        DestructionList.objects.filter(pk=made.pk).update(state="approved", decided_by=cast.beheer)
    refuse_list(pk=made.pk, by=cast.sanne, at=AFTER, remark="Eerst de klachten nakijken")
    assert destroy_approved(at=AFTER) == 0 and make_list(at=AFTER) is not None
    propose_term(code="question.question.phone", days=2000, by=cast.beheer, at=AFTER)
    with pytest.raises(PermissionDenied):
        decide_term(code="question.question.phone", days=2000, is_agreed=True, by=cast.beheer, at=AFTER)
    decide_term(code="question.question.phone", days=2000, is_agreed=True, by=cast.sanne, at=AFTER)
    assert {one.channel for one in due(AFTER)} == {"email"} and chosen()["question.question.phone"] == 2000
    for code, days in (
        ("read_log", 30),
        ("drafts", 1),
        ("question.nix", 40),
        ("question.question.nix", 40),
        ("raw", 999_999),
    ):
        with pytest.raises(Refused):
            propose_term(code=code, days=days, by=cast.beheer, at=AFTER)


def test_the_rest_goes_by_itself_once_a_night(cast: Cast, person: Customer) -> None:
    at = now()
    old = at - timedelta(days=9 * 365)
    InboundMessage.objects.update(done_at=old)
    Call.objects.update(entered_at=old)
    Notice.objects.create(user=cast.henk, kind="assigned", question=Question.objects.first(), key="x", at=old)
    create_customer(by=cast.fatima, at=old, name="Nooit gevraagd")
    young = create_customer(by=cast.fatima, at=at, name="Net nieuw")
    AccessEntry.objects.create(at=old, page="customer")
    AuditEntry.objects.create(at=old, action="proef")
    recent = AccessEntry.objects.create(at=at, page="customer")
    done = keep_terms(at=at)
    counts = {
        "customer": 1,
        "raw": 2,
        "left_alone": 1,
        "numbers": 1,
        "notices": 1,
        "read_log": 1,
        "audit": 1,
        "outgoing": 0,
        "dead": 0,
    }
    assert done == counts
    assert (
        not InboundRaw.objects.exclude(message__state="parked").exists()
        and not Call.objects.exclude(caller="").exists()
    )
    assert Customer.objects.get(pk=young.pk).name == "Net nieuw" and AccessEntry.objects.filter(pk=recent.pk).exists()
    assert keep_terms(at=at) == {} and Heartbeat.objects.get(name="privacy.terms").detail["raw"] == 2


@pytest.mark.parametrize("why", ["hold", "hold on a question", "restricted"])
def test_of_who_is_held_or_restricted_nothing_goes_by_itself(cast: Cast, person: Customer, why: str) -> None:
    at = now()
    old = at - timedelta(days=9 * 365)
    InboundMessage.objects.update(done_at=old)
    Call.objects.update(entered_at=old)
    alone = create_customer(by=cast.fatima, at=old, name="Nooit gevraagd")
    question = Question.objects.filter(customer=person, is_confidential=False).first()
    assert question is not None
    if why == "restricted":
        Customer.objects.filter(pk__in=[person.pk, alone.pk]).update(restricted_at=at)
    elif why == "hold":
        place_hold(by=cast.sanne, at=at, reason=WHY, customer=person)
        place_hold(by=cast.sanne, at=at, reason=WHY, customer=alone)
    else:
        place_hold(by=cast.sanne, at=at, reason=WHY, question=question)
        place_hold(by=cast.sanne, at=at, reason=WHY, customer=alone)
    InboundMessage.objects.create(
        source="test", external_key="bedankt", received_at=old, taken_in_at=old, sha256="1" * 64, size=9, state="done", outcome="ignored",
        sender=EMAIL, subject="Bedankt", done_at=old,
    )  # fmt: skip
    done = keep_terms(at=at)
    assert (done["customer"], done["numbers"]) == (0, 0)
    assert InboundRaw.objects.filter(message__sender=EMAIL).count() == 1 and Call.objects.exclude(caller="").exists()
    assert InboundMessage.objects.filter(sender=EMAIL, subject="Bedankt").exists()


def test_what_came_in_stays_as_it_came_for_a_held_question_of_nobody(cast: Cast, person: Customer) -> None:
    at = now()
    InboundMessage.objects.update(done_at=at - timedelta(days=9 * 365))
    question = Question.objects.filter(contacts__inbound__raw__isnull=False, is_confidential=False).first()
    assert question is not None
    Question.objects.filter(pk=question.pk).update(customer=None)
    Contact.objects.filter(questions=question).update(customer=None)
    kept = InboundRaw.objects.filter(message__contact__questions=question)
    place_hold(by=cast.sanne, at=at, reason=WHY, question=question)
    keep_terms(at=at)
    assert kept.count() == 1


def test_a_hold_on_what_is_destroyed_is_refused(cast: Cast, person: Customer) -> None:
    approved(cast)
    question = Question.objects.filter(customer=person, is_confidential=False).first()
    destroy_approved(at=AFTER)
    with pytest.raises(Refused, match="vernietigd"):
        place_hold(by=cast.sanne, at=AFTER, reason=WHY, question=question)


def test_of_a_held_person_everybody_who_is_one_with_it_is_kept_by_one_question(
    cast: Cast, person: Customer, django_assert_num_queries: Any
) -> None:
    family = [create_customer(by=cast.fatima, at=AFTER, name=f"K. Kanarie {n}") for n in range(4)]
    for one, into in zip(family, [person, family[0], person, family[2]], strict=True):
        Customer.objects.filter(pk=one.pk).update(merged_into=into)
    other = create_customer(by=cast.fatima, at=AFTER, name="J. Anders")
    assert kept_people(AFTER) == set()
    place_hold(by=cast.sanne, at=AFTER, reason="Bezwaar bij de rechter", customer=family[1])  # below another
    place_hold(by=cast.sanne, at=AFTER, reason="Bezwaar bij de rechter", customer=other)
    with django_assert_num_queries(4):
        assert kept_people(AFTER) == {person.pk, other.pk, *(one.pk for one in family)}


def test_nobody_takes_a_young_line_from_a_log(cast: Cast) -> None:
    AccessEntry.objects.create(at=now() - timedelta(days=300), page="customer")
    AccessEntry.objects.create(at=now() - timedelta(days=400), page="customer")
    speak_as(make_app_role())
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_old_from_logs('access', %s, 100)", [now()])
        assert cursor.fetchone() == (1,)
        cursor.execute("SELECT set_config('kcc.erasing', 'old', true)")
        with pytest.raises(Error), transaction.atomic():
            cursor.execute("DELETE FROM organisation_accessentry")
    assert AccessEntry.objects.count() == 1
    assert AuditEntry.objects.get(action="log.lines_removed").detail == {"rows": 1}


def test_every_term_is_carried_out_by_a_job_that_runs() -> None:
    from opmeer_kcc.ticks import TICKS
    from privacy.actions.keep_terms import STEPS

    assert {one.job for one in (*HOUSE, *FIXED)} <= set(TICKS)
    days = {one.code: one.days for one in FIXED}
    assert (days["invited"], days["words"]) == (KNOWN_DAYS, WORDS_DAYS)
    assert set(STEPS) == {one.code for one in HOUSE}
    assert term_of("question.complaint.letter") and term_of("question.complaint.letter").days == 5 * 365  # type: ignore[union-attr]
