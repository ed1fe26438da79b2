"""One hostile sender closes nothing for the others: the chat and the form stay open, acknowledgements of mail go on, and somebody is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from channels_app import ceilings
from channels_app.actions import hold_back
from channels_app.actions.arrive import forget_arrivals
from channels_app.actions.deliver import deliver
from channels_app.actions.send import compose_message, queue_message
from channels_app.ceilings import Ceiling
from channels_app.models import Arrival, OutboundMessage
from contacts.actions import chat_begin as begin_module
from contacts.actions.chat_close import forget_chats
from contacts.models import Chat, Contact, Notice, Question
from contacts.views import chat as chat_view
from contacts.views import citizen_form as form_view
from organisation.clock import AMSTERDAM
from organisation.models import Municipality
from organisation.origin import NO_ORIGIN, Origin, marks_of
from organisation.snapshot import settings_changed
from tests.cast import Cast
from tests.contacts.test_citizen_form import GOOD, opened

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
HOSTILE = "203.0.113.7"
WIDE = Ceiling(10_000, 10_000, 10_000)
LONG = 60
"""Seconds for one sweep, however busy the machine is."""


@pytest.fixture(autouse=True)
def _open(cast: Cast, settings: Any) -> Iterator[None]:
    Municipality.objects.update(has_chat=True)
    an_hour_takes(100)
    settings.DEMO_MODE, settings.SMTP = True, {**settings.SMTP, "host": ""}
    with time_machine.travel(MONDAY, tick=False):
        yield


def an_hour_takes(mails: int) -> None:
    Municipality.objects.update(automatic_per_hour=mails)
    settings_changed()


def chats(count: int, address: str = HOSTILE, begin: int = 0) -> list[int]:
    """Somebody with a script that is in no hurry: what counts per minute in one process does not stop him."""
    found = []
    for number in range(begin, begin + count):
        chat_view.BEGUN.clear()
        given = {"text": "Hallo", "email": f"slachtoffer{number}@voorbeeld.nl"}
        headers = {"X-Chat": f"{address}-{number}".replace(".", "_").replace(":", "_").rjust(43, "x")}
        found.append(Client(REMOTE_ADDR=address).post("/chat/begin/", given, headers=headers).status_code)
    return found


def send_form(address: str, number: int = 0) -> tuple[int, str]:
    form_view.SENT.clear()
    given = {**opened(), **GOOD, "once": f"{address}-{number}", "email": f"p{number}@voorbeeld.nl"}
    page = Client(REMOTE_ADDR=address).post("/formulier/grofvuil/", given)
    return page.status_code, page.content.decode()


def test_fifty_chats_from_one_address_leave_the_chat_open_and_somebody_is_told(cast: Cast) -> None:
    assert chats(8).count(200) == 5
    assert Chat.objects.filter(state="waiting").count() == Question.objects.count() == 5
    assert chats(1, "198.51.100.4") == [200]
    told = Notice.objects.filter(kind="flood")
    assert set(told.values_list("user", flat=True)) == {cast.sanne.pk, cast.beheer.pk}
    desk = Client()
    desk.force_login(cast.sanne)
    assert "Er willen meer mensen chatten dan er plaats is." in desk.get("/kanalen/").content.decode()
    assert "Er willen meer mensen chatten" in desk.get("/meldingen/").content.decode()
    Chat.objects.update(state="closed", closed_at=MONDAY)
    assert chats(8, begin=100).count(200) == 5, "those who were stopped do not count"
    Chat.objects.update(state="closed", closed_at=MONDAY)
    with time_machine.travel(MONDAY + timedelta(hours=2), tick=False):
        assert "Er willen meer mensen chatten" not in desk.get("/kanalen/").content.decode()


def test_without_the_ceiling_one_address_closes_the_chat(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: what the ceiling is for."""
    monkeypatch.setattr(begin_module, "WAITING_CHATS", WIDE)
    monkeypatch.setitem(ceilings.AN_HOUR, "chat", WIDE)
    monkeypatch.setattr(begin_module, "MOST_WAITING", 12)
    assert chats(12) == [200] * 12
    assert chats(1, "198.51.100.4") == [422]


def test_who_changes_his_address_meets_the_ceiling_of_his_network() -> None:
    assert sum(chats(4, f"203.0.113.{n}").count(200) for n in range(1, 6)) == 15
    assert sum(chats(4, f"2001:db8:7:{n:x}::1").count(200) for n in range(5)) == 15
    assert chats(1, "198.51.100.4") == chats(1, "2001:db8:8::1") == [200]


def test_behind_an_exit_that_many_share_more_people_can_wait(settings: Any) -> None:
    settings.SHARED_EXITS = ["203.0.113.0/28"]
    assert chats(27).count(200) == 25, "the wifi of the hall"
    assert chats(1, "203.0.113.8") == [422] and chats(1, "203.0.113.77") == [200]


