"""Acknowledgements that leave together: each once, each promise kept, and whatever is special about one holds up no other."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test.utils import CaptureQueriesContext

from channels_app.actions import deliver as delivery
from channels_app.actions import handful, hold_back
from channels_app.actions.deliver import deliver
from channels_app.adapters.email.smtp import MailServers
from channels_app.lines import FEW, Lines
from channels_app.models import DeadAddress, OutboundMessage
from channels_app.signals import acknowledgements_sent
from contacts.actions.acknowledge import acknowledge
from contacts.actions.close import close
from contacts.actions.register import Asked, register
from contacts.invariants import check_all
from contacts.models import ClockEvent, NormClock, Question
from organisation.models import Municipality
from organisation.snapshot import settings_changed
from tests.cast import Cast
from tests.channels_app.sink import Sink, sink
from tests.kept import Once

__all__ = ["sink"]
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MANY = 22
"""The first few alone, a whole handful, and the beginning of another."""


class OneLine(Lines):
    """As a worker has them, and no second thread."""

    def open(self, work: Callable[[], Any]) -> list[Future[Any]]:
        return []


def wait_at(addresses: list[str]) -> None:
    for address in addresses:
        register(
            by=None,
            at=AT,
            channel="email",
            received_at=AT,
            asked=[Asked(title="Lantaarnpaal", text="De lantaarnpaal brandt niet meer.")],
            address=address,
        )


@Once
def many_wait() -> None:
    wait_at([f"klant{number}@burger.example" for number in range(MANY)])


def send(seconds: int = 0) -> Any:
    return deliver(at=AT + timedelta(seconds=seconds), seconds=60, lines=OneLine())


@pytest.fixture(autouse=True)
def _room(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a count that stays fresh: on a busy machine seconds go by between two mails, and who must count anew goes alone."""
    monkeypatch.setattr(hold_back, "FRESH_SECONDS", 3600.0)
    Municipality.objects.update(automatic_per_hour=100_000, automatic_per_address_per_hour=2)
    settings_changed()


@pytest.fixture
def all_is_well(cast: Cast, sink: Sink) -> Iterator[None]:
    """At the end of the test everything went once, and the promise of each was kept when it left."""
    yield
    OutboundMessage.objects.filter(state="sending").update(lease_until=None)
    send(60)
    clocks = NormClock.objects.filter(code="email.acknowledge")
    assert set(OutboundMessage.objects.values_list("state", "lease_until")) == {("sent", None)}
    assert sorted({mail["Message-ID"] for mail in sink.mails}) == sorted(mail["Message-ID"] for mail in sink.mails)
    assert len(sink.mails) == clocks.count() == clocks.filter(state="met").count()
    assert ClockEvent.objects.filter(clock__in=clocks, kind="met").count() == clocks.count()
    assert all(one.due_at == one.clocks.get(code="email.answer").due_at for one in Question.objects.all())
    assert [one for one in check_all() if one.violations] == []


def test_many_leave_with_few_statements(cast: Cast, sink: Sink, all_is_well: None) -> None:
    many_wait()
    with CaptureQueriesContext(connection) as queries:
        assert send().sent == MANY
    alone, together = FEW * 30, (MANY - FEW) * 6
    assert len(queries) < alone + together
    assert [mail["To"].addresses[0].addr_spec for mail in sink.mails] == [
        f"klant{number}@burger.example" for number in range(MANY)
    ]
    assert {one.sent_at for one in OutboundMessage.objects.all()} == {AT}


@pytest.mark.parametrize("place", [FEW, FEW + 3, MANY - 1])
def test_a_dead_address_among_them_is_held_and_the_others_leave(cast: Cast, sink: Sink, place: int) -> None:
    many_wait()
    DeadAddress.objects.create(address=f"klant{place}@burger.example", since_at=AT)
    done = send()
    assert (done.sent, done.held) == (MANY - 1, 1)
    assert OutboundMessage.objects.get(state="held").to_address == f"klant{place}@burger.example"


