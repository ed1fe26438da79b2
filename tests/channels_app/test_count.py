"""Every night a mailbox is counted against our inbox; what was missed comes in after all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client

from channels_app import tasks
from channels_app.actions.count_mailbox import Counted, beat_name, count_mailbox
from channels_app.actions.fetch import fetch
from channels_app.models import InboundMessage, Mailbox, OutboundMessage
from organisation.models import Heartbeat, User
from tests.cast import Cast
from tests.channels_app.dovecot import Dovecot, needs_dovecot, numbered

pytestmark = [pytest.mark.django_db, needs_dovecot]


def _moment() -> datetime:
    return datetime.now(UTC)


def test_a_mailbox_that_adds_up_raises_nothing(server: Dovecot, mailbox: Mailbox) -> None:
    server.put(*numbered(3))
    fetch(mailbox=mailbox, at=_moment())
    assert count_mailbox(mailbox=mailbox, at=_moment()) == Counted(3, 0, 0)
    assert not OutboundMessage.objects.exists()


def test_mail_that_only_waits_for_the_fetcher_is_not_missing(server: Dovecot, mailbox: Mailbox) -> None:
    server.put(*numbered(1))
    fetch(mailbox=mailbox, at=_moment())
    server.put(*numbered(2, first=2))
    assert count_mailbox(mailbox=mailbox, at=_moment()) == Counted(1, 0, 0)


def test_a_missed_message_is_taken_in_told_and_shown(
    server: Dovecot,
    mailbox: Mailbox,
    cast: Cast,
    client: Client,
) -> None:
    User.objects.filter(pk=cast.beheer.pk).update(email="beheer@opmeer.example")
    server.put(*numbered(3))
    fetch(mailbox=mailbox, at=_moment())
    missed = InboundMessage.objects.order_by("pk")[1]
    key = missed.external_key
    InboundMessage.objects.filter(pk=missed.pk).update(external_key="99:99")
    cursor = Mailbox.objects.get().last_uid
    at = _moment()
    assert count_mailbox(mailbox=mailbox, at=at) == Counted(3, 1, 1)
    assert count_mailbox(mailbox=mailbox, at=at) == Counted(3, 0, 0)
    assert InboundMessage.objects.filter(external_key=key).count() == 1
    assert Mailbox.objects.get().last_uid == cursor
    message = OutboundMessage.objects.get(to_address="beheer@opmeer.example")
    assert "Vannacht stond 1 bericht" in message.body

    Heartbeat.objects.filter(name=beat_name(mailbox.pk)).update(detail={"on_server": 3, "missing": 1, "fetched": 1})
    client.force_login(cast.beheer)
    for address in ("/kanalen/", "/beheer/gezondheid/"):
        assert "1 bericht in de mailbox Servicecentrum was gemist" in client.get(address).content.decode()


def test_the_count_leaves_the_mailbox_as_it_is(server: Dovecot, mailbox: Mailbox) -> None:
    server.put(*numbered(2))
    fetch(mailbox=mailbox, at=_moment())
    InboundMessage.objects.update(external_key=Concat(Value("gone:"), "external_key"))
    count_mailbox(mailbox=mailbox, at=_moment())
    with server.client() as imap:
        imap.select("INBOX", readonly=True)
        assert imap.search(None, "SEEN")[1] == [b""]
        assert len(imap.search(None, "ALL")[1][0].split()) == 2


def test_the_tick_counts_once_a_night(server: Dovecot, mailbox: Mailbox) -> None:
    server.put(*numbered(1))
    fetch(mailbox=mailbox, at=_moment())
    tasks.count()
    first = Heartbeat.objects.get(name=beat_name(mailbox.pk)).beat_at
    tasks.count()
    assert Heartbeat.objects.get(name=beat_name(mailbox.pk)).beat_at == first


def test_a_server_that_is_away_is_tried_again(mailbox: Mailbox) -> None:
    Mailbox.objects.update(port=9, uid_validity=1)
    assert count_mailbox(mailbox=mailbox, at=_moment()) is None
    assert not Heartbeat.objects.filter(name=beat_name(mailbox.pk)).exists()
