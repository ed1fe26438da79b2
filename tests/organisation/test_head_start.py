"""The file that an empty database begins with counts only where it is what the migrations would have made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection

from organisation import head_start
from organisation.head_start import FILE, give_head_start, migrations, read


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A file of one table that was made of the migrations that are here."""
    file = tmp_path / "head_start.sql"
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        version = cursor.fetchone()[0]
    told = "\n".join(f"-- {name}: {value}" for name, value in migrations().items())
    file.write_text(
        f"-- Written by a test\n-- PostgreSQL: {version}\n{told}\n\nCREATE TABLE public.from_the_file ();\n"
    )
    monkeypatch.setattr(head_start, "FILE", file)
    return file


def is_made() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.from_the_file') IS NOT NULL")
        return bool(cursor.fetchone()[0])


def empty() -> None:
    """Taken back with the transaction of the test."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER SCHEMA public RENAME TO before; CREATE SCHEMA public")


@pytest.mark.django_db
def test_an_empty_database_begins_with_it(begun: Path) -> None:
    empty()
    assert give_head_start()
    assert is_made()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (r"(organisation\.0001_initial): \w+", r"\1: 0123456789abcdef"),  # edited since
        (r"organisation\.0001_initial", "organisation.0001_gone"),
        (r"PostgreSQL: \d+", "PostgreSQL: 11"),
        (r"(?s).*", ""),  # no file to speak of
    ],
)
def test_it_is_left_alone_where_it_does_not_fit(begun: Path, before: str, after: str) -> None:
    begun.write_text(re.sub(before, after, begun.read_text(), count=1))
    empty()
    assert not give_head_start()
    assert not is_made()


@pytest.mark.django_db
def test_tables_that_stand_in_another_schema_are_not_made_again(begun: Path) -> None:
    empty()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path = before, public")
    assert not give_head_start()
    assert not is_made()


@pytest.mark.django_db
def test_a_database_with_tables_is_not_touched(begun: Path) -> None:
    assert not give_head_start()
    assert not is_made()


def test_the_file_holds_nothing_of_the_installation_that_wrote_it() -> None:
    """No moment, no random text, no rights for a role of one machine."""
    told, body = read(FILE.read_text())
    assert told.keys() - {"PostgreSQL"} <= migrations().keys()
    rows = [line for line in body.splitlines() if line.startswith("INSERT")]
    assert len(rows) > 100
    assert [row for row in rows if re.search(r"'[0-9a-f]{32}'|'20\d\d-\d\d-\d\d \d\d:", row)] == []
    assert "replace(gen_random_uuid()" in body, "the salt of the survey addresses"
    assert re.findall(r"^(?:GRANT|ALTER \w+ .* OWNER|SET ).*", body, re.MULTILINE) == []
