"""Is the work going on? Reads the heartbeat rows; a process that only looks alive is restarted (quality.md rule 8)."""

import time

SILENT_SECONDS = 90.0
LOOK_EVERY_SECONDS = 10.0


class Pulse:
    """Judges by whether a row changes, not by the clock that wrote it."""

    def __init__(self, database_url: str, names: list[str]) -> None:
        self.database_url = database_url
        self.seen: dict[str, tuple[object, float]] = {name: (None, time.monotonic()) for name in names}
        self.looked = time.monotonic()

    def forgive(self, name: str) -> None:
        """A process that just started gets the full time."""
        if name in self.seen:
            self.seen[name] = (self.seen[name][0], time.monotonic())

    def silent(self) -> list[str]:
        """The names whose row did not change for 90 seconds; looks at most once in 10 seconds."""
        moment = time.monotonic()
        if not self.seen or moment - self.looked < LOOK_EVERY_SECONDS:
            return []
        self.looked = moment
        rows = self._rows()
        if rows is None:  # without a database nothing can be told, and nobody is to blame
            for name in self.seen:
                self.forgive(name)
            return []
        for name, (value, _) in list(self.seen.items()):
            if rows.get(name) != value:
                self.seen[name] = (rows.get(name), moment)
        return [name for name, (_, since) in self.seen.items() if moment - since > SILENT_SECONDS]

    def _rows(self) -> dict[str, object] | None:
        import psycopg2

        try:
            connection = psycopg2.connect(self.database_url, connect_timeout=3, options="-c statement_timeout=3000")
        except psycopg2.Error:
            return None
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT name, beat_at FROM organisation_heartbeat")
                return dict(cursor.fetchall())
        except psycopg2.Error:
            return None
        finally:
            connection.close()
