"""Question numbers: `OPM-2026-000123`, from a sequence per year, so that nobody waits for anybody."""

import re

from django.db import connection

_NUMBER = re.compile(r"\b([A-Z]{2,6})-(20[0-9]{2})-([0-9]{6,9})\b")


def sequence_of(year: int) -> str:
    """The name of the year's sequence."""
    return f"contacts_question_number_{int(year)}"


def make_sequence(year: int) -> None:
    """Makes the year's sequence, which the application's role may not do itself: a function of the owner does only this.

    The sweep does it in December, so that the new year begins without it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT contacts_make_number_sequence(%s)", [year])


def find_number(text: str, prefix: str) -> str | None:
    """The first question number in a text, in its full form."""
    for match in _NUMBER.finditer(text[:2000].upper()):
        if match.group(1) == prefix.upper():
            return match.group(0)
    return None
