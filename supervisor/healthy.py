"""The health check of one container: `healthy.py web`, or a process that writes a sign of life. Needs only psycopg2."""

import os
import sys
import urllib.request

OLDEST_SECONDS = 90


def main(name: str) -> int:
    if name == "web":
        request = urllib.request.Request("http://127.0.0.1:8000/health/live", headers={"Host": _host()})
        with urllib.request.urlopen(request, timeout=4) as answer:
            return 0 if answer.status == 200 else 1
    import psycopg2

    connection = psycopg2.connect(os.environ["DATABASE_URL"], connect_timeout=3)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT now() - beat_at < %s * interval '1 second' FROM organisation_heartbeat WHERE name = %s",
            [OLDEST_SECONDS, name],
        )
        row = cursor.fetchone()
    return 0 if row and row[0] else 1


def _host() -> str:
    """A name that the site answers to: 127.0.0.1 is none of them in production."""
    first = os.environ.get("ALLOWED_HOSTS", "").replace(",", " ").split()
    return first[0].lstrip(".").replace("*", "localhost") if first else "127.0.0.1"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
