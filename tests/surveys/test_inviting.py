"""Customers are asked once about a contact that ended: who, when, and never twice."""

import re
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from channels_app.actions.deliver import deliver
from channels_app.models import DeadAddress, MessageSource, OutboundMessage, StoppedNumber
from channels_app.signals import outbound_settled
from contacts.actions.customers import create_customer
from contacts.actions.make_letter import make_letter
from contacts.actions.merge import merge_customers
from contacts.actions.post_letter import post_letter
from contacts.models import Contact, ContactAddress, Question
from contacts.person.file import person_file
from organisation.models import AuditEntry
from surveys.actions.invite import invite
from surveys.actions.opt_out import note_wish, opt_out
from surveys.actions.still_welcome import still_welcome
from surveys.choices import asking_choices
from surveys.links import address_hash, token_hash
from surveys.models import AskingChoices, ChannelRule, Invitation, OptOut
from tests.cast import Cast
from tests.surveys.conftest import AT, Ended, token_of
from tests.surveys.scene import invitation


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


def test_invitations_leave_one_after_the_other_and_hold_nothing_up(asking: None, ended: Ended) -> None:
    for number in range(25):
        ended(f"Klant{number}")
    invite(at=AT)
    moments = list(OutboundMessage.objects.filter(purpose="survey").values_list("next_try_at", flat=True))
    assert min(moments) == AT
    assert max(moments) > AT + timedelta(seconds=1)


def test_the_ceiling_on_automatic_mail_counts_no_invitations(asking: None, ended: Ended, settings: Any) -> None:
    settings.DEMO_MODE = True
    for number in range(5):
        ended(f"Klant{number}")
    invite(at=AT)
    OutboundMessage.objects.filter(purpose="survey").update(next_try_at=AT, to_address="een@example.nl")
    assert deliver(at=AT).sent >= 5
    message = OutboundMessage.objects.filter(purpose="survey").first()
    assert message is not None
    assert "/mening/…" in message.body  # the secret leaves our database with the mail
    assert "/mening/…" in message.html
    assert not re.search(r"/mening/[\w-]{22}", message.body + message.html)


def test_who_was_not_reached_was_not_asked(asking: None, ended: Ended) -> None:
    ended()
    invite(at=AT)
    message = OutboundMessage.objects.get(purpose="survey")
    message.state = "failed"
    message.save()
    outbound_settled.send(sender=OutboundMessage, message=message)
    assert Invitation.objects.get().is_undelivered
    assert not OutboundMessage.objects.for_people().filter(state="failed").exists()


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


EVENING = AT.replace(hour=18, minute=59)
"""19:59 in Amsterdam: a minute before the quiet hours."""


def test_a_mail_that_could_not_leave_waits_for_the_morning(asking: None, ended: Ended, settings: Any) -> None:
    settings.DEMO_MODE = False  # no mail server: an outage
    ended(at=EVENING)
    assert invite(at=EVENING) == 1
    assert deliver(at=EVENING).later >= 1
    settings.DEMO_MODE = True  # it is back at night
    for hours in (0.1, 3, 7, 11):
        deliver(at=EVENING + timedelta(hours=hours))
        message = OutboundMessage.objects.get(purpose="survey")
        assert message.sent_at is None
        assert message.error == "Enquêtes gaan niet uit op dit uur."
    assert timedelta() <= message.next_try_at - AT.replace(day=26, hour=7) < timedelta(minutes=10)  # from 08:00 on
    assert deliver(at=AT.replace(day=26, hour=7, minute=10)).sent >= 1
    message.refresh_from_db()
    assert message.state == "sent"
    assert message.tries == 2  # waiting is no try


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("opt_out", "De klant wil geen enquêtes meer."),
        ("confidential", "Hierover mag niets meer worden gevraagd."),
        ("expired", "De link erin werkt niet meer."),
        ("erased", "Hierover mag niets meer worden gevraagd."),
        ("reopened", "De vraag is niet meer beantwoord."),
        ("undone", "De vraag is niet meer beantwoord."),
    ],
)
def test_an_invitation_that_waits_stops_when_it_is_not_welcome_any_more(
    asking: None, ended: Ended, settings: Any, change: str, reason: str
) -> None:
    settings.DEMO_MODE = True
    made = ended()
    invite(at=AT)
    invitation = Invitation.objects.get()
    if change == "opt_out":
        OptOut.objects.create(address_hash=invitation.address_hash, since_at=AT)
    elif change == "confidential":
        Question.objects.filter(pk=made.questions[0].pk).update(is_confidential=True)
    elif change == "expired":
        Invitation.objects.update(expires_at=AT)
    elif change == "reopened":
        Question.objects.update(status="in_progress", close_reason="", closed_at=None, closed_on=None)
    elif change == "undone":
        Question.objects.update(status="cancelled", close_reason="duplicate")
    else:
        Invitation.objects.update(contact=None)
    deliver(at=AT)
    message = OutboundMessage.objects.get(purpose="survey")
    assert (message.state, message.error, message.sent_at) == ("held", reason, None)
    assert "/mening/…" in message.body
    assert Invitation.objects.get().is_undelivered  # who was not asked counts for nothing
    assert not OutboundMessage.objects.for_people().filter(state="held").exists()


