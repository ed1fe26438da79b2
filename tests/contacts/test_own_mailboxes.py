"""Each mailbox has its own team, hours and acknowledgement."""

from __future__ import annotations

from datetime import datetime

import pytest

from channels_app.actions.parse_inbox import parse_inbox
from channels_app.actions.take_in import take_in
from channels_app.models import Mailbox, OutboundMessage
from contacts.actions.register_mail import register_mail
from contacts.models import Contact, NormClock
from organisation.clock import AMSTERDAM
from organisation.models import CalendarHours, WorkingCalendar
from organisation.snapshot import ORGANISATION
from tests.cast import Cast
from tests.channels_app.corpus import mail

FRIDAY = datetime(2026, 3, 6, 15, 0, tzinfo=AMSTERDAM)
OWN = "{aanhef}\n\nUw bericht heeft nummer {nummer}.\nU hoort uiterlijk {uiterlijk} van ons.\nVolg uw vraag: {link}\n{iets}"


@pytest.fixture
def week(cast: Cast) -> WorkingCalendar:
    """Open every day of the week."""
    calendar = WorkingCalendar.objects.create(name="Alle dagen")
    CalendarHours.objects.bulk_create(
        CalendarHours(calendar=calendar, weekday=weekday, opens=480, closes=1200) for weekday in range(7)
    )
    ORGANISATION.forget()
    return calendar


def receive(mailbox: Mailbox, key: str = "1:1") -> Contact:
    raw = mail("Het hek is stuk.", mid=f"<{key.replace(':', '-')}-{mailbox.pk}@burger.example>")
    taken = take_in(
        raw=raw, source=f"mailbox:{mailbox.pk}", external_key=key, received_at=FRIDAY, at=FRIDAY, mailbox=mailbox
    )
    parse_inbox(at=FRIDAY)
    register_mail(at=FRIDAY)
    return Contact.objects.get(inbound=taken.message)


def test_two_mailboxes_differ_in_team_hours_and_words(cast: Cast, week: WorkingCalendar) -> None:
    of_house = Mailbox.objects.create(name="Gemeente", address="gemeente@opmeer.example")
    of_team = Mailbox.objects.create(
        name="Buiten",
        address="buiten@opmeer.example",
        team=cast.openbare_ruimte,
        calendar=week,
        acknowledgement_text=OWN,
    )
    first, second = receive(of_house), receive(of_team)
    teams = [one.questions.get().team for one in (first, second)]
    assert teams == [cast.servicecentrum, cast.openbare_ruimte]
    due = [
        NormClock.objects.get(contact=one, code="email.answer").due_at.astimezone(AMSTERDAM) for one in (first, second)
    ]
    assert [f"{one:%a %d}" for one in due] == ["Thu 12", "Tue 10"], "from Friday: three working days, or Sat Sun Mon"
    texts = [
        OutboundMessage.objects.get(purpose="acknowledgement", object_key=f"contact:{one.pk}").body
        for one in (first, second)
    ]
    assert "Een collega leest uw vraag" in texts[0]
    number = second.questions.get().number
    assert (
        f"Uw bericht heeft nummer {number}.\nU hoort uiterlijk maandag 9 maart van ons.\nVolg uw vraag: http"
        in texts[1]
    )
    assert "{iets}" in texts[1], "what is no field stays as it was typed"


def test_a_mailbox_without_acknowledgement_promises_none(cast: Cast) -> None:
    contact = receive(Mailbox.objects.create(name="x", address="x@opmeer.example", has_acknowledgement=False))
    assert not OutboundMessage.objects.filter(purpose="acknowledgement").exists()
    assert list(NormClock.objects.filter(contact=contact).values_list("code", flat=True)) == ["email.answer"]


def test_a_line_with_a_field_that_is_not_known_is_left_out(cast: Cast) -> None:
    from contacts.actions.acknowledge import own_text

    made = own_text(OWN, "", "OPM-2026-1", "", "")
    assert made.splitlines() == ["Beste heer, mevrouw,", "", "Uw bericht heeft nummer OPM-2026-1.", "{iets}"]
