"""What an installation is: a demo with open accounts, or one of real people.

The database has the last word. The file `mode` only remembers what was chosen while nobody was in it yet.
"""

import os
from typing import Literal

from opmeer_kcc.demo_accounts import Whose, whose
from supervisor.place import Place

Found = Whose | Literal["unknown"]
"""Whose people are in the database; `unknown` while it gives no answer: what wants to work with it says why."""
ON = {"1", "true", "yes", "on"}


def chosen(place: Place) -> str:
    """`demo` or `empty`, as it began; empty text when nothing was chosen."""
    try:
        return (place.data / "mode").read_text().strip()
    except OSError:
        return ""


def begin(place: Place, *, no_demo: bool = False) -> None:
    """Writes down once what an installation is, also when only DEMO_MODE said so: it stays that when nobody says it again."""
    draft = place.data / f"mode.{os.getpid()}"
    draft.write_text("demo" if is_demo(place) and not no_demo else "empty")
    draft.replace(place.data / "mode")


def is_demo(place: Place) -> bool:
    given = os.environ.get("DEMO_MODE", "").strip().lower()
    return given in ON if given else chosen(place) != "empty"


def whose_database(url: str) -> Found:
    import psycopg2

    try:
        connection = psycopg2.connect(url, connect_timeout=3, options="-c statement_timeout=3000")
    except psycopg2.Error:
        return "unknown"
    try:
        with connection.cursor() as cursor:
            return whose(cursor)
    except psycopg2.Error:
        return "unknown"
    finally:
        connection.close()


def settle(place: Place, found: Found) -> None:
    """Real people are never opened as a demo, whatever the folder says; nor is a database that gives no answer."""
    if found in ("real", "unknown") and not os.environ.get("DEMO_MODE"):
        os.environ["DEMO_MODE"] = "0"  # for what this process starts
    if found in ("demo", "real") and not chosen(place):
        begin(place, no_demo=found == "real")
