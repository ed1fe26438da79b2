"""The virus scanner is away, or hangs."""

from __future__ import annotations

from functools import partial

from faults import oracle
from faults.fault import PATIENCE, Fault, Notes, World, fault
from faults.ledger import Entry, ask, mail_bytes, with_file
from faults.people import signed_in
from faults.proxy import Proxy
from faults.scanner import VIRUS, Scanner
from faults.stack import until

SEEN = b"gecontroleerd"


@fault("F25")
class ScannerAway(Fault):
    """The virus scanner refuses every connection, and then takes them and says nothing, while mail with files comes in."""

    is_short = False
    needs_imap = True
    expected = (
        "the question is there at once and says that its file is being checked; nobody gets the file before it was"
    )

    def run(self, world: World, notes: Notes) -> None:
        stack = world.stack
        scanner = Scanner()
        proxy = Proxy(scanner.port)
        proxy.refuse()
        try:
            with stack.told([*stack.webs, *stack.workers], CLAMD=f"tcp://127.0.0.1:{proxy.port}"):
                self._unchecked(world, notes, "away")
                proxy.accept()
                self._checked(world, notes, "away")
                proxy.freeze()
                self._unchecked(world, notes, "frozen")
                proxy.reset()
                proxy.thaw()
                self._checked(world, notes, "frozen")
        finally:
            proxy.close()
            scanner.close()
        notes.figure("files_looked_at", scanner.asked)

    def _unchecked(self, world: World, notes: Notes, how: str) -> None:
        """Mail with a clean and an infected file: everything but the files goes on."""
        from contacts.models import Contact

        assert world.stack.imap is not None
        self.clean, self.infected = world.ledger.fresh("mail"), world.ledger.fresh("mail")
        world.stack.imap.put(with_file(mail_bytes(self.clean), b"x" * 3000))
        world.stack.imap.put(with_file(mail_bytes(self.infected), b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + VIRUS + b"!$H+H*"))
        oracle.nudge("channels_app.tasks.fetch")
        mine = Contact.objects.filter(text__regex=f"{self.clean.key}|{self.infected.key}")
        notes.within(f"{how}_registered_seconds", until(lambda: mine.count() == 2, PATIENCE, 0.2), 60)
        oracle.nudge("channels_app.tasks.check_files")
        tries = [self._take(world, one) for one in (self.clean, self.infected) for _again in range(5)]
        notes.exactly(f"{how}_files_served", sum(status == 200 for status in tries), 0)
        page = ask(world.stack.web_ports[0], "GET", self._page(self.clean), headers=signed_in(world.house.agents[0]))
        notes.exactly(f"{how}_question_page", page.status, 200)
        notes.exactly(f"{how}_page_says_it_is_checked", SEEN in page.body, True)

    def _checked(self, world: World, notes: Notes, how: str) -> None:
        """The scanner answers again."""
        oracle.nudge("channels_app.tasks.check_files")
        took = until(partial(self._is, self.clean, "clean"), PATIENCE, 0.2)
        notes.within(f"{how}_checked_after_return_seconds", took, 60)
        until(partial(self._is, self.infected, "infected"), PATIENCE, 0.2)
        notes.exactly(f"{how}_clean_file", self._take(world, self.clean), 200)
        notes.exactly(f"{how}_infected_file_served", self._take(world, self.infected) == 200, False)

    @staticmethod
    def _is(entry: Entry, state: str) -> bool:
        from channels_app.models import StoredFile

        return StoredFile.objects.filter(inbound__contact__text__contains=entry.key, check_state=state).exists()

    @staticmethod
    def _page(entry: Entry) -> str:
        from contacts.models import Question

        return f"/vragen/{Question.objects.get(contacts__text__contains=entry.key).number}/"

    @staticmethod
    def _take(world: World, entry: Entry) -> int:
        from channels_app.models import StoredFile

        file = StoredFile.objects.get(inbound__contact__text__contains=entry.key)
        port = world.stack.web_ports[0]
        return ask(port, "GET", f"/bijlagen/{file.pk}/", headers=signed_in(world.house.agents[0])).status