def test_one_whose_question_was_closed_meanwhile_is_dropped_and_the_others_leave(cast: Cast, sink: Sink) -> None:
    many_wait()
    question = Question.objects.order_by("pk")[FEW + 3]
    close(question=question, by=cast.sanne, at=AT, reason="no_reaction_needed")
    assert send(120).sent == MANY - 1
    dropped = OutboundMessage.objects.get(state="dropped")
    assert dropped.object_key == f"contact:{question.contacts.get().pk}"


def test_the_third_to_one_address_is_held(cast: Cast, sink: Sink) -> None:
    wait_at([f"klant{number}@burger.example" for number in range(FEW)] + ["Klant0@burger.example"] * 3)
    done = send()
    assert (done.sent, done.held) == (FEW + 1, 2)


@pytest.mark.parametrize(("answer", "became"), [("550 no", "failed"), ("451 later", "sending")])
def test_one_that_is_refused_or_put_off_holds_up_no_other(cast: Cast, sink: Sink, answer: str, became: str) -> None:
    many_wait()
    sink.rcpt_answers = ["250 OK"] * (FEW + 2) + [answer]
    done = send()
    assert (done.sent, done.failed + done.later) == (MANY - 1, 1)
    other = OutboundMessage.objects.exclude(state="sent").get()
    assert (other.state, other.lease_until) == (became, None)
    assert other.to_address == f"klant{FEW + 2}@burger.example"


def test_what_the_mail_server_takes_from_nobody_of_us_is_not_asked_of_each(cast: Cast, sink: Sink) -> None:
    """Many that sign in with a wrong password, or a sender that may not send any more, would lock the account."""
    many_wait()
    sink.mail_answers = ["250 OK"] * (FEW + 2) + ["550 5.7.1 sender not allowed"] * MANY
    done = send()
    asked = FEW + 2 + MANY - len(sink.mail_answers)
    assert (done.sent, done.failed) == (FEW + 2, 0) and asked <= FEW + 4
    left = OutboundMessage.objects.exclude(state="sent")
    assert left.count() == MANY - FEW - 2
    assert not left.filter(next_try_at__lte=AT).exists() and not left.filter(lease_until__isnull=False).exists()


def test_what_another_has_in_hand_is_left_alone_for_as_long_as_it_is_lent(
    cast: Cast, sink: Sink, all_is_well: None
) -> None:
    many_wait()
    lent = OutboundMessage.objects.filter(to_address__in=["klant9@burger.example", "klant20@burger.example"])
    lent.update(lease_until=AT + timedelta(seconds=59))
    assert send().sent == MANY - 2
    assert send(60).sent == 2


def test_after_a_slow_one_the_rest_of_the_handful_is_free(
    cast: Cast, sink: Sink, monkeypatch: pytest.MonkeyPatch, all_is_well: None
) -> None:
    many_wait()
    monkeypatch.setattr(delivery, "SLOW_SECONDS", -1.0)
    lent = []

    def seen(sender: object, messages: list[OutboundMessage], **kwargs: Any) -> None:
        lent.append(OutboundMessage.objects.filter(state="queued", lease_until__isnull=False).count())

    acknowledgements_sent.connect(seen)
    try:
        assert send().sent == MANY
    finally:
        acknowledgements_sent.disconnect(seen)
    assert len(lent) > 1
    assert set(lent) == {0}


def test_when_they_cannot_be_settled_together_each_is_settled_alone(cast: Cast, sink: Sink, all_is_well: None) -> None:
    many_wait()

    def fails(sender: object, **kwargs: Any) -> None:
        raise ValueError("a bug in whoever listens")

    acknowledgements_sent.connect(fails)
    try:
        assert send().sent == MANY
    finally:
        acknowledgements_sent.disconnect(fails)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", ["before", "after", "settling"])
