"""A row of the queue that was shown before is shown again only when nothing in it would read differently."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation

from contacts.models import Customer, Question
from contacts.pages.queue_around import around
from contacts.pages.queue_options import _made, options_of
from contacts.pages.queue_rows import ROW, ROWS, rows_markup
from contacts.queue_filters import QueueFilters
from organisation.clock import now
from organisation.kept import Kept
from organisation.models import Team, User
from organisation.snapshot import organisation, settings_changed
from tests.contacts.test_queue import ask

if TYPE_CHECKING:
    from tests.cast import Cast

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script> & \"' zo"


def both(question: Question, at: datetime, **look: Any) -> str:
    """Asserts that what was kept reads as what would be made now; gives it."""
    rows = ROW.read(row["text"] for row in ROW.texts_of(Question.objects.filter(pk=question.pk)))
    given = {"filters": QueueFilters(), "shows_team": True} | look
    filters, shows_team = given["filters"], given["shows_team"]
    kept = rows_markup(rows, filters, organisation(), at, shows_team=shows_team)
    held = ROWS._held.copy()
    ROWS._held.clear()
    fresh = rows_markup(rows, filters, organisation(), at, shows_team=shows_team)
    ROWS._held.update(held)
    assert kept == fresh
    return str(kept)


CHANGES: list[dict[str, Any]] = [
    {"title": "Anders"},
    {"title": HOSTILE},
    {"summary": HOSTILE},
    {"status": "waiting", "due_at": None, "soon_at": None},
    {"status": "closed", "closed_at": NOON, "close_reason": "answered"},
    {"channel": "letter"},
    {"is_confidential": True},
    {"contact_count": 7},
    {"version": 9},
    {"assignee": None},
    {"received_at": datetime(2025, 1, 2, 9, tzinfo=UTC)},
    {"due_at": None, "soon_at": None},
    {"due_at": datetime(2026, 1, 2, 9, tzinfo=UTC)},
    {"sort_at": datetime(2026, 1, 2, 9, tzinfo=UTC)},
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: "-".join(change))
def test_every_change_of_the_question_is_seen(cast: Cast, change: dict[str, Any]) -> None:
    question = ask(cast)
    Question.objects.filter(pk=question.pk).update(assignee=cast.henk, due_at=now() + timedelta(days=3))
    before = both(question, now())
    Question.objects.filter(pk=question.pk).update(**change)
    after = both(question, now())
    assert after != before
    assert "<script" not in after


def test_every_change_around_the_question_is_seen(cast: Cast) -> None:
    question = ask(cast)
    Question.objects.filter(pk=question.pk).update(assignee=cast.henk)
    seen = [both(question, now())]
    Customer.objects.filter(pk=Question.objects.get(pk=question.pk).customer_id).update(
        name="Nieuw <b>", salutation="mrs"
    )
    seen.append(both(question, now()))
    User.objects.filter(pk=cast.henk.pk).update(name="Hendrik Bos")
    seen.append(both(question, now()))
    Team.objects.filter(pk=question.team_id).update(name="Andere naam")
    settings_changed()
    seen.append(both(question, now()))
    with translation.override("en"):
        seen.append(both(question, now()))
    seen.append(both(question, now(), shows_team=False))
    seen.append(both(question, now(), filters=QueueFilters(scope="alles")))
    seen.append(both(question, now(), filters=QueueFilters(order="nieuwste")))
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize("status", ["new", "waiting"])
@pytest.mark.parametrize("ends", [datetime(2026, 3, 27, 23, tzinfo=UTC), datetime(2026, 3, 27, 12, 30, tzinfo=UTC)])
def test_the_words_of_a_deadline_move_with_the_clock(cast: Cast, status: str, ends: datetime) -> None:
    """A deadline of midnight and one within the day, walked past in steps of minutes and days."""
    question = ask(cast)
    Question.objects.filter(pk=question.pk).update(status=status, due_at=ends, soon_at=ends - timedelta(hours=20))
    steps = [timedelta(days=day) for day in range(-3, 5)]
    steps += [timedelta(minutes=minute) for minute in (-1201, -1200, -1199, -750, -720, -121, -119, -2, -1, 0, 1, 30)]
    steps += [timedelta(seconds=second) for second in (-90, -60, -59, -1, 1)]
    for step in sorted(steps):
        both(question, ends + step)


def test_the_longest_unused_makes_room() -> None:
    kept: Kept[int] = Kept(2)
    made: list[int] = []

    def make(value: int) -> int:
        made.append(value)
        return value

    for value in (1, 2, 1, 3, 1, 2):
        assert kept.get(value, lambda value=value: make(value)) == value  # type: ignore[misc]
    assert made == [1, 2, 3, 2]
    assert len(kept) == 2


def test_the_choices_of_the_filters_are_of_this_person_and_of_today(cast: Cast) -> None:
    """Kept, and yet: a colleague who comes, a team that is named otherwise, another person or language changes them."""
    ask(cast)

    def choices(user: User, **filters: Any) -> dict[str, list[str]]:
        asked = QueueFilters(**filters)
        facts = around(asked, User.objects.get(pk=user.pk), now())
        made = asdict(options_of(asked, facts, User.objects.get(pk=user.pk), now()))
        _made.clear()
        assert made == asdict(options_of(asked, facts, User.objects.get(pk=user.pk), now()))
        return {name: [option["words"] for option in group] for name, group in made.items()}

    henk, ria, sanne = choices(cast.henk), choices(cast.ria), choices(cast.sanne)
    assert "Ria" in " ".join(henk["assignee"]) and "Ria" not in " ".join(ria["assignee"])
    assert "Alle teams" in sanne["scope"] and "Alle teams" not in henk["scope"]
    cast.bas.memberships.update(team=cast.openbare_ruimte)
    assert len(choices(cast.henk)["assignee"]) == len(henk["assignee"]) + 1
    Team.objects.filter(pk=cast.openbare_ruimte.pk).update(name="Buiten")
    settings_changed()
    assert "Buiten" in choices(cast.henk)["scope"] and "Buiten" in choices(cast.sanne)["team"]
    with translation.override("en"):
        assert "All teams" in choices(cast.sanne)["scope"]
