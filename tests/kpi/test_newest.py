"""A page of the list behind a figure of a subject is the same whichever way its rows are found."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from contacts.keyset import Cursor
from contacts.models import Question, QuestionContact
from kpi.measures import backlog
from kpi.measures.base import SHARE
from kpi.pages import newest as way
from kpi.pages.rows import PARTS, _count, chosen_part, columns, rows_of
from kpi.periods import between
from kpi.reach import rows_for
from kpi.registry import MEASURES
from kpi.rollups import roll_up
from kpi.scope import Scope
from organisation.snapshot import organisation
from tests.cast import Cast
from tests.kept import Once
from tests.kpi.history import add_contact, call, clock, local, question

pytestmark = pytest.mark.django_db
NOW = local("2026-11-25 12:00")


@Once
def thirty(cast: Cast) -> None:
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


@pytest.fixture
def rows(cast: Cast) -> Cast:
    thirty(cast)
    return cast


WAYS = [(0, 1), (3_000, 1), (3_000, 8), (3_000, 1_000)]
"""How far the newest rows are walked, and how many must be expected among them: never, always, for some and for none of these lists."""


def test_every_way_gives_every_page(rows: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
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
    ways = list(product(WAYS, (True, False)))
    found = 0
    for number, (code, user, scope) in enumerate(
        product(("contacts.digital", "phone.wait"), (rows.sanne, rows.ria), scopes)
    ):
        # each way meets every figure, every person and every kind of scope
        (walk, least), knows_how_many = ways[(number + number // 8) % 8]
        monkeypatch.setattr(way, "WALK", walk)
        monkeypatch.setattr(way, "LEAST", least)
        measure = MEASURES[code]
        part = chosen_part(measure, {})
        wanted = sorted(
            rows_for(user, measure, rows_of(measure, scope, part, NOW)).values_list(measure.source.moment, "pk"),
            reverse=True,
        )
        of = measure.count(scope, NOW).denominator if knows_how_many else 0
        seen: list[tuple[object, int]] = []
        params: dict[str, str] = {}
        while True:
            page = way.newest(
                measure,
                scope,
                NOW,
                user,
                params,
                6,
                of=of,
                name="alles",
                counted=lambda its, at, among, m=measure: rows_of(m, its, "alles", at, among),  # type: ignore[misc]
                columns=lambda found, one, m=measure: columns(m, found, one),  # type: ignore[misc]
            )
            seen += [(row["its_moment"], row["id"]) for row in page.rows]
            if not page.has_after:
                break
            params = {"na": str(Cursor(*seen[-1]))}  # type: ignore[arg-type]
        assert seen == wanted, (code, scope, walk, least, of)
        found += len(wanted)
    assert found > 150


def test_a_list_built_once_is_the_list_of_every_period_team_channel_and_person(rows: Cast) -> None:
    """One text serves them all: each page and each count is what the queryset itself gives for exactly these values."""
    for number, row in enumerate(Question.objects.order_by("pk")):
        due = row.received_at + timedelta(days=4)
        stopped = due - timedelta(days=1) if number % 3 else None
        clock(row, "email.answer", started=row.received_at, due=due, stopped=stopped)
    periods = (
        between(date(2026, 11, 1), date(2026, 11, 30)),
        between(date(2026, 11, 3), date(2026, 11, 3)),
        between(date(2025, 1, 1), date(2026, 11, 24)),
    )
    teams = (None, frozenset({rows.burgerzaken.pk}), frozenset({rows.openbare_ruimte.pk}), frozenset())
    codes = ("email.answer", "questions.asked", "contacts.digital", "phone.wait", "phone.pickup", "transfers.none", "teams.held")  # fmt: skip
    people = (rows.sanne, rows.ria, rows.henk, rows.fatima)
    found = 0
    waste = frozenset({rows.afval.pk, rows.grofvuil.pk})
    scopes = [Scope(period, team, channel) for period, team, channel in product(periods, teams, ("", "email"))]
    scopes += [Scope(periods[0], team, "", waste) for team in teams]
    # each figure has every person, and every scope is asked
    for code, scope, user in list(product(codes, scopes, people))[::13]:
        measure = MEASURES[code]
        for part in PARTS if measure.kind == SHARE else ("alles",):
            mine = rows_for(user, measure, rows_of(measure, scope, part, NOW))
            page = way.newest(
                measure,
                scope,
                NOW,
                user,
                {},
                60,
                of=1,
                name=part,
                counted=lambda its, at, among, m=measure, p=part: rows_of(m, its, p, at, among),  # type: ignore[misc]
                columns=lambda found, one, m=measure: columns(m, found, one),  # type: ignore[misc]
            )
            assert {row["id"] for row in page.rows} == set(mine.values_list("pk", flat=True)), (code, scope, part)
            assert _count(user, measure, scope, part, NOW) == mine.count()
            found += len(page.rows)
    assert found > 150


def test_the_backlog_of_a_narrowed_scope_is_counted_for_its_own_channel_teams_and_subjects(rows: Cast) -> None:
    """One text for all of them: each count is that of the queryset for exactly this scope and person."""
    period = between(date(2026, 11, 1), date(2026, 11, 30))
    teams = (None, frozenset({rows.burgerzaken.pk}), frozenset({rows.openbare_ruimte.pk}), frozenset())
    subjects = (
        None,
        frozenset({rows.grofvuil.pk}),
        frozenset({rows.paspoort.pk}),
        frozenset({rows.afval.pk, rows.grofvuil.pk}),
    )
    Question.objects.filter(pk__in=Question.objects.values("pk")[:9]).update(due_at=NOW - timedelta(days=2))
    rules = organisation().calendar_of(None).rules
    found = 0
    cases = list(product(teams, ("", "email", "phone"), subjects, (rows.sanne, rows.ria, rows.joost)))
    for team, channel, subject, user in cases[::5]:  # each person has every team, channel and subject
        scope = Scope(period, team, channel, subject)
        loads, coming = backlog.open_now(user, scope, NOW, rules)
        questions = backlog.open_questions(user, scope)
        assert loads == backlog.by_team(questions, NOW) and coming == backlog.forecast(questions, NOW, rules), scope
        found += sum(load.open for load in loads.values())
    assert found > 60


def test_a_list_begins_at_its_period_and_loses_nothing_by_it(rows: Cast) -> None:
    """Else a list of two years ago walks past everything since (`near`); a clock has its moment in two columns."""
    for code, measure in MEASURES.items():
        for period in (between(date(2026, 11, 1), date(2026, 11, 24)), between(date(2025, 4, 10), date(2025, 4, 10))):
            scope = Scope(period)
            counted = measure.population(scope, NOW)
            near = measure.source.near(scope)
            assert bool(near) == (measure.source.name != "clock"), code
            assert set(counted.filter(near).values_list("pk")) == set(counted.values_list("pk")), code
