"""The mail server breaks off, renumbers, is slow, or hands over what nobody can read."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from imaplib import IMAP4

from faults import oracle
from faults.effort import straight
from faults.fault import PATIENCE, Fault, Notes, World, fault
from faults.ledger import mail_bytes
from faults.proxy import Proxy
from faults.stack import until

FETCH = "channels_app.tasks.fetch"
PARSE = "channels_app.tasks.parse"


def _put(world: World, number: int, body: str = "", *, by: IMAP4 | None = None) -> list[str]:
    """Mails in the mailbox, in the ledger first; their Message-IDs."""
    assert world.stack.imap is not None
    entries = [world.ledger.fresh("mail") for _one in range(number)]
    world.stack.imap.put(*[mail_bytes(one, body) for one in entries], by=by)
    return [f"<{one.key}@burger.example>" for one in entries]


def kept(ids: list[str]) -> bool:
    return _number_kept(ids) == len(ids)


def all_kept_in_the_end(ids: list[str]) -> bool:
    return _goes_on_to(partial(_number_kept, ids), len(ids))


def _goes_on_to(number: Callable[[], int], enough: int) -> bool:
    """Waits as long as it grows, however slow the machine is."""
    before = -1
    while (now := number()) < enough:
        if now == before:
            return False
        before = now
        until(partial(_is_above, number, before), PATIENCE, 0.5)
    return True


def _number_kept(ids: list[str]) -> int:
    return len(_which_kept(ids))


def _which_kept(ids: list[str]) -> set[str]:
    from channels_app.models import InboundMessage

    rows = InboundMessage.objects.filter(message_id__in=ids, state__in=["done", "parked"])
    return set(rows.values_list("message_id", flat=True))


def _says_trouble(world: World) -> bool:
    from channels_app.models import Mailbox

    return Mailbox.objects.get(pk=world.house.mailbox_id).last_error != ""


def _is_above(number: Callable[[], int], before: int) -> bool:
    return number() > before


def _cut_or_kept(proxy: Proxy, ids: list[str]) -> bool:
    """The mails may be so few bytes that the place of the cut never comes."""
    return proxy.has_cut or kept(ids)


@fault("F14")
class ImapCut(Fault):
    """The connection with the mail server is cut at many places, signing in is refused, every byte takes a second, and another client reads and deletes."""

    needs_imap = True
    expected = "the cursor never passes a mail that is not kept: nothing lost, nothing doubled"

    def run(self, world: World, notes: Notes) -> None:
        with straight(world.stack) if world.is_full else nullcontext():
            for trouble in (_cuts, _refused, _slow, _another_client):
                trouble(world, notes)


def _cuts(world: World, notes: Notes) -> None:
    """The first are close together, in the conversation; the last are far into what is fetched."""
    proxy = world.stack.proxies["imap"]
    cuts, each = world.times(10, 40), world.times(3, 250)
    late, cut_off = [], 0
    for number in range(cuts):
        ids = _put(world, each, body="Zie de foto. " * 300)
        proxy.cut_after(40 + number**2 * world.times(160, 600))
        oracle.nudge(FETCH)
        until(partial(_cut_or_kept, proxy, ids), PATIENCE)
        cut_off += proxy.has_cut
        proxy.cut_after(None)
        oracle.nudge(FETCH)
        if not all_kept_in_the_end(ids):
            late.append(number)
    notes.figure("cuts", cuts)
    notes.figure("cut_off", cut_off)
    notes.exactly("cuts_after_which_mail_stayed_away", late, [])


def _refused(world: World, notes: Notes) -> None:
    """The password is refused while ten mails come."""
    imap = world.stack.imap
    assert imap is not None
    with imap.client() as client:
        imap.refuse_login()
        ids = _put(world, 10, by=client)
    oracle.nudge(FETCH)
    notes.exactly("refusal_is_said", until(partial(_says_trouble, world), PATIENCE, 0.2) is not None, True)
    imap.let_in()
    oracle.nudge(FETCH)
    notes.exactly("kept_after_refusal", all_kept_in_the_end(ids), True)


def _slow(world: World, notes: Notes) -> None:
    """Longer than a visit may take, so that one ends in the middle of an answer."""
    proxy = world.stack.proxies["imap"]
    before = proxy.connections
    proxy.bytes_per_second = 1
    ids = _put(world, 10)
    oracle.nudge(FETCH)
    until(lambda: proxy.connections > before, PATIENCE)
    time.sleep(world.times(5, 90))
    proxy.bytes_per_second = 0
    proxy.reset()
    oracle.nudge(FETCH)
    notes.exactly("kept_after_a_byte_a_second", all_kept_in_the_end(ids), True)


def _another_client(world: World, notes: Notes) -> None:
    """It has read them all before we come, and deletes what we have while we read on."""
    imap, proxy = world.stack.imap, world.stack.proxies["imap"]
    assert imap is not None
    ids = _put(world, world.times(10, 100))
    deleted: set[str] = set()
    proxy.delay = 0.02
    try:
        with imap.client() as client:
            client.select("INBOX")
            client.store("1:*", "+FLAGS", r"(\Seen)")
            oracle.nudge(FETCH)
            end = time.monotonic() + PATIENCE
            while (have := _which_kept(ids)) < set(ids) and time.monotonic() < end:
                for message_id in sorted(have - deleted)[:5]:
                    _kind, data = client.search(None, "HEADER", "Message-ID", message_id)
                    for number in (data[0] or b"").split():
                        client.store(number.decode(), "+FLAGS", r"(\Deleted)")
                    deleted.add(message_id)
                client.expunge()
                time.sleep(0.2)
    finally:
        proxy.delay = 0.0
    notes.figure("deleted_by_another_client", len(deleted))
    notes.exactly("kept_beside_another_client", all_kept_in_the_end(ids), True)


@fault("F15")
class Renumbered(Fault):
    """The mail server numbers all messages anew (UIDVALIDITY)."""

    is_short = False
    needs_imap = True
    expected = "everything is read again and recognised"

    def run(self, world: World, notes: Notes) -> None:
        from channels_app.models import Mailbox
        from contacts.models import Contact

        assert world.stack.imap is not None
        ids = _put(world, world.times(20, 1_000))
        oracle.nudge(FETCH)
        notes.exactly("taken_in", all_kept_in_the_end(ids), True)
        before = Contact.objects.count()
        there = len(world.stack.imap.subjects())
        world.stack.imap.renumber()
        begun = Mailbox.objects.get(pk=world.house.mailbox_id).uid_validity
        oracle.nudge(FETCH)

        def read_again() -> int:
            box = Mailbox.objects.get(pk=world.house.mailbox_id)
            return box.last_uid if box.uid_validity != begun else 0

        since = time.monotonic()
        is_read = _goes_on_to(read_again, there)
        notes.within("read_again_seconds", time.monotonic() - since if is_read else None, 120)
        oracle.quiet_in(PATIENCE)
        notes.exactly("contacts_added", Contact.objects.count() - before, 0)


@fault("F16")
class TwoFetchers(Fault):
    """Two fetchers read one slow mailbox at once."""

    is_short = False
    needs_imap = True
    expected = "one of them reads, the other has nothing to do"

    def run(self, world: World, notes: Notes) -> None:
        proxy = world.stack.proxies["imap"]
        ids = _put(world, 10)
        before, proxy.most_at_once = proxy.connections, 0
        proxy.delay = 0.05
        try:
            oracle.nudge(FETCH, FETCH, FETCH)
            notes.within("taken_in_seconds", until(partial(kept, ids), PATIENCE, 0.2), 90)
        finally:
            proxy.delay = 0.0
        notes.figure("connections", proxy.connections - before)
        notes.at_most("connections_at_once", proxy.most_at_once, 1)


BOMBS = (
    b"From: " + b"[" * 5_000 + b"\r\nSubject: haken %s\r\n\r\nx\r\n",
    b"From: a@b.example\r\nTo: " + b"," * 100_000 + b"\r\nSubject: komma's %s\r\n\r\nx\r\n",
    b"From: a@b.example\r\nSubject: %s " + b"=?utf-8?b?w6k=?= " * 15_000 + b"\r\n\r\nx\r\n",
    b"From: a@b.example\r\nSubject: delen %s\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/mixed; boundary=a\r\n\r\n"
    + b"--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n"
    * 5_000,
)


@fault("F24")
class MailBombs(Fault):
    """Mail bombs through the real intake, and an ordinary mail behind each."""

    needs_imap = True
    expected = "kept and parked; the next mail is registered within 15 s"

    def run(self, world: World, notes: Notes) -> None:
        from channels_app.models import InboundMessage

        assert world.stack.imap is not None
        worst: float | None = 0.0
        before = InboundMessage.objects.count()
        for bomb in BOMBS:
            entry = world.ledger.fresh("mail", is_acknowledged=False)
            world.stack.imap.put(bomb.replace(b"%s", entry.key.encode()))
            ids = _put(world, 1)
            oracle.nudge(FETCH)
            took = until(partial(kept, ids), PATIENCE, 0.1)
            worst = None if took is None or worst is None else max(worst, took)
            entry.way = (
                "bomb"  # whether a person can read its key again is not promised: that it is kept is counted below
            )
        notes.within("next_mail_seconds_worst", worst, 15)
        oracle.quiet_in(PATIENCE)
        notes.exactly("bombs_kept", InboundMessage.objects.count() - before, 2 * len(BOMBS))
        rows = InboundMessage.objects.order_by("id")[before:]
        notes.figure("states", sorted({row.state for row in rows}))
