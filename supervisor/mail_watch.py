"""Waits, small, until a mailbox is to be read, and then becomes `manage.py watch_mail`. Needs only psycopg2."""

import os
import sys
import time
from pathlib import Path

LOOK_SECONDS = 15
MANAGE = Path(__file__).resolve().parent.parent / "manage.py"
BEAT = """
INSERT INTO organisation_heartbeat (name, beat_at, detail) VALUES ('mailwatch', now(), '{"listening": 0}')
ON CONFLICT (name) DO UPDATE SET beat_at = excluded.beat_at, detail = excluded.detail
"""
WANTED = "SELECT EXISTS (SELECT 1 FROM channels_app_mailbox WHERE is_active AND host <> '')"


def is_wanted(database_url: str) -> bool:
    """Gives a sign of life and looks whether there is work; a database that is away means: not yet."""
    import psycopg2

    try:
        connection = psycopg2.connect(database_url, connect_timeout=3, options="-c statement_timeout=3000")
    except psycopg2.Error:
        return False
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(BEAT)
            cursor.execute(WANTED)
            return bool(cursor.fetchone()[0])
    except psycopg2.Error:
        return False
    finally:
        connection.close()


def _database_url() -> str:
    """Said here as the other processes say it: waiting for a database that has no address would last for ever, and look like work."""
    import psycopg2
    from psycopg2.extensions import parse_dsn

    given = os.environ.get("DATABASE_URL", "").strip()
    if not given:
        sys.exit("Set DATABASE_URL: postgresql://user:password@host:port/name of PostgreSQL 15 or newer")
    try:
        parse_dsn(given)
    except psycopg2.ProgrammingError:  # its words quote the address, and with it a password
        sys.exit("DATABASE_URL cannot be read. It looks like postgresql://user:password@host:5432/name.")
    return given


def main() -> None:
    database_url = _database_url()
    while not is_wanted(database_url):
        time.sleep(LOOK_SECONDS)
    os.execv(sys.executable, [sys.executable, str(MANAGE), "watch_mail"])


if __name__ == "__main__":
    main()
