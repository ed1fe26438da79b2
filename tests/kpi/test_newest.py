"""A page of the list behind a figure of a subject is the same whichever way its rows are found."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from contacts.keyset import Cursor
from contacts.models import QuestionContact
from kpi.pages import newest as way
from kpi.pages.rows import chosen_part, columns, rows_of
from kpi.periods import between
from kpi.reach import rows_for
from kpi.registry import MEASURES
from kpi.rollups import roll_up
from kpi.scope import Scope
from tests.cast import Cast
from tests.kpi.history import add_contact, call, local, question

pytestmark = pytest.mark.django_db
NOW = local("2026-11-25 12:00")


@pytest.fixture
def rows(cast: Cast) -> Cast:
    """Thirty questions in turn about waste, bulky waste and passports, with calls; some came back, some in another year, some secret."""
    for number in range(30):
        day = f"2026-11-{1 + number % 24:02d}" if number % 5 else f"2025-{1 + number // 3:02d}-10"
        at = local(f"{day} 10:{number:02d}")
        subject = (cast.afval, cast.grofvuil, cast.paspoort)[number % 3]
        team = cast.openbare_ruimte if number % 4 else cast.burgerzaken
        row = question(
            cast,
            received=at,
            channel="phone" if number % 2 else "email",
            subject=subject,
            team=team,
            is_confidential=number % 7 == 3,
        )
        heard = call(at, wait=number)
        contact = row.contacts.get()
        contact.call = heard
        contact.save()
        if number % 6 == 0:
            later = add_contact(row, received=local("2026-11-20 09:00"), channel="email")
            QuestionContact.objects.create(
                question=question(cast, received=local("2026-11-20 09:00"), subject=cast.paspoort), contact=later
            )
    roll_up(at=NOW)
    return cast


@pytest.mark.parametrize(("walk", "least"), [(0, 1), (3_000, 1), (3_000, 4), (3_000, 1_000)])
def test_every_way_gives_every_page(rows: Cast, monkeypatch: pytest.MonkeyPatch, walk: int, least: int) -> None:
    monkeypatch.setattr(way, "WALK", walk)
    monkeypatch.setattr(way, "LEAST", least)
    waste = frozenset({rows.afval.pk, rows.grofvuil.pk})
    scopes = [
        Scope(period, team_ids=team, channel=channel, subject_ids=subject)
        for period, team, channel, subject in product(
            (between(date(2026, 11, 1), date(2026, 11, 30)), between(date(2025, 1, 1), date(2026, 12, 31))),
            (None, frozenset({rows.burgerzaken.pk})),
            ("", "email"),
            (waste, frozenset({rows.paspoort.pk})),
        )
    ]
    found = 0
    for code, user, scope in product(("contacts.digital", "phone.wait"), (rows.sanne, rows.ria), scopes):
        measure = MEASURES[code]
        part = chosen_part(measure, {})
        wanted = sorted(
            rows_for(user, measure, rows_of(measure, scope, part, NOW)).values_list(measure.source.moment, "pk"),
            reverse=True,
        )
        for of in (0, measure.count(scope, NOW).denominator):
            seen: list[tuple[object, int]] = []
            params: dict[str, str] = {}
            while True:
                page = way.newest(
                    measure,
                    scope,
                    NOW,
                    user,
                    params,
                    3,
                    of=of,
                    counted=lambda among, m=measure, s=scope: rows_of(m, s, "alles", NOW, among),  # type: ignore[misc]
                    columns=lambda found, m=measure, u=user: columns(m, found, u),  # type: ignore[misc]
                )
                seen += [(row["its_moment"], row["id"]) for row in page.rows]
                if not page.has_after:
                    break
                params = {"na": str(Cursor(*seen[-1]))}  # type: ignore[arg-type]
            assert seen == wanted, (code, scope, of)
        found += len(wanted)
    assert found > 100
