"""Registering: one contact becomes questions with a team, a reason, clocks and history, exactly once."""

import re
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from channels_app.models import OutboundMessage
from contacts.actions.register import Asked, CallbackAsked, NewCustomer, register
from contacts.models import Assignment, Contact, Customer, NormClock, Question
from organisation.clock import AMSTERDAM
from organisation.errors import Refused
from tests.cast import Cast

AT = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)


def by_phone(cast: Cast, **changes):
    asked = {"subject_id": cast.grofvuil.pk, "end": "direct", "text": "Bank weg"} | changes
    return register(by=cast.fatima, at=AT, channel="phone", received_at=AT, asked=[Asked(**asked)], text="Bank weg")


def test_a_call_answered_at_once_is_closed_and_counts_as_direct(cast: Cast) -> None:
    question = by_phone(cast).questions[0]
    question.refresh_from_db()
    assert (question.status, question.is_direct, question.close_reason) == ("closed", True, "direct")
    assert re.fullmatch(r"OPM-2026-\d{6}", question.number)
    assert question.title == "Grofvuil ophalen"
    assert not question.clocks.exists()
    assert question.history.get().history_user == cast.fatima


def test_the_first_question_of_a_year_has_number_one(cast: Cast) -> None:
    later = AT.replace(year=2031)
    for number in ("OPM-2031-000001", "OPM-2031-000002"):
        made = register(by=cast.fatima, at=later, channel="phone", received_at=later, asked=[Asked()], text="Bank weg")
        assert made.questions[0].number == number


def test_a_question_handed_on_goes_to_the_team_of_its_subject_with_the_reason(cast: Cast) -> None:
    question = by_phone(cast, end="forward").questions[0]
    held = Assignment.objects.get(question=question, until_at=None)
    assert held.team == cast.openbare_ruimte
    assert "Grofvuil ophalen" in held.reason
    clock = question.clocks.get()
    assert (clock.code, clock.state) == ("handover.answer", "running")
    assert question.due_at == clock.due_at == datetime(2026, 3, 6, 0, 0, tzinfo=AMSTERDAM)


def test_an_e_mail_gets_its_acknowledgement_and_both_clocks(cast: Cast) -> None:
    made = register(
        by=None,
        at=AT,
        channel="email",
        received_at=AT - timedelta(minutes=1),
        asked=[Asked()],
        customer=NewCustomer(name="A. de Wit", email="a.dewit@voorbeeld.nl"),
        text="Mijn koelkast staat er nog.",
        subject_line="Grofvuil",
        address="a.dewit@voorbeeld.nl",
    )
    assert set(made.questions[0].clocks.values_list("code", flat=True)) == {"email.acknowledge", "email.answer"}
    message = OutboundMessage.objects.get(purpose="acknowledgement", object_key=f"contact:{made.contact.pk}")
    assert made.questions[0].number in message.body
    assert "donderdag 5 maart" in message.body
    assert Customer.objects.get().addresses.get().normalized == "a.dewit@voorbeeld.nl"


def test_a_letter_registered_late_is_born_missed(cast: Cast) -> None:
    stamp = datetime(2026, 2, 16, 12, 0, tzinfo=AMSTERDAM)
    made = register(
        by=cast.fatima, at=AT, channel="letter", received_at=stamp, asked=[Asked(subject_id=cast.paspoort.pk)], text="x"
    )
    clock = made.questions[0].clocks.get()
    assert (clock.code, clock.state) == ("letter.respond", "missed")
    assert clock.settled_at == clock.due_at == datetime(2026, 2, 24, 0, 0, tzinfo=AMSTERDAM)
    assert made.questions[0].due_at == clock.due_at


def test_the_same_key_registers_once(cast: Cast) -> None:
    def once():
        return register(
            by=cast.fatima, at=AT, channel="phone", received_at=AT, asked=[Asked(end="direct")], text="x", key="draft-1"
        )

    first, second = once(), once()
    assert second.is_repeat and not first.is_repeat
    assert second.contact == first.contact
    assert [q.pk for q in second.questions] == [q.pk for q in first.questions]
    assert Contact.objects.count() == Question.objects.count() == 1


def test_a_call_with_three_questions_is_one_contact(cast: Cast) -> None:
    asked = [
        Asked(subject_id=cast.grofvuil.pk, end="direct"),
        Asked(subject_id=cast.paspoort.pk, end="forward"),
        Asked(subject_id=cast.afval.pk, end="callback", callback=CallbackAsked("06 12 34 56 78", "Jan", "na 14 uur")),
    ]
    made = register(by=cast.fatima, at=AT, channel="phone", received_at=AT, asked=asked, text="x")
    assert [q.status for q in made.questions] == ["closed", "new", "new"]
    assert Contact.objects.count() == 1
    assert made.questions[2].callbacks.get().name == "Jan"
    assert made.questions[2].clocks.get().code == "callback.done"


