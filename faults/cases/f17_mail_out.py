"""The mail server for outgoing mail refuses, stalls, or hangs up at the worst moment."""

from __future__ import annotations

from faults import oracle
from faults.fault import Fault, Notes, World, fault
from faults.ledger import Entry
from faults.stack import until

WRONG = ("r421.", "r450.", "r550.", "tarpit.", "cutdata.", "cut250.")
DELIVER = "channels_app.tasks.deliver"


def _row(entry: Entry) -> object:
    from channels_app.models import OutboundMessage

    return OutboundMessage.objects.get(to_address=entry.address, purpose="acknowledgement")


@fault("F17")
class SmtpRefuses(Fault):
    """No connection, 421, 450, 550, silence for 33 s, cut after DATA, cut after 250."""

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
        tried = until(lambda: _row(refused).tries, 20)  # type: ignore[attr-defined]
        proxy.accept()
        notes.at_most("no_connection_tried_seconds", tried, 15)
        entries = {kind: ledger.send(ledger.fresh("api", kind)) for kind in WRONG}
        entries["r550."].is_acknowledged = False
        entries["cutdata."].may_repeat = True
        oracle.nudge(DELIVER)
        keys = [one.address for one in (*entries.values(), refused)]
        rows = OutboundMessage.objects.filter(to_address__in=keys, purpose="acknowledgement")

        def all_tried() -> bool:
            return not rows.filter(tries=0).exists() and not rows.filter(lease_until__gt=now()).exists()

        notes.at_most("all_tried_seconds", until(all_tried, 120, 0.2), 90)
        states = {kind: _row(one).state for kind, one in entries.items()}  # type: ignore[attr-defined]
        notes.exactly("refused_for_good", states["r550."], "failed")
        notes.exactly("sent_at_once", states["cut250."], "sent")
        waits = {k: s for k, s in states.items() if k in ("r421.", "r450.", "tarpit.", "cutdata.")}
        notes.exactly("waits_for_the_next_try", sorted(set(waits.values())), ["sending"])
        later = rows.filter(state="sending").values_list("next_try_at", flat=True)
        pauses = [round((one - now()).total_seconds()) for one in later]
        notes.figure("pauses_seconds", pauses)
        rows.filter(state="sending").update(next_try_at=now())  # the pause is passed over
        oracle.nudge(DELIVER)

        def all_settled() -> bool:
            return not rows.exclude(state__in=["sent", "failed"]).exists()

        notes.at_most("sent_after_the_pause_seconds", until(all_settled, 60, 0.2), 30)
        notes.exactly("failed", rows.filter(state="failed").count(), 1)
        twice = {kind: len(stack.sink.of(one.address)) for kind, one in entries.items()}
        notes.exactly("taken_by_the_server", twice, dict(zip(WRONG, (1, 1, 0, 1, 2, 1), strict=True)))
        ids = {one.message_id for one in stack.sink.of(entries["cutdata."].address)}
        notes.exactly("message_ids_of_the_repeat", len(ids), 1)
