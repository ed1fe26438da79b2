"""Where work is given to a person it says who is not there."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import translation

from organisation.actions.set_presence import set_presence
from organisation.clock import now
from organisation.models import User
from organisation.pages.directory import directory_page
from organisation.presence import name_to_choose, names_to_choose
from tests.cast import Cast


@pytest.mark.parametrize(
    ("status", "ago", "words"),
    [
        ("available", timedelta(0), "Henk Bos"),
        ("meeting", timedelta(0), "Henk Bos"),
        ("away", timedelta(0), "Henk Bos (afwezig)"),
        ("available", timedelta(days=1), "Henk Bos (vandaag niet gezien)"),
        ("away", timedelta(days=1), "Henk Bos (vandaag niet gezien)"),
        (None, None, "Henk Bos (vandaag niet gezien)"),
    ],
)
def test_only_who_is_not_there_today_has_a_word(status: str | None, ago: timedelta | None, words: str) -> None:
    seen: datetime | None = None if ago is None else now() - ago
    with translation.override("nl"):
        assert name_to_choose("Henk Bos", status, seen) == words
        row = {"id": 7, "name": "Henk Bos", "status": status, "seen": seen and seen.isoformat()}
        assert names_to_choose([row, row]) == ((7, words),)


def test_who_is_there_today_is_shown_first_also_where_not_everybody_fits(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("organisation.pages.directory.MOST", 2)
    User.objects.update(job_title="Medewerker")
    set_presence(user=cast.sanne, status="meeting", at=now())
    set_presence(user=cast.receptie, status="away", at=now())
    set_presence(user=cast.ria, status="available", at=now() - timedelta(days=1))
    page = directory_page("medewerker", "", only_here=False)
    assert [one.name for one in page.people] == ["Sanne", "Bas"] and page.here == 1 and page.is_cut
    assert [one.name for one in directory_page("medewerker", "", only_here=True).people] == ["Sanne"]
