"""The mail server for outgoing mail refuses, stalls, or hangs up at the worst moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faults import oracle
from faults.fault import PATIENCE, Fault, Notes, World, fault
from faults.ledger import Entry
from faults.stack import until

if TYPE_CHECKING:
    from channels_app.models import OutboundMessage

WRONG = ("r421.", "r450.", "r550.", "tarpit.", "cutdata.", "cut250.")
DELIVER = "channels_app.tasks.deliver"


def _row(entry: Entry) -> OutboundMessage:
    from channels_app.models import OutboundMessage

    return OutboundMessage.objects.get(to_address=entry.address, purpose="acknowledgement")


@fault("F17")
class SmtpRefuses(Fault):
    """No connection, no STARTTLS, 421, 450, 550, silence until we hang up, cut after DATA, cut after 250."""

    expected = (
        "tried again later; 550 is shown; a repeat only where the line broke after DATA, under the same Message-ID"
    )

    def run(self, world: World, notes: Notes) -> None:
        from channels_app.models import OutboundMessage
        from organisation.clock import now

        stack, ledger = world.stack, world.ledger
        proxy = stack.proxies["smtp"]
        proxy.refuse()
        refused = ledger.send(ledger.fresh("api"))
        oracle.nudge(DELIVER)
        tried = until(lambda: _row(refused).tries, PATIENCE)
        proxy.accept()
        notes.within("no_connection_tried_seconds", tried, 15)
        self._without_tls(world, notes)
        entries = {kind: ledger.send(ledger.fresh("api", kind)) for kind in WRONG}
        entries["r550."].is_acknowledged = False
        entries["cutdata."].may_repeat = True
        oracle.nudge(DELIVER)
        keys = [one.address for one in (*entries.values(), refused)]
        rows = OutboundMessage.objects.filter(to_address__in=keys, purpose="acknowledgement")

        def all_tried() -> bool:
            return not rows.filter(tries=0).exists() and not rows.filter(lease_until__gt=now()).exists()

        notes.within("all_tried_seconds", until(all_tried, PATIENCE, 0.2), 90)
        later = rows.filter(state="sending").values_list("next_try_at", flat=True)
        notes.figure("pauses_seconds", [round((one - now()).total_seconds()) for one in later])
        rows.filter(state="sending", lease_until=None).update(next_try_at=now())  # the pause is passed over
        oracle.nudge(DELIVER)

        def all_settled() -> bool:
            return not rows.exclude(state__in=["sent", "failed"]).exists()

        notes.within("sent_after_the_pause_seconds", until(all_settled, PATIENCE, 0.2), 30)
        settled = {kind: _row(one) for kind, one in entries.items()}
        notes.exactly("failed", sorted(kind for kind, row in settled.items() if row.state == "failed"), ["r550."])
        again = sorted(kind for kind, row in settled.items() if row.tries > 1)
        notes.exactly("tried_again", again, ["cutdata.", "r421.", "r450.", "tarpit."])
        twice = {kind: len(stack.sink.of(one.address)) for kind, one in entries.items()}
        notes.exactly("taken_by_the_server", twice, dict(zip(WRONG, (1, 1, 0, 1, 2, 1), strict=True)))
        ids = {one.message_id for one in stack.sink.of(entries["cutdata."].address)}
        notes.exactly("message_ids_of_the_repeat", len(ids), 1)

    @staticmethod
    def _without_tls(world: World, notes: Notes) -> None:
        """Where STARTTLS is asked and the server has none, the message waits rather than going in the clear."""
        if not world.is_full:  # the workers start twice for it
            return
        stack = world.stack
        secure = stack.env["SMTP_URL"].replace("smtp://", "smtp+starttls://user:password@", 1)
        with stack.told(stack.workers, SMTP_URL=secure):
            entry = world.ledger.send(world.ledger.fresh("api"))
            notes.within("without_tls_tried_seconds", until(lambda: _row(entry).tries, PATIENCE), 60)
            notes.exactly("sent_in_the_clear", len(stack.sink.of(entry.address)), 0)
            notes.exactly(
                "waits_without_tls", until(lambda: _row(entry).state == "sending", PATIENCE) is not None, True
            )
