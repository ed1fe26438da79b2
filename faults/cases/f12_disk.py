"""Disks that are full: a tmpfs in the place of a folder, where mounting is allowed."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from faults import oracle
from faults.cases.f09_database import answers_again
from faults.fault import PATIENCE, Fault, Notes, NotHere, World, fault
from faults.ledger import Load, ask, mail_bytes, with_file
from faults.stack import until


@contextmanager
def _small_disk(folder: Path, kilobytes: int) -> Iterator[None]:
    """A disk of its own lies over the folder meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        raise NotHere("mounting is not allowed here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)


def _fill(folder: Path) -> Path:
    """Not one more byte fits; the file that takes the room."""
    filling = folder / "filling"
    handle = os.open(filling, os.O_WRONLY | os.O_CREAT)
    try:
        for size in (1 << 20, 4096):
            try:
                while os.write(handle, b"\0" * size):
                    pass
            except OSError:
                pass
    finally:
        os.close(handle)
    return filling


@fault("F12")
class DatabaseDiskFull(Fault):
    """The disk of the database (tables and log) is full while contacts come in, and then has room again."""

    is_short = False
    expected = "whoever writes hears 503 and offers again; within 10 s of there being room all goes on, and nothing is started by hand"

    def run(self, world: World, notes: Notes) -> None:
        stack = world.stack
        data = stack.postgres.data
        kept = data.with_name("kept")
        with stack.down(stack.postgres):
            stack.postgres.stop()
            size = sum(path.stat().st_blocks // 2 for path in data.rglob("*")) + 64 * 1024
            data.rename(kept)
            try:
                with _small_disk(data, size):
                    subprocess.run(["cp", "-a", f"{kept}/.", str(data)], check=True)
                    stack.postgres.start()
                    try:
                        self._full(world, notes)
                    finally:
                        stack.postgres.stop()
                        shutil.rmtree(kept)
                        shutil.copytree(data, kept, symlinks=True)
            finally:
                data.rmdir()
                kept.rename(data)
                stack.postgres.own(data)
                data.chmod(0o700)
                stack.postgres.start()
        oracle.fresh_connection()

    def _full(self, world: World, notes: Notes) -> None:
        stack = world.stack
        notes.exactly("accepted_before", answers_again(world) is not None, True)
        with stack.supervised(stack.postgres), Load(world.ledger, senders=2, rate=10) as load:
            filling = _fill(stack.postgres.data)
            pages = Counter[int]()
            end = time.monotonic() + world.times(20, 60)
            while time.monotonic() < end:
                pages[ask(stack.web_ports[0], "GET", "/formulier/grofvuil/").status] += 1
                _fill(stack.postgres.data)  # what was freed in the meantime
                time.sleep(1)
            refused = [status for one in load.entries for status in one.statuses]
            filling.unlink()
            notes.within("accepts_after_there_is_room_seconds", answers_again(world), 10)
        notes.figure("pages_while_it_was_full", {str(status): times for status, times in sorted(pages.items())})
        notes.exactly("pages_other_than_200_and_503", sorted(set(pages) - {200, 503}), [])
        notes.exactly("answers_other_than_503", sorted(set(refused) - {0, 200, 201, 503}), [])
        notes.figure("told_to_come_back", refused.count(503))
        notes.exactly("not_accepted", sum(not one.is_accepted for one in load.entries), 0)


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
        folder = world.stack.place.data / "files"
        with _small_disk(folder, 64):
            _fill(folder)
            entry = world.ledger.fresh("mail")
            world.stack.imap.put(with_file(mail_bytes(entry), b"x" * 3000))
            oracle.nudge("channels_app.tasks.fetch")
            waiting = InboundMessage.objects.filter(state="received").exclude(reason="")
            notes.within("noticed_seconds", until(waiting.exists, PATIENCE, 0.2), 40)
            notes.exactly("half_contacts", Contact.objects.filter(text__contains=entry.key).count(), 0)
        InboundMessage.objects.filter(state="received").update(next_try_at=None)  # its pause is passed over
        oracle.nudge("channels_app.tasks.parse")
        mine = Contact.objects.filter(text__contains=entry.key)
        notes.within("registered_seconds", until(mine.exists, PATIENCE, 0.2), 30)
        notes.exactly("files", StoredFile.objects.filter(inbound__contact__in=mine).count(), 1)
