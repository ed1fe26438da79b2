"""A mailbox on a real Dovecot is read once, whatever breaks in between."""

from __future__ import annotations

import imaplib
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connections

from channels_app import sealing, tasks
from channels_app.actions.fetch import fetch
from channels_app.actions.parked import is_waiting_for_a_person
from channels_app.adapters.email import limits
from channels_app.adapters.email.folder import Folder, moment_of_receipt
from channels_app.models import InboundMessage, InboundRaw, Mailbox
from organisation.models import Heartbeat
from tests.channels_app.corpus import mail
from tests.channels_app.dovecot import Dovecot, free_port, needs_dovecot, numbered
from tests.channels_app.killing import killed_at

pytestmark = [pytest.mark.django_db, needs_dovecot]
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_every_message_is_kept_once_and_stays_unread(server: Dovecot, mailbox: Mailbox) -> None:
    server.put(*numbered(5))
    assert (fetch(mailbox=mailbox, at=datetime.now(UTC)).new, fetch(mailbox=mailbox, at=datetime.now(UTC)).new) == (
        5,
        0,
    )
    assert InboundRaw.objects.count() == 5
    server.put(*numbered(2, first=6))
    assert fetch(mailbox=mailbox, at=datetime.now(UTC)).new == 2
    with server.client() as client:
        client.select("INBOX", readonly=True)
        assert client.search(None, "SEEN")[1] == [b""]
    mailbox.refresh_from_db()
    assert mailbox.last_uid
    assert mailbox.last_read_at
    assert not mailbox.last_error


def test_a_message_that_somebody_read_elsewhere_is_taken_in_all_the_same(server: Dovecot, mailbox: Mailbox) -> None:
    server.put(*numbered(1))
    with server.client() as client:
        client.select("INBOX")
        client.store("1", "+FLAGS", "\\Seen")
    assert fetch(mailbox=mailbox, at=datetime.now(UTC)).new == 1


def test_the_moment_of_receipt_is_the_servers_and_not_the_date_header(server: Dovecot, mailbox: Mailbox) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    server.put(mail().replace(b"Wed, 25 Nov 2026", b"Thu, 01 Jan 1970"))
    at = datetime.now(UTC)
    fetch(mailbox=mailbox, at=at)
    assert before <= InboundMessage.objects.get().received_at <= at


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        (b"23-Nov-2026 10:00:00 +0100", AT - timedelta(days=1)),
        (b"25-Nov-2026 10:00:00 +0100", AT),
        (b"01-Jan-1970 00:00:00 +0000", AT),
        (b"", AT),
    ],
)
def test_a_moment_of_receipt_that_cannot_be_is_now(given: bytes, moment: datetime) -> None:
    assert moment_of_receipt(given, AT) == moment


def test_messages_move_to_the_done_folder_only_after_they_are_kept(server: Dovecot, mailbox: Mailbox) -> None:
    Mailbox.objects.update(done_folder="Gedaan")
    server.put(*numbered(3))
    assert fetch(mailbox=mailbox, at=datetime.now(UTC)).new == 3
    assert (server.subjects(), len(server.subjects("Gedaan"))) == ([], 3)


def test_new_numbering_brings_nothing_twice(server: Dovecot, mailbox: Mailbox, cast: Any) -> None:
    from channels_app.actions.parse_inbox import parse_inbox
    from contacts.actions.register_mail import register_mail
    from contacts.models import Question

    server.put(*numbered(4))
    at = datetime.now(UTC)
    fetch(mailbox=mailbox, at=at)
    parse_inbox(at=at, seconds=60)
    register_mail(at=at, seconds=60)
    assert Question.objects.count() == 4
    server.renumber()
    at = datetime.now(UTC)
    assert fetch(mailbox=mailbox, at=at).new == 4
    parse_inbox(at=at, seconds=60)
    register_mail(at=at, seconds=60)
    assert Question.objects.count() == 4
    assert InboundMessage.objects.filter(outcome="ignored").count() == 4