def test_waiting_for_the_customer_pauses_the_clock_at_once(cast: Cast) -> None:
    question = by_phone(cast, end="waiting").questions[0]
    clock = question.clocks.get()
    assert (question.status, clock.state, clock.remaining) == ("waiting", "paused", 3)
    assert question.due_at is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"received_at": AT + timedelta(hours=1)}, "received_at"),
        ({"channel": "fax"}, "channel"),
        ({"asked": []}, "asked"),
        ({"asked": [Asked(subject_id=999_999)]}, "subject"),
        ({"asked": [Asked(team_id=999_999)]}, "team"),
        ({"asked": [Asked(end="callback")]}, "callback_phone"),
        ({"customer": NewCustomer(name="\x00 ")}, "customer_name"),
    ],
)
def test_what_cannot_be_accepted_is_refused_and_leaves_nothing(cast: Cast, changes: dict, field: str) -> None:
    given = {
        "by": cast.fatima,
        "at": AT,
        "channel": "phone",
        "received_at": AT,
        "asked": [Asked(end="direct")],
    } | changes
    with pytest.raises(Refused) as refused:
        register(**given, text="x")
    assert refused.value.field == field
    assert Contact.objects.count() == Question.objects.count() == Customer.objects.count() == 0


def test_a_director_registers_nothing(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        register(by=cast.joost, at=AT, channel="phone", received_at=AT, asked=[Asked(end="direct")])


def test_hostile_text_is_kept_as_text(cast: Cast) -> None:
    text = "<script>alert(1)</script>\x00\u202eabc 😀 \ud800"
    made = register(
        by=cast.fatima, at=AT, channel="phone", received_at=AT, asked=[Asked(end="direct", text=text)], text=text
    )
    made.contact.refresh_from_db()
    assert made.contact.text.startswith("<script>alert(1)</script>")
    assert "\x00" not in made.contact.text


def test_spam_has_no_clock_and_is_cancelled(cast: Cast) -> None:
    question = by_phone(cast, end="direct", close_reason="wrong_number").questions[0]
    assert (question.status, question.is_direct) == ("cancelled", False)
    assert not NormClock.objects.exists()


def test_registering_takes_few_statements(cast: Cast) -> None:
    by_phone(cast, end="forward")
    with CaptureQueriesContext(connection) as queries:
        register(
            by=cast.fatima,
            at=AT,
            channel="email",
            received_at=AT,
            asked=[Asked(subject_id=cast.grofvuil.pk)],
            customer=NewCustomer(name="B", email="b@voorbeeld.nl", phone="0226351244"),
            text="x",
            key="k",
        )
    statements = [q["sql"] for q in queries if "SAVEPOINT" not in q["sql"]]
    assert len(statements) <= 8, statements


@pytest.mark.parametrize(
    ("text", "in_english"),
    [
        ("I moved to Opmeer last week and I want to register. What documents do I need for that?", True),
        ("Dzień dobry, chciałabym zapytać, kiedy jest odbierane. Nie wiem, co to jest i jak to zrobić.", True),
        ("Wanneer wordt het grofvuil in onze straat opgehaald?", False),
        ("???", False),
    ],
    ids=["English", "Polish", "Dutch", "nothing"],
)
def test_who_writes_in_another_language_reads_the_acknowledgement_in_english_too(
    cast: Cast, text: str, in_english: bool
) -> None:
    register(
        by=None, at=AT, channel="email", received_at=AT, customer=None, text=text, address="a@burger.example",
        asked=[Asked(title="Register", text=text)], acknowledge=True,
    )  # fmt: skip
    body = OutboundMessage.objects.get(purpose="acknowledgement").body
    assert "Wij hebben uw bericht ontvangen" in body
    assert ("You get an answer by Thursday 5 March" in body) is in_english


def test_of_several_questions_in_a_mail_the_first_that_goes_on_is_acknowledged(cast: Cast) -> None:
    made = register(
        by=cast.fatima,
        at=AT,
        channel="email",
        received_at=AT,
        customer=NewCustomer(name="De Wit", email="dewit@voorbeeld.nl"),
        asked=[Asked(text="Open?", end="direct"), Asked(text="Paspoort", end="forward"), Asked(text="Grofvuil")],
    )
    mail = OutboundMessage.objects.get(purpose="acknowledgement")
    assert made.questions[1].number in mail.body
    assert [one.clocks.filter(code="email.acknowledge").count() for one in made.questions] == [0, 1, 0]
