"""A new version under load: every process is replaced in turn."""

from __future__ import annotations

import time

from faults.fault import Fault, Notes, World, fault
from faults.ledger import Load


@fault("F28")
class RollingRestart(Fault):
    """All processes get SIGTERM in turn and start anew while contacts come in; the second web server answers meanwhile."""

    is_short = False
    expected = "0 lost, at most 0.1 % of the answers 5xx"

    def run(self, world: World, notes: Notes) -> None:
        stack = world.stack
        with Load(world.ledger, senders=3, rate=15) as load:
            for _round in range(world.times(1, 3)):
                for process in list(stack.keeper.processes):
                    with stack.down(process):
                        process.stop()
                        time.sleep(0.3)
                        process.start()
                    time.sleep(4)
        statuses = [status for one in load.entries for status in one.statuses]
        wrong = sum(status >= 500 for status in statuses)
        notes.figure("answers", len(statuses))
        notes.figure("connections_refused_and_offered_again", statuses.count(0))
        notes.few("answers_5xx", wrong, len(statuses))
