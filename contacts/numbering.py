"""Question numbers: `OPM-2026-000123`, from a sequence per year, so that nobody waits for anybody."""

import re

from django.db import connection
from django.db.utils import ProgrammingError
from django.db.transaction import atomic

_NUMBER = re.compile(r"\b([A-Z]{2,6})-(20[0-9]{2})-([0-9]{6,9})\b")


def next_number(prefix: str, year: int) -> str:
    """The next free number of the year. Numbers may skip (a registration that failed), never repeat."""
    name = f"contacts_question_number_{int(year)}"
    try:
        with atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT nextval(%s)", [name])
            value = cursor.fetchone()[0]
    except ProgrammingError:  # first question of the year
        make_sequence(year)
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval(%s)", [name])
            value = cursor.fetchone()[0]
    return f"{prefix}-{year}-{value:06d}"


def make_sequence(year: int) -> None:
    """Makes the year's sequence; the job does this in December, so that the new year begins without it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('contacts_question_number'))")
        cursor.execute(f"CREATE SEQUENCE IF NOT EXISTS contacts_question_number_{int(year)}")


def find_number(text: str, prefix: str) -> str | None:
    """The first question number in a text, in its full form."""
    for match in _NUMBER.finditer(text[:2000].upper()):
        if match.group(1) == prefix.upper():
            return match.group(0)
    return None