def test_the_database_that_goes_away_loses_none_and_repeats_none(
    cast: Cast, sink: Sink, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """In the middle of a handful: before the mail server took one, right after, or when all are settled."""
    many_wait()
    real = MailServers.send

    def goes_away() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    def post(server: MailServers, *args: Any, **more: Any) -> list[str]:
        is_now = len(sink.mails) == FEW + 3
        if is_now and moment == "before":
            goes_away()
        refused = real(server, *args, **more)
        if is_now and moment == "after":
            with pytest.raises((OperationalError, InterfaceError)):
                goes_away()
        return refused

    with monkeypatch.context() as patch:
        patch.setattr(MailServers, "send", post)
        if moment == "settling":
            patch.setattr(handful.Handful, "_mark", lambda _hand: goes_away())
        with pytest.raises((OperationalError, InterfaceError)):
            send()
    begun = OutboundMessage.objects.filter(state="sending")
    assert begun.exists()
    assert not begun.filter(lease_until__isnull=False).exists()
    assert send(60).sent == MANY - FEW
    assert len({mail["Message-ID"] for mail in sink.mails}) == len(sink.mails) == MANY


@pytest.mark.django_db(transaction=True)
def test_what_waits_in_the_hand_of_a_line_whose_mail_server_stalls_leaves_over_the_other_line(
    cast: Cast, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    many_wait()
    Municipality.objects.update(automatic_per_address_per_hour=1)
    settings_changed()
    monkeypatch.setattr(delivery, "LENT", timedelta(seconds=0.5))
    monkeypatch.setattr(handful, "LENT", timedelta(seconds=0.5))
    real, all_others, stalls = MailServers.send, threading.Event(), threading.Lock()
    told = []

    def post(server: MailServers, *args: Any, **more: Any) -> list[str]:
        if len(sink.mails) > FEW and stalls.acquire(blocking=False):
            told.append(all_others.wait(10))
        refused = real(server, *args, **more)
        if len(sink.mails) == MANY - 1:
            all_others.set()
        return refused

    monkeypatch.setattr(MailServers, "send", post)
    lines = Lines()
    try:
        done = deliver(at=AT, seconds=60, lines=lines)
        assert done.sent == MANY
    finally:
        lines.close()
    assert told == [True]
    assert len({mail["Message-ID"] for mail in sink.mails}) == len(sink.mails) == MANY
    assert set(OutboundMessage.objects.values_list("state", "tries")) == {("sent", 1)}
    assert set(NormClock.objects.filter(code="email.acknowledge").values_list("state", flat=True)) == {"met"}


@pytest.mark.django_db(transaction=True)
def test_that_the_last_one_left_is_written_before_anything_else(
    cast: Cast, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A handful that ends after a slow one, and a database that went away during it."""
    many_wait()
    real = MailServers.send

    def post(server: MailServers, *args: Any, **more: Any) -> list[str]:
        refused = real(server, *args, **more)
        if len(sink.mails) == FEW + 3:
            connection.connection.close()
        return refused

    monkeypatch.setattr(MailServers, "send", post)
    monkeypatch.setattr(delivery, "SLOW_SECONDS", -1.0)
    assert send().sent == MANY
    assert len({mail["Message-ID"] for mail in sink.mails}) == len(sink.mails) == MANY


def test_the_acknowledgement_of_a_letter_goes_alone_and_its_second_norm_begins(cast: Cast, sink: Sink) -> None:
    """Its question is locked after those of the others, so two lines with a letter each would wait for each other."""
    many_wait()
    asked = [Asked(title="Lantaarnpaal", text="De lantaarnpaal brandt niet meer.")]
    letter = register(by=cast.fatima, at=AT, channel="letter", received_at=AT, asked=asked)
    letter.contact.address = "brief@burger.example"
    acknowledge(contact=letter.contact, question=letter.questions[0], at=AT)
    OutboundMessage.objects.filter(cause="letter").update(next_try_at=AT - timedelta(minutes=1))
    OutboundMessage.objects.filter(to_address__in=[f"klant{n}@burger.example" for n in range(FEW)]).update(
        next_try_at=AT - timedelta(minutes=2)
    )
    together: list[str] = []

    def seen(sender: object, messages: list[OutboundMessage], **kwargs: Any) -> None:
        together.extend(one.to_address for one in messages)

    acknowledgements_sent.connect(seen)
    try:
        assert send().sent == MANY + 1
    finally:
        acknowledgements_sent.disconnect(seen)
    assert len(together) == MANY - FEW
    assert "brief@burger.example" not in together
    clocks = NormClock.objects.filter(question=letter.questions[0]).order_by("pk").values_list("code", "state")
    assert list(clocks) == [("letter.respond", "met"), ("letter.answer", "running")]
