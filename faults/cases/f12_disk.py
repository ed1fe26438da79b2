"""Disks that are full: a tmpfs in the place of a folder, where mounting is allowed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from faults import oracle
from faults.fault import Fault, Notes, World, fault
from faults.ledger import mail_bytes
from faults.stack import until


@contextmanager
def _full(folder: Path) -> Iterator[bool]:
    """The folder lies on a small disk without room meanwhile; gives whether that could be done."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        yield False
        return
    try:
        filling = os.open(folder / "filling", os.O_WRONLY | os.O_CREAT)
        try:
            while os.write(filling, b"\0" * 4096):
                pass
        except OSError:
            pass
        finally:
            os.close(filling)
        yield True
    finally:
        subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)


def _with_file(entry_bytes: bytes) -> bytes:
    head, _, body = entry_bytes.partition(b"\r\n\r\n")
    head = head.replace(b"Content-Type: text/plain; charset=utf-8", b'Content-Type: multipart/mixed; boundary="grens"')
    return (
        head
        + b"\r\n\r\n--grens\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        + body
        + b"\r\n--grens\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=brief.pdf\r\n\r\n"
        + b"%PDF-1.4\r\n"
        + b"x" * 3000
        + b"\r\n--grens--\r\n"
    )


@fault("F13")
class FilesFull(Fault):
    """The disk of the attachments is full while mail with a file comes in."""

    is_short = False
    needs_imap = True
    expected = "the mail waits, no half contact; it is registered when there is room again"

    def run(self, world: World, notes: Notes) -> None:
        from channels_app.models import InboundMessage, StoredFile
        from contacts.models import Contact

        assert world.stack.imap is not None
        entry = world.ledger.fresh("mail")
        with _full(world.stack.place.data / "files") as is_full:
            if not is_full:
                notes.figure("mounted", False)
                entry.way = "unsent"
                return
            world.stack.imap.put(_with_file(mail_bytes(entry)))
            oracle.nudge("channels_app.tasks.fetch")
            waiting = InboundMessage.objects.filter(state="received").exclude(reason="")
            notes.at_most("noticed_seconds", until(waiting.exists, 40, 0.2), 40)
            notes.exactly("half_contacts", Contact.objects.filter(text__contains=entry.key).count(), 0)
        InboundMessage.objects.filter(state="received").update(next_try_at=None)  # its pause is passed over
        oracle.nudge("channels_app.tasks.parse")
        mine = Contact.objects.filter(text__contains=entry.key)
        notes.at_most("registered_seconds", until(mine.exists, 60, 0.2), 30)
        notes.exactly("files", StoredFile.objects.filter(inbound__contact__in=mine).count(), 1)