def test_what_the_mail_server_took_already_is_only_settled(asking: None, ended: Ended, settings: Any) -> None:
    settings.DEMO_MODE = True
    ended()
    invite(at=AT)
    OutboundMessage.objects.filter(purpose="survey").update(state="sending", accepted_at=AT)
    OptOut.objects.create(address_hash=Invitation.objects.get().address_hash, since_at=AT)
    deliver(at=AT)
    assert OutboundMessage.objects.get(purpose="survey").state == "sent"


def test_an_invitation_that_nobody_knows_holds_nothing_else_up(asking: None, ended: Ended, settings: Any) -> None:
    settings.DEMO_MODE = True
    ended()
    ended("Mail", channel="email")
    invite(at=AT)
    broken, whole = OutboundMessage.objects.filter(purpose="survey").order_by("pk")
    OutboundMessage.objects.filter(pk=broken.pk).update(object_key="invitation:geen-nummer")
    OutboundMessage.objects.filter(pk=whole.pk).update(next_try_at=AT)
    deliver(at=AT)
    broken.refresh_from_db()
    whole.refresh_from_db()
    assert (broken.state, broken.next_try_at) == ("queued", AT + timedelta(minutes=10))
    assert whole.state == "sent"


def test_a_customer_who_says_at_the_desk_that_it_is_enough_is_not_asked(
    asking: None, ended: Ended, settings: Any, cast: Cast
) -> None:
    settings.DEMO_MODE = True
    made = ended()
    invite(at=AT)
    desk = Client()
    desk.force_login(cast.fatima)
    page = f"/klanten/{made.contact.customer_id}/"
    wish = f"/enquetes/klanten/{made.contact.customer_id}/"
    assert "Mag een enquête krijgen over hoe wij hielpen." in desk.get(page).content.decode()
    for _press in range(2):
        assert desk.post(wish, {"keuze": "niet"})["Location"] == page
    assert "Wil geen enquêtes." in desk.get(page).content.decode()
    assert AuditEntry.objects.filter(action="survey.opted_out").count() == 1
    deliver(at=AT)  # the invitation that was on its way
    assert OutboundMessage.objects.get(purpose="survey").state == "held"
    ContactAddress.objects.create(
        customer=made.contact.customer, kind="email", value="nieuw@example.nl", normalized="nieuw@example.nl"
    )
    assert "Wil geen enquêtes." in desk.get(page).content.decode()
    later = AT + timedelta(days=100)
    again = ended(at=later, email="nieuw@example.nl").contact
    Contact.objects.filter(pk=again.pk).update(customer=made.contact.customer)
    assert invite(at=later) == 0  # the wish is of the person, not of the address
    desk.post(wish, {"keuze": "wel"})
    assert not OptOut.objects.exists()
    assert invite(at=later) == 1
    director = Client()
    director.force_login(cast.joost)
    assert director.post(wish, {"keuze": "niet"}).status_code == 403


def test_who_opts_out_with_a_link_of_before_two_customers_became_one_is_heard_for_both(
    asking: None, ended: Ended, cast: Cast
) -> None:
    gone = ended("Jansen").contact.customer
    invite(at=AT)
    token = token_of(OutboundMessage.objects.get(purpose="survey"))
    kept = ended("Pieters").contact.customer
    merge_customers(keep=kept, merge=gone, by=cast.sanne, at=AT)
    assert opt_out(token=token, at=AT)
    salt = asking_choices().salt
    refused = set(OptOut.objects.values_list("address_hash", flat=True))
    assert {address_hash(salt, f"{name}@example.nl") for name in ("jansen", "pieters")} <= refused


def test_who_has_no_address_is_told_nothing_about_surveys(asking: None, ended: Ended, cast: Cast) -> None:
    made = ended(email="")
    desk = Client()
    desk.force_login(cast.fatima)
    assert "enquête" not in desk.get(f"/klanten/{made.contact.customer_id}/").content.decode().split('id="h-data"')[1]


def test_who_asks_what_we_know_reads_when_he_was_asked_and_that_he_wants_no_more(cast: Cast) -> None:
    at = AT
    wit = create_customer(by=cast.fatima, at=at, name="J. de Wit", email="wit@gesprek.nl")
    asked = invitation(cast, at)
    Invitation.objects.filter(pk=asked.pk).update(customer=wit)
    told = {one.title: one.rows for one in person_file(wit, cast.sanne)}
    assert [row["Wat"] for row in told["Enquêtes"]] == [f"gevraagd: {asked.survey.name}"]
    note_wish(customer=wit, wants=False, at=at, by=cast.fatima)
    told = {one.title: one.rows for one in person_file(wit, cast.sanne)}
    assert [row["Wat"] for row in told["Enquêtes"]][-1] == "wil geen enquêtes"


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
