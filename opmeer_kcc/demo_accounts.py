"""Whose database it is: of the demo, with accounts that everybody knows, or of real people. It tells so itself; nothing beside it is asked.

Knows neither Django nor a model: `script/server` asks it before it knows as what to start.
"""

from __future__ import annotations

from typing import Any, Final, Literal

Whose = Literal["demo", "real", "nobody"]

ACCOUNTS: Final = {
    "fatima": "front office: registers and answers",
    "henk": "team member: answers his team's questions",
    "ria": "team lead: her team's work and figures",
    "sanne": "coordinator: norms, routing and every figure",
    "joost": "director: the figures",
    "beheer": "administrator: people, teams and mailboxes",
    "receptie": "host: visitors at the reception",
}
"""Those of the README, by what each is."""

HAS_PEOPLE: Final = "SELECT to_regclass('organisation_user') IS NOT NULL"
WHOSE: Final = """
SELECT EXISTS (SELECT FROM organisation_user),
       EXISTS (SELECT FROM organisation_user WHERE username = ANY(%s)) AND EXISTS (
           SELECT FROM organisation_user WHERE is_active AND password <> '' GROUP BY password HAVING count(*) > 1)
"""
"""The demo hashes its one password once, so its open accounts share a hash to the letter; not all of its thirty people sign in, which may
give one a hash of its own. Nobody else's do: each has a salt of its own."""


def whose(cursor: Any) -> Whose:
    """Asked with a cursor of psycopg2 or of Django. A demo whose accounts were blocked before it went into real use is of real people."""
    cursor.execute(HAS_PEOPLE)
    if not cursor.fetchone()[0]:
        return "nobody"
    cursor.execute(WHOSE, [list(ACCOUNTS)])
    has_people, is_demo = cursor.fetchone()
    return "demo" if is_demo else "real" if has_people else "nobody"
