"""A backup is brought back: to the last moment that is safe, and to just before a mistake."""

from __future__ import annotations

import time

from faults import oracle
from faults.fault import Fault, Notes, World, fault
from faults.stack import until


def _keys(url: str) -> set[str]:
    import psycopg2

    connection = psycopg2.connect(url)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM contacts_contact WHERE direction = 'in'")
        texts = [row[0] for row in cursor.fetchall()]
    connection.close()
    return {key for text in texts for key in oracle._KEY.findall(text)}


@fault("F29")
class Restored(Fault):
    """A copy of the cluster, contacts after it, a mistake; then the copy is brought back with the log, to the end and to before the mistake."""

    is_short = False
    expected = "at most 60 s are lost; everything before the mistake is there and nothing after it; the invariants hold on the copy"

    def run(self, world: World, notes: Notes) -> None:
        from django.db import connection

        from opmeer_kcc.backup import make, place
        from opmeer_kcc.backup.check import check_backup
        from opmeer_kcc.backup.restore import restore_cluster
        from organisation.clock import now
        from organisation.owner import as_owner

        oracle.fresh_connection()
        made = make.make_backup(at=now())
        notes.figure("backup_seconds", made.seconds)
        notes.figure("backup_bytes", made.size)
        before = world.ledger.send_some(20)
        time.sleep(1)
        mistake = now()
        time.sleep(1)
        after = world.ledger.send_some(20)
        oracle.quiet_in(60)

        begun = time.monotonic()
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_walfile_name(pg_current_wal_lsn())")
            last = cursor.fetchone()[0]

        def is_away() -> bool:
            make.ship_log()
            return (place.folder("log") / f"{last}{place.SEALED}").exists()

        until(is_away, 120, 1.0)
        notes.within("until_the_log_is_away_seconds", time.monotonic() - begun, 60)
        checked = check_backup(at=now())
        notes.figure("restore_and_check_seconds", checked.seconds)
        notes.exactly("found_in_the_copy", checked.found, [])
        notes.figure("contacts_in_the_copy", checked.contacts)
        folder = world.stack.scratch / "copy"
        copy = restore_cluster(made, folder, world.stack.scratch / "copy.log", until=mistake)
        try:
            found = _keys(copy.owner_url)
        finally:
            copy.stop()
        notes.exactly("missing_before_the_mistake", sum(one.key not in found for one in before), 0)
        notes.exactly("there_from_after_the_mistake", sum(one.key in found for one in after), 0)
