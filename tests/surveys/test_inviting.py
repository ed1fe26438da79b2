"""Customers are asked once about a contact that ended: who, when, and never twice."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from channels_app.actions.deliver import deliver
from channels_app.models import DeadAddress, MessageSource, OutboundMessage, StoppedNumber
from contacts.actions.make_letter import make_letter
from contacts.actions.merge import merge_customers
from contacts.actions.post_letter import post_letter
from contacts.models import Contact, ContactAddress, Question
from surveys.actions.invite import invite
from surveys.actions.still_welcome import still_welcome
from surveys.choices import asking_choices
from surveys.links import address_hash, token_hash
from surveys.models import AskingChoices, ChannelRule, Invitation, OptOut
from tests.cast import Cast
from tests.surveys.conftest import AT, Ended, token_of


def test_the_mail_carries_a_link_and_says_nothing_of_the_question(asking: None, ended: Ended) -> None:
    made = ended()
    assert invite(at=AT) == 1
    message = OutboundMessage.objects.get(purpose="survey")
    invitation = Invitation.objects.get()
    assert invitation.contact_id == made.contact.pk
    assert invitation.token_hash == token_hash(token_of(message))
    assert message.to_address == "jansen@example.nl"
    assert message.is_automatic
    assert "U belde ons op woensdag 25 november." in message.body
    assert "rofvuil" not in message.body + message.subject
    assert token_of(message) not in str(list(Invitation.objects.values()))
    assert f'<a href="http://127.0.0.1:8000/mening/{token_of(message)}/">Geef uw mening</a>' in message.html
    assert "rofvuil" not in message.html


def test_a_name_is_no_markup_in_the_mail(asking: None, ended: Ended) -> None:
    ended("<b>Vet</b>", email="vet@example.nl")
    invite(at=AT)
    assert "&lt;b&gt;Vet&lt;/b&gt;" in OutboundMessage.objects.get(purpose="survey").html


def test_nobody_is_asked_until_the_channel_is_switched_on(cast: Cast, ended: Ended) -> None:
    ended()
    assert invite(at=AT) == 0


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({}, 1),
        ({"is_confidential": True}, 0),
        ({"end": "forward"}, 0),
        ({"close_reason": "spam"}, 0),
        ({"close_reason": "wrong_number"}, 0),
        ({"close_reason": "connected"}, 0),
        ({"channel": "social", "hours": 3}, 0),
        ({"hours": 0.5}, 0),
        ({"hours": 24 * 6}, 0),
        ({"email": ""}, 0),
        ({"email": "noreply@example.nl"}, 0),
        ({"email": "servicecentrum@opmeer.example"}, 0),
        ({"channel": "counter"}, 1),
    ],
)
def test_who_is_asked(asking: None, ended: Ended, how: dict[str, Any], expected: int) -> None:
    ended(**how)
    assert invite(at=AT) == expected


def test_nobody_is_asked_while_the_posting_of_the_letter_can_be_undone(cast: Cast, asking: None, ended: Ended) -> None:
    question = ended(end="forward", hours=30).questions[0]
    given = {"recipient": "A. Kok\nDorp 1\n1716 KA Opmeer", "greeting": "", "text": "Ja.", "then": "close"}
    letter = make_letter(question=question, by=cast.henk, at=AT - timedelta(hours=29), **given)
    post_letter(letter=letter, by=cast.henk, at=AT, posted_on=(AT - timedelta(days=1)).date())
    assert invite(at=AT + timedelta(seconds=50)) == 0
    assert invite(at=AT + timedelta(seconds=70)) == 1


def test_a_contact_with_another_question_that_is_open_or_confidential_waits(asking: None, ended: Ended) -> None:
    made = ended()
    Question.objects.filter(pk=made.questions[0].pk).update(is_confidential=True)
    assert invite(at=AT) == 0


def test_automatic_mail_is_never_asked_about(asking: None, ended: Ended) -> None:
    made = ended()
    Contact.objects.filter(pk=made.contact.pk).update(is_automatic=True)
    assert invite(at=AT) == 0


def test_an_address_that_came_back_or_opted_out_is_not_asked(asking: None, ended: Ended) -> None:
    ended("Dood")
    ended("Klaar")
    DeadAddress.objects.create(address="dood@example.nl", since_at=AT)
    OptOut.objects.create(address_hash=address_hash(AskingChoices.objects.get().salt, "Klaar@example.nl"), since_at=AT)
    assert invite(at=AT) == 0


def test_a_second_run_and_a_later_one_ask_nobody_again(asking: None, ended: Ended) -> None:
    ended()
    assert [invite(at=AT), invite(at=AT), invite(at=AT + timedelta(hours=3))] == [1, 0, 0]
    assert OutboundMessage.objects.filter(purpose="survey").count() == 1


def test_a_customer_is_asked_once_in_ninety_days_also_within_one_run(asking: None, ended: Ended) -> None:
    ended(hours=3)
    ended(hours=2)  # another customer with the same address
    assert invite(at=AT) == 1
    later = AT + timedelta(days=89)
    ended(at=later)
    assert invite(at=later) == 0
    later = AT + timedelta(days=91)
    ended(at=later)
    assert invite(at=later) == 1


def test_who_was_asked_before_two_customers_became_one_is_not_asked_again(
    asking: None, ended: Ended, cast: Cast
) -> None:
    gone = ended("Jansen").contact.customer
    assert invite(at=AT) == 1
    later = AT + timedelta(days=10)
    kept = ended("Pieters", at=later).contact.customer
    merge_customers(keep=kept, merge=gone, by=cast.sanne, at=later)
    ContactAddress.objects.filter(normalized="jansen@example.nl").delete()  # only the other address is left
    assert invite(at=later) == 0


def test_quiet_hours_and_an_outage_only_postpone(asking: None, ended: Ended) -> None:
    evening = AT.replace(hour=20)  # 21:00 in Amsterdam
    ended(at=evening)
    assert invite(at=evening) == 0
    assert invite(at=evening + timedelta(hours=12)) == 1


def test_after_a_week_without_a_worker_old_contacts_are_left_alone(asking: None, ended: Ended) -> None:
    ended("Oud")
    ended("Nieuw", at=AT + timedelta(days=6))
    assert invite(at=AT + timedelta(days=6)) == 1
    assert Invitation.objects.get().customer.name == "Nieuw"


def test_the_share_decides_how_many(asking: None, ended: Ended) -> None:
    ChannelRule.objects.filter(channel="phone").update(share=50)
    for number in range(60):
        ended(f"Klant{number}")
    assert 15 < invite(at=AT) < 45


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_ask_everybody_once(asking: None, ended: Ended) -> None:
    for number in range(30):
        ended(f"Klant{number}")
    barrier, asked = Barrier(2), []

    def work() -> None:
        try:
            barrier.wait(60)
            asked.append(invite(at=AT))
        finally:
            connection.close()

    threads = [Thread(target=work) for _one in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    asked.append(invite(at=AT))  # whoever gave way finds the rest, if any
    assert sum(asked) == 30
    assert Invitation.objects.count() == OutboundMessage.objects.filter(purpose="survey").count() == 30


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        ({}, 1),
        ({"email": "jansen@example.nl"}, 0),
        ({"may": False}, 0),
        ({"stopped": True}, 0),
        ({"wish": True}, 0),
        ({"channel": "counter"}, 1),
    ],
)
def test_who_has_no_address_is_asked_by_text_message_where_an_account_may(
    asking: None, ended: Ended, change: dict[str, Any], asked: int
) -> None:
    MessageSource.objects.create(kind="sms", name="SMS", account="31226", sends_surveys=change.get("may", True))
    if change.get("stopped"):
        StoppedNumber.objects.create(number="31612345678", since_at=AT)
    made = ended(email=change.get("email", ""), channel=change.get("channel", "phone"))
    if change.get("wish"):
        OptOut.objects.create(address_hash=address_hash(asking_choices().salt, "31612345678"), since_at=AT)
    invite(at=AT)
    sent = OutboundMessage.objects.filter(purpose="survey", channel="sms")
    assert len(sent) == asked
    for message in sent:
        assert (message.to_address, Invitation.objects.get().channel) == ("31612345678", made.contact.channel)
        assert "STOP" in message.body and "rofvuil" not in message.body and len(message.body) <= 765
        assert still_welcome(message=message, at=AT) is None
        StoppedNumber.objects.create(number="31612345678", since_at=AT)
        deliver(at=AT + timedelta(minutes=1), by_services=True)
        message.refresh_from_db()
        assert message.state == "held"
