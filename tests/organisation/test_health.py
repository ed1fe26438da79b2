"""What runs at night runs once, and its result is seen by who looks after the house."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from contacts.invariants import nightly as check
from contacts.invariants.found import Finding
from organisation import health, nightly
from organisation.clock import now
from organisation.models import Heartbeat
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)  # 02:30 in Opmeer


def test_it_is_due_once_per_local_night() -> None:
    assert nightly.is_due("x", NIGHT)
    nightly.done("x", NIGHT)
    assert not nightly.is_due("x", NIGHT + timedelta(hours=23, minutes=29))
    assert nightly.is_due("x", NIGHT + timedelta(hours=23, minutes=30))


def test_a_night_that_was_missed_is_caught_up_in_the_morning() -> None:
    nightly.done("x", NIGHT - timedelta(days=1))
    assert nightly.is_due("x", NIGHT + timedelta(hours=7))


def test_the_invariants_are_checked_once_and_leave_their_result(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "check_all", lambda: iter([Finding("I1", 2, ("contact 1",)), Finding("I2", 0, ())]))
    assert check.check_nightly(at=NIGHT)
    assert not check.check_nightly(at=NIGHT + timedelta(minutes=10))
    row = Heartbeat.objects.get(name=check.NAME)
    assert row.detail["violations"] == 2
    assert [one["invariant"] for one in row.detail["found"]] == ["I1"]
    (line,) = check.line(NIGHT + timedelta(hours=1))
    assert not line.is_well
    assert "2 regels kloppen niet" in line.text


def test_a_check_that_found_nothing_turns_red_after_26_hours() -> None:
    nightly.done(check.NAME, NIGHT, violations=0, found=[])
    assert check.line(NIGHT + timedelta(hours=26))[0].is_well
    late = check.line(NIGHT + timedelta(hours=26, minutes=1))[0]
    assert not late.is_well
    assert "26 uur" in late.text
    assert not check.line(NIGHT)[0].text.startswith("Is langer")


def test_what_was_never_heard_of_is_starting_where_everything_is_new_and_wrong_later() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET applied = %s", [NIGHT])
    Heartbeat.objects.create(name="worker", beat_at=NIGHT - timedelta(hours=1))

    def told(minutes: int) -> dict[str, tuple[bool, bool]]:
        at = NIGHT + timedelta(minutes=minutes)
        return {one.code: (one.is_well, one.is_starting) for one in [*check.line(at), *health.processes(at)]}

    for minutes, state in ((2, (True, True)), (15, (False, False))):
        found = told(minutes)
        assert found[check.NAME] == found["beat"] == state
        assert found["worker"] == (False, False)  # it was heard of, and is silent


def test_the_real_check_runs_on_this_database() -> None:
    assert check.check_nightly(at=now())
    detail = Heartbeat.objects.get(name=check.NAME).detail
    assert (detail["violations"], detail["found"]) == (0, [])


def test_only_who_looks_after_the_house_sees_the_details(client: Client, cast: Cast) -> None:
    nightly.done(check.NAME, now(), violations=3, found=[])
    client.force_login(cast.fatima)
    assert client.get("/beheer/gezondheid/").status_code == client.get("/health/details").status_code == 403
    client.force_login(cast.beheer)
    page = client.get("/beheer/gezondheid/").content.decode()
    assert "3 regels kloppen niet" in page
    assert "niet goed" in page
    answer = client.get("/health/details")
    assert (answer.status_code, answer.json()["status"]) == (200, "attention")
    assert {"part": "invariants", "well": False, "violations": 3}.items() <= {
        **next(one for one in answer.json()["parts"] if one["part"] == "invariants")
    }.items()


def test_the_details_are_for_nobody_whose_session_ended_or_who_owes_a_code(
    client: Client, cast: Cast, settings: Any
) -> None:
    client.post("/inloggen/", {"username": "beheer", "password": "beheer-secret-1"})
    assert client.get("/health/details").status_code == 200
    session = client.session
    session["seen"] = int(time.time()) - 1801
    session.save()
    assert client.get("/health/details").status_code == 302
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(cast.beheer)
    assert client.get("/health/details")["Location"].startswith("/inloggen/")
    assert client.get("/health/live").status_code == 200