def test_a_message_that_vanishes_between_search_and_fetch_stops_nothing(
    server: Dovecot, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.put(*numbered(3))
    real = Folder.uids

    def and_then_it_goes(self: Any, wanted: str) -> list[int]:
        found = real(self, wanted)
        if len(found) == 3:
            with server.client() as client:
                client.select("INBOX")
                client.store("2", "+FLAGS", "\\Deleted")
                client.expunge()
        return found

    monkeypatch.setattr(Folder, "uids", and_then_it_goes)
    assert fetch(mailbox=mailbox, at=datetime.now(UTC)).new == 2
    assert fetch(mailbox=mailbox, at=datetime.now(UTC)).new == 0


def test_a_mailbox_that_is_pointed_elsewhere_during_a_visit_begins_there_at_its_beginning(
    server: Dovecot, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.put(*numbered(2))
    real = Folder.facts

    def and_then_it_moves(self: Any, uids: Any, **given: Any) -> Any:
        Mailbox.objects.update(folder="Gedaan", uid_validity=None, last_uid=0)
        return real(self, uids, **given)

    monkeypatch.setattr(Folder, "facts", and_then_it_moves)
    assert fetch(mailbox=mailbox, at=datetime.now(UTC)).new == 2
    mailbox.refresh_from_db()
    assert (mailbox.uid_validity, mailbox.last_uid) == (None, 0)


class Busy:
    """A server that says NO to the text of some messages (or gives nothing for it), and breaks the line, or says NO, when asked about their size."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *kept_back: str) -> None:
        self.kept_back = set(kept_back)
        self.breaks = self.refuses_size = self.gives_nothing = False
        real = imaplib.IMAP4.uid

        def answer(client: Any, command: str, *given: Any) -> Any:
            about = self.kept_back & set(given[0].split(",")) if command == "FETCH" else set()
            if about and self.breaks:
                raise imaplib.IMAP4.abort("the line broke")
            if about and self.gives_nothing and "BODY" in given[1]:
                return "OK", [f"1 (UID {one} BODY[] NIL)".encode() for one in about]
            if about and ("BODY" in given[1] or self.refuses_size):
                return "NO", [b"[UNAVAILABLE] Try again later"]
            return real(client, command, *given)

        monkeypatch.setattr(imaplib.IMAP4, "uid", answer)


def uids_of(server: Dovecot) -> list[str]:
    with server.client() as client:
        client.select("INBOX")
        return client.uid("SEARCH", None, "ALL")[1][0].decode().split()


@pytest.mark.parametrize(
    ("done_folder", "trouble"), [("", ""), ("Gedaan", ""), ("Gedaan", "refuses_size"), ("", "gives_nothing")]
)
def test_a_message_that_the_server_keeps_back_is_parked_and_asked_for_again(
    server: Dovecot, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, done_folder: str, trouble: str
) -> None:
    """Its text, or also how large it is; the mail around it comes in at the same visit."""
    Mailbox.objects.update(done_folder=done_folder)
    server.put(*numbered(3))
    busy = Busy(monkeypatch, uids_of(server)[1])
    if trouble:
        setattr(busy, trouble, True)
    at = datetime.now(UTC)
    assert fetch(mailbox=mailbox, at=at).new == 2
    parked = InboundMessage.objects.get(state="parked")
    assert is_waiting_for_a_person(parked) and "kon dit bericht niet geven" in parked.reason
    assert not Mailbox.objects.get().last_error
    busy.kept_back.clear()
    assert fetch(mailbox=mailbox, at=at + timedelta(seconds=30)).new == 0
    assert fetch(mailbox=mailbox, at=at + timedelta(minutes=2)).new == 1
    assert list(InboundMessage.objects.values_list("state", flat=True)) == ["received"] * 3
    assert InboundRaw.objects.count() == 3
    if done_folder:
        assert (server.subjects(), len(server.subjects("Gedaan"))) == ([], 3)


@pytest.mark.parametrize("trouble", ["breaks", "refuses_size"])
def test_a_message_that_is_asked_for_again_holds_up_no_new_mail(
    server: Dovecot, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    server.put(*numbered(1))
    busy = Busy(monkeypatch, *uids_of(server))
    at = datetime.now(UTC)
    fetch(mailbox=mailbox, at=at)
    setattr(busy, trouble, True)
    server.put(*numbered(2, first=2))
    at += timedelta(minutes=2)
    assert fetch(mailbox=mailbox, at=at).new == 2
    assert InboundMessage.objects.get(state="parked").next_try_at == at + timedelta(minutes=2)
    assert not fetch(mailbox=mailbox, at=at + timedelta(minutes=1)).error


def test_a_message_at_which_the_line_breaks_at_every_visit_is_parked_and_the_mail_behind_it_comes_in(
    server: Dovecot, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too large for a slow line, or one that the server dies of: the cursor passes nothing that is not kept, or stands aside."""
    server.put(*numbered(4))
    stuck, one = int(uids_of(server)[1]), Folder.message

    def breaks(folder: Folder, uid: int, facts: Any) -> bytes | None:
        if uid == stuck:
            raise imaplib.IMAP4.abort("the line broke")
        return one(folder, uid, facts)

    monkeypatch.setattr(Folder, "several", lambda _folder, _uids: {})
    monkeypatch.setattr(Folder, "message", breaks)
    at = datetime.now(UTC)
    came = [fetch(mailbox=mailbox, at=at + timedelta(seconds=30 * visit)).new for visit in range(5)]
    assert came == [1, 0, 0, 0, 2]
    assert "kon dit bericht niet geven" in InboundMessage.objects.get(state="parked").reason
    monkeypatch.setattr(Folder, "message", one)
    assert fetch(mailbox=mailbox, at=at + timedelta(hours=1)).new == 1
    assert InboundRaw.objects.count() == 4


@pytest.mark.parametrize("place", [0, 11, 29])
def test_a_message_of_which_the_line_breaks_at_its_size_is_parked_and_the_mail_around_it_comes_in(
    server: Dovecot, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    server.put(*numbered(30))
    stuck, of = int(uids_of(server)[place]), Folder.facts

    def breaks(folder: Folder, uids: list[int], *, at: datetime) -> Any:
        if stuck in uids:
            raise imaplib.IMAP4.abort("the line broke")
        return of(folder, uids, at=at)

    monkeypatch.setattr(Folder, "facts", breaks)
    at = datetime.now(UTC)
    came = [fetch(mailbox=mailbox, at=at + timedelta(seconds=30 * visit)).new for visit in range(9)]
    assert sum(came) == 29, came
    assert InboundMessage.objects.get(state="parked").external_key.endswith(f":{stuck}")


def test_a_message_at_which_the_line_breaks_when_it_is_moved_holds_up_no_new_mail(
    server: Dovecot, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    Mailbox.objects.update(done_folder="Gedaan")
    server.put(*numbered(1))
    stuck, one = int(uids_of(server)[0]), Folder.move

    def breaks(folder: Folder, uid: int, name: str) -> None:
        if uid == stuck:
            raise imaplib.IMAP4.abort("the line broke")
        one(folder, uid, name)

    monkeypatch.setattr(Folder, "move", breaks)
    assert fetch(mailbox=mailbox, at=datetime.now(UTC)).new == 1
    server.put(*numbered(2, first=2))
    assert fetch(mailbox=mailbox, at=datetime.now(UTC)).new == 2


def test_a_server_that_tells_of_no_message_at_all_is_asked_again_at_the_next_visit(
    server: Dovecot, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.put(*numbered(12))
    busy = Busy(monkeypatch, *uids_of(server))
    busy.refuses_size = True
    told = fetch(mailbox=mailbox, at=datetime.now(UTC))
    assert (told.new, bool(told.error), InboundMessage.objects.count()) == (0, True, 0)
    busy.kept_back.clear()
    assert fetch(mailbox=mailbox, at=datetime.now(UTC)).new == 12


@pytest.mark.parametrize("how", ["gone", "renumbered", "folder"])
def test_a_message_that_the_server_has_no_more_is_settled_with_the_reason(
    server: Dovecot, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    server.put(*numbered(1))
    busy = Busy(monkeypatch, *uids_of(server))
    at = datetime.now(UTC)
    fetch(mailbox=mailbox, at=at)
    busy.kept_back.clear()
    if how == "gone":
        with server.client() as client:
            client.select("INBOX")
            client.store("1", "+FLAGS", "\\Deleted")
            client.expunge()
    elif how == "renumbered":
        server.renumber()
    else:
        Mailbox.objects.update(folder="Gedaan", uid_validity=None, last_uid=0)
    at += timedelta(minutes=2)
    assert fetch(mailbox=mailbox, at=at).new == (how == "renumbered")
    settled = InboundMessage.objects.get(sha256="")
    assert (settled.state, settled.outcome, is_waiting_for_a_person(settled)) == ("done", "ignored", False)
    assert settled.reason
    if how == "folder":  # a way back loses nothing
        Mailbox.objects.update(folder="INBOX", uid_validity=None, last_uid=0)
        assert fetch(mailbox=mailbox, at=at).new == 1
        assert InboundRaw.objects.count() == 1


def test_a_message_above_35_megabytes_is_refused_from_its_head_alone(
    server: Dovecot, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_BYTES", 5000)
    server.put(mail("x" * 9000), *numbered(1, first=9))
    assert fetch(mailbox=mailbox, at=datetime.now(UTC)).new == 2
    big, small = InboundMessage.objects.order_by("id")
    assert (big.outcome, big.size > 9000, len(bytes(big.raw.data)) < 2000) == ("refused", True, True)
    assert small.outcome == ""


@pytest.mark.django_db(transaction=True)
def test_two_fetchers_at_once_do_the_work_once(server: Dovecot, mailbox: Mailbox) -> None:
    server.put(*numbered(20))
    results: list[Any] = []

    def go() -> None:
        results.append(fetch(mailbox=Mailbox.objects.get(), at=datetime.now(UTC)))
        connections.close_all()

    threads = [threading.Thread(target=go) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(result.new for result in results) == 20
    assert InboundMessage.objects.count() == 20


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("point", ["after_raw_saved", "before_move", "after_move"])
def test_a_fetcher_killed_at_any_point_loses_and_doubles_nothing(server: Dovecot, mailbox: Mailbox, point: str) -> None:
    Mailbox.objects.update(done_folder="Gedaan")
    server.put(*numbered(3))
    assert killed_at(point, lambda: fetch(mailbox=mailbox, at=datetime.now(UTC)))
    until = time.monotonic() + 60
    while (result := fetch(mailbox=Mailbox.objects.get(), at=datetime.now(UTC))).is_busy and time.monotonic() < until:
        time.sleep(0.05)  # PostgreSQL needs a moment to see that the killed one is gone, and with it its lock
    assert result.error == ""
    assert InboundMessage.objects.count() == 3
    assert (server.subjects(), len(server.subjects("Gedaan"))) == ([], 3)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"port": 1}, "luistert niemand"),
        ({"password_encrypted": "x"}, "wachtwoord is niet te openen"),
        ({"password_encrypted": "wrong"}, "accepteert deze gebruikersnaam"),
        ({"folder": "Bestaat niet"}, "map bestaat niet"),
        ({"security": "tls"}, "certificaat"),
    ],
)
def test_what_is_wrong_with_a_mailbox_is_said_in_words(
    server: Dovecot, mailbox: Mailbox, change: dict[str, Any], word: str
) -> None:
    if change.get("password_encrypted") == "wrong":
        change = {"password_encrypted": sealing.seal("fout")}
    if change.get("port"):
        change = {"port": free_port()}
    Mailbox.objects.update(**change)
    assert word in fetch(mailbox=Mailbox.objects.get(), at=AT).error
    assert word in Mailbox.objects.get().last_error
    assert Mailbox.objects.get().last_read_at is None


@pytest.mark.parametrize(("small", "kept"), [(0, 2), (100_000, 0)])
def test_a_connection_that_breaks_in_the_middle_is_taken_up_again(
    server: Dovecot, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, small: int, kept: int
) -> None:
    """Also when several messages came in one answer; then the next visit asks for each by itself."""
    from channels_app.actions import fetch as module

    server.put(*numbered(5))
    one, several, asked = Folder.message, Folder.several, []

    def breaks(folder: Any) -> None:
        asked.append(1)
        if len(asked) == kept + 1:
            folder._server.client.sock.close()
            folder._server.client.shutdown()

    def one_by_one(self: Any, *given: Any) -> bytes | None:
        breaks(self)
        return one(self, *given)

    def together(self: Any, uids: list[int]) -> dict[int, bytes]:
        if uids:
            breaks(self)
        return several(self, uids)

    monkeypatch.setattr(module, "SMALL_BYTES", small)
    monkeypatch.setattr(Folder, "message", one_by_one)
    monkeypatch.setattr(Folder, "several", together)
    first = fetch(mailbox=mailbox, at=datetime.now(UTC))
    assert (first.new, bool(first.error)) == (kept, True)
    asked.clear()
    asked.extend([1] * 10)
    second = fetch(mailbox=mailbox, at=datetime.now(UTC))
    assert (second.new, second.error, len(asked)) == (5 - kept, "", 15 - kept)


def test_whatever_a_server_says_is_said_at_its_mailbox(
    server: Dovecot, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the others would be read, and the health page would say that the worker has stopped."""
    monkeypatch.setattr(Folder, "validity", lambda folder: int("seven"))
    assert fetch(mailbox=mailbox, at=AT).error == "Lezen is niet gelukt: ValueError"
    assert Mailbox.objects.get().last_error == "Lezen is niet gelukt: ValueError"


@pytest.mark.django_db(transaction=True)
def test_a_mailbox_that_fails_holds_up_no_other_and_the_fetcher_gives_a_sign_of_life(
    server: Dovecot, mailbox: Mailbox
) -> None:
    Mailbox.objects.create(
        name="Kapot", address="k@opmeer.example", host="127.0.0.1", port=free_port(), security="none"
    )
    server.put(*numbered(3))
    tasks.fetch()
    assert InboundMessage.objects.count() == 3
    assert Mailbox.objects.get(name="Kapot").last_error
    assert Heartbeat.objects.get(name="fetcher").detail == {"failing": 1}
