"""A new version under load: its migration comes first, and then every process is replaced in turn."""

from __future__ import annotations

import time

from faults import oracle
from faults.fault import PATIENCE, Fault, Notes, World, fault
from faults.ledger import Load

COLUMN = "added_by_the_next_version"


def _tables() -> list[type]:
    """What every registration writes to."""
    from channels_app.models import OutboundMessage
    from contacts.models import Contact, Question

    return [Contact, Question, OutboundMessage]


def _changed(*, add: bool) -> tuple[float, int]:
    """A column that may not be empty, added as a migration adds it, or taken away; how long the longest wait for a table was, and how often in vain."""
    from django.db import OperationalError, connection, models

    from organisation.owner import as_owner

    longest, in_vain = 0.0, 0
    oracle.fresh_connection()
    with as_owner():
        for model in _tables():
            field = models.JSONField(default=list)
            field.set_attributes_from_name(COLUMN)
            field.model = model
            end = time.monotonic() + PATIENCE
            while True:
                begun = time.monotonic()
                try:
                    with connection.schema_editor() as editor:
                        (editor.add_field if add else editor.remove_field)(model, field)
                    longest = max(longest, time.monotonic() - begun)
                    break
                except OperationalError:  # two seconds for a lock, so that nobody waits behind it for longer
                    in_vain += 1
                    if time.monotonic() > end:
                        raise
    return longest, in_vain


@fault("F28")
class RollingRestart(Fault):
    """A migration adds columns while contacts come in, then all processes get SIGTERM in turn and start anew; the second web server answers meanwhile."""

    is_short = False
    expected = (
        "0 lost, at most 0.1 % of the answers 5xx; the processes of before go on writing rows after the migration"
    )

    def run(self, world: World, notes: Notes) -> None:
        stack = world.stack
        longest, in_vain, rounds = 0.0, 0, world.times(1, 5)
        with Load(world.ledger, senders=3, rate=15) as load:
            for number in range(rounds):
                if number:
                    _changed(add=False)
                took, waits = _changed(add=True)
                longest, in_vain = max(longest, took), in_vain + waits
                time.sleep(2)  # the processes of before work on the new tables
                for process in list(stack.keeper.processes):
                    with stack.down(process):
                        process.stop()
                        time.sleep(0.3)
                        process.start()
                    time.sleep(4)
        _changed(add=False)
        statuses = [status for one in load.entries for status in one.statuses]
        wrong = sum(status >= 500 for status in statuses)
        notes.figure("deployments", rounds)
        notes.figure("longest_change_of_a_table_seconds", longest)
        notes.figure("changes_tried_in_vain", in_vain)
        notes.figure("answers", len(statuses))
        notes.figure("connections_refused_and_offered_again", statuses.count(0))
        notes.few("answers_5xx", wrong, len(statuses))
