"""An invitation on its way: at its own pace, not at night, not to who is no longer welcome to it, and what counts as asked."""

import re
from datetime import timedelta
from typing import Any

import pytest

from channels_app.actions.deliver import deliver
from channels_app.models import OutboundMessage
from channels_app.signals import outbound_settled
from contacts.models import Question
from surveys.actions.answer import answer
from surveys.actions.invite import invite
from surveys.models import Invitation, OptOut
from tests.surveys.conftest import AT, Ended, token_of


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


@pytest.mark.parametrize(
    ("order", "is_undelivered"),
    [
        ("failed", True),
        ("failed sent", False),
        ("sent failed", True),
        ("sent failed sent", False),
        ("sent answered failed", False),
        ("failed answered", False),
        ("failed answered failed", False),
        ("held", True),
        ("dropped", True),
        ("sent reminder:sent failed", False),
        ("sent reminder:failed", False),
        ("sent reminder:failed failed", True),
        ("sent failed reminder:sent", False),
        ("sent reminder:sent failed reminder:failed", True),
        ("sent expired failed", True),
        ("failed expired sent", False),
        ("sent erased failed", True),
    ],
)
def test_who_was_reached_by_no_mail_of_ours_was_not_asked(
    asking: None, ended: Ended, order: str, is_undelivered: bool
) -> None:
    ended()
    invite(at=AT)
    first = OutboundMessage.objects.get(purpose="survey")
    token, key = token_of(first), first.object_key.removeprefix("invitation:")
    for word in order.split():
        which, state = word.split(":") if ":" in word else ("invitation", word)
        if state == "answered":
            assert answer(token=token, values={}, wants_contact=False, at=AT)
        elif state == "expired":
            Invitation.objects.update(expires_at=AT)
        elif state == "erased":
            Invitation.objects.update(contact=None, customer=None, address_hash="")
        else:
            terms = {"to_address": first.to_address, "subject": "?", "created_at": AT, "next_try_at": AT}
            message, _is_new = OutboundMessage.objects.update_or_create(
                purpose="survey",
                object_key=f"{which}:{key}",
                defaults={"state": state},
                create_defaults={**terms, "state": state},
            )
            outbound_settled.send(sender=OutboundMessage, message=message)
    assert Invitation.objects.get().is_undelivered is is_undelivered
    assert not OutboundMessage.objects.for_people().filter(state__in=["failed", "held"]).exists()


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
