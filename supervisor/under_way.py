"""A worker that is told to stop may have given a mail to a mail server that still looks into it: ended now, it would send that mail twice."""

import signal
import sys
import threading
import time

from supervisor.plain import say

LONGEST_SECONDS = 60.0
"""Longer than the worker itself waits for a mail server (`smtp.PATIENCE_FOR_ALL`)."""
LOCK = 2515
"""Of a message that a worker has in hand (`channels_app.holding`)."""
_HELD = (
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


class UnderWay:
    """Asked again and again whether the worker may go on for a moment; Ctrl-C once more ends that."""

    def __init__(self, database_url: str) -> None:
        self.database_url = database_url
        self.until: float | None = None
        self.has_had_enough = False

    def __call__(self) -> bool:
        if self.has_had_enough or (self.until is not None and time.monotonic() > self.until) or not self._is_held():
            self.until = None
            return False
        if self.until is None:
            self.until = time.monotonic() + LONGEST_SECONDS
            say(
                f"Waiting for a mail that is on its way, at most {LONGEST_SECONDS:.0f} seconds."
                " Ctrl-C ends it at once; that mail may then go twice.",
                to=sys.stderr,
            )
            if threading.current_thread() is threading.main_thread():
                signal.signal(signal.SIGINT, self._enough)
        return True

    def _enough(self, number: int, frame: object) -> None:
        self.has_had_enough = True

    def _is_held(self) -> bool:
        import psycopg2

        try:
            connection = psycopg2.connect(self.database_url, connect_timeout=3, options="-c statement_timeout=3000")
        except psycopg2.Error:
            return False
        try:
            with connection.cursor() as cursor:
                cursor.execute(_HELD, [LOCK])
                return bool(cursor.fetchone()[0])
        except psycopg2.Error:
            return False
        finally:
            connection.close()
