"""Every week somebody looks through the read log for what is unusual, and writes down what came of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.actions.customers import create_customer
from organisation import audit
from organisation.clock import AMSTERDAM, now
from organisation.models import AccessEntry
from organisation.workdays import day_start
from privacy.actions.review import review_week
from privacy.models import ReadLogReview
from privacy.pages.review import review_page, waiting_week
from privacy.weeks import last_week
from tests.cast import Cast
from tests.privacy.test_requests_screen import of

FRIDAY = datetime(2026, 3, 6, 10, 0, tzinfo=AMSTERDAM)
WEEK = date(2026, 3, 2)


def looked(user: Any, at: datetime, customer: int, times: int = 1) -> None:
    AccessEntry.objects.bulk_create(
        AccessEntry(at=at, user=user, customer_id=customer, page="customer") for _one in range(times)
    )


def test_a_week_shows_who_looked_much_late_or_often(cast: Cast) -> None:
    made = create_customer(by=cast.fatima, at=FRIDAY, name="J. de Wit")
    looked(cast.henk, FRIDAY, made.pk, 12)
    looked(cast.fatima, datetime(2026, 3, 8, 23, 59, tzinfo=AMSTERDAM), 5)  # Sunday, the last minute of the week
    looked(cast.bas, datetime(2026, 3, 9, 0, 0, tzinfo=AMSTERDAM), 5)  # the next week
    looked(cast.ria, FRIDAY, 1)
    for customer in range(30):
        looked(cast.sanne, FRIDAY, 100 + customer)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = review_page(WEEK, FRIDAY + timedelta(days=9))
    assert len(queries) <= 8
    people = {row.name: row for row in page.people}
    assert set(people) == {"Henk", "Fatima", "Ria", "Sanne"}
    assert people["Sanne"].is_much and not people["Henk"].is_much
    assert people["Fatima"].is_outside and not people["Henk"].is_outside
    assert [(row.name, row.looks) for row in page.often] == [("Henk", "12")]


def test_it_is_noted_once_by_who_may(cast: Cast) -> None:
    audit.record(by=cast.sanne, action="export.list", reason="Overleg")
    sanne = of(cast.sanne)
    with CaptureQueriesContext(connection) as queries:
        assert waiting_week(now()) is None, "nobody looked at anybody yet"
    assert len(queries) == 1, "at every look at the overview of the management area"
    looked(cast.henk, day_start(last_week(now())), 5)
    assert "wacht" in sanne.get("/beheer/").content.decode()
    assert sanne.get("/beheer/inzage/week/?week=onzin").status_code == 200
    assert sanne.post("/beheer/inzage/week/", {"remark": ""}).status_code == 422
    assert sanne.post("/beheer/inzage/week/", {"remark": "Niets bijzonders"}).status_code == 302
    assert sanne.post("/beheer/inzage/week/", {"remark": "Niets bijzonders"}).status_code == 422
    page = sanne.get("/beheer/inzage/week/").content.decode()
    assert "Niets bijzonders" in page and ReadLogReview.objects.get().week_on == last_week(
        ReadLogReview.objects.get().reviewed_at
    )
    cast.henk.is_privacy_officer = True
    cast.henk.save()
    for user, status in ((cast.henk, 200), (cast.ria, 403), (cast.beheer, 403), (cast.fatima, 403)):
        assert of(user).get("/beheer/inzage/week/").status_code == status


@pytest.mark.parametrize(
    "at", [datetime(2026, 3, 9, 0, 0, tzinfo=AMSTERDAM), datetime(2026, 3, 15, 23, 59, tzinfo=AMSTERDAM)]
)
def test_the_newest_week_is_the_one_that_is_over(at: datetime) -> None:
    assert last_week(at) == WEEK


def test_a_week_that_was_missed_is_asked_for_first(cast: Cast) -> None:
    looked(cast.henk, FRIDAY, 5)
    later = FRIDAY + timedelta(days=14)
    assert waiting_week(later) == WEEK
    newest = last_week(later)
    review_week(week_on=newest, newest=newest, remark="Niets bijzonders", by=cast.sanne, at=later)
    assert waiting_week(later) == WEEK
    review_week(week_on=WEEK, newest=newest, remark="Niets bijzonders", by=cast.sanne, at=later)
    assert waiting_week(later) is None