def test_a_flood_of_forms_keeps_no_other_form_out_and_the_text_stays(cast: Cast) -> None:
    network = marks_of(HOSTILE)
    Arrival.objects.bulk_create(
        Arrival(kind="form", address=network.address, network=network.network, at=MONDAY) for _one in range(29)
    )
    assert send_form(HOSTILE)[0] == 303
    status, page = send_form(HOSTILE, 1)
    assert status == 422 and "Probeer het later" in page and GOOD["text"] in page
    assert send_form("203.0.113.8")[0] == send_form("198.51.100.4")[0] == 303
    assert Question.objects.count() == 3 and Notice.objects.filter(kind="flood", user=cast.sanne).exists()
    with time_machine.travel(MONDAY + timedelta(minutes=61), tick=False):
        assert send_form(HOSTILE, 2)[0] == 303
    forget_arrivals(at=MONDAY + timedelta(days=3))
    assert not Arrival.objects.exists() and not OutboundMessage.objects.exclude(origin="").exists()


def test_the_marks_of_a_chat_go_after_its_day() -> None:
    chats(1)
    Chat.objects.update(state="closed", closed_at=MONDAY)
    forget_chats(at=MONDAY + timedelta(hours=30))
    assert Chat.objects.get().origin
    forget_chats(at=MONDAY + timedelta(hours=50))
    assert (Chat.objects.get().origin, Chat.objects.get().origin_network) == ("", "")


def mails(count: int, cause: str, *, origin: str = "", at: datetime = MONDAY) -> None:
    """`origin` empty: each from a network of its own."""
    for number in range(count):
        where = marks_of(origin or f"10.{len(cause)}.{number}.1") if cause != "email" else NO_ORIGIN
        queue_message(
            compose_message(
                purpose="acknowledgement",
                object_key=f"x:{cause}:{origin}:{number}",
                to_address=f"{cause}{number}{len(origin)}@voorbeeld.nl",
                subject="Ontvangen",
                body="Ontvangen",
                at=at,
                is_automatic=True,
                cause=cause,
                origin=where,
            )
        )


def sent(cause: str) -> int:
    return OutboundMessage.objects.filter(cause=cause, state="sent").count()


def test_acknowledgements_of_mail_go_on_while_forms_and_chats_are_flooded(cast: Cast) -> None:
    mails(23, "form", origin=HOSTILE)
    deliver(at=MONDAY, seconds=LONG)
    assert sent("form") == 20, "one address"
    mails(12, "form")
    mails(23, "chat")
    mails(2, "app")
    mails(45, "email")
    done = deliver(at=MONDAY, seconds=LONG)
    assert (sent("form"), sent("chat"), sent("app"), sent("email"), done.held) == (30, 20, 0, 45, 0)
    assert OutboundMessage.objects.filter(state="queued").count() == 10
    desk = Client()
    desk.force_login(cast.sanne)
    shown = desk.get("/kanalen/").content.decode()
    assert "Automatische e-mail wacht" in shown and "Nu wachten: 10." in shown
    assert Notice.objects.filter(kind="flood", user=cast.sanne).count() == 1
    for hour in range(1, 5):
        deliver(at=MONDAY + timedelta(hours=hour, minutes=hour), seconds=LONG)
    assert OutboundMessage.objects.exclude(state="sent").count() == 0, "held mail left later: nothing is lost"


def test_without_shares_the_flood_uses_up_the_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: as it was, forms of one sender stop every acknowledgement of mail."""
    monkeypatch.setattr(ceilings, "SHARES", dict.fromkeys(ceilings.SHARES, 100))
    monkeypatch.setattr(ceilings, "OTHERS", 100)
    monkeypatch.setattr(ceilings, "MAILS", WIDE)
    an_hour_takes(20)
    mails(20, "form", origin=HOSTILE)
    deliver(at=MONDAY, seconds=LONG)
    mails(1, "email")
    deliver(at=MONDAY, seconds=LONG)
    assert (sent("form"), sent("email")) == (20, 0)


def test_a_flood_of_mail_leaves_room_for_forms_and_what_waits_a_day_is_left_to_a_person() -> None:
    an_hour_takes(20)
    mails(18, "email")
    deliver(at=MONDAY, seconds=LONG)
    mails(4, "form")
    deliver(at=MONDAY, seconds=LONG)
    assert (sent("email"), sent("form")) == (16, 4)
    OutboundMessage.objects.filter(state="queued").update(created_at=MONDAY - timedelta(hours=25), next_try_at=MONDAY)
    assert deliver(at=MONDAY, seconds=LONG).held == 2


def test_a_form_carries_its_origin_to_its_acknowledgement_and_an_employee_none(cast: Cast) -> None:
    assert send_form(HOSTILE)[0] == 303
    message = OutboundMessage.objects.get()
    assert (message.cause, Origin(message.origin, message.origin_network)) == ("form", marks_of(HOSTILE))
    assert HOSTILE not in message.origin and Contact.objects.get().address == "p0@voorbeeld.nl"
    assert hold_back.held_back(message, MONDAY) is None


@pytest.mark.parametrize(("room", "uncounted"), [(10_000, 500), (100, 5), (99, 0), (0, 0), (-3, 0)])
def test_a_small_part_of_much_room_is_not_counted_anew(room: int, uncounted: int) -> None:
    """With little room each message is counted, so that no ceiling is passed by what others send meanwhile."""
    rooms = hold_back.Rooms()
    rooms.note("email", 300, room)
    assert sum(rooms.take("email", 300) for _one in range(uncounted + 5)) == uncounted
    assert not rooms.take("email", 200), "another ceiling than was counted for"
