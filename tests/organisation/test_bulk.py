"""Rows written in one round trip are those that Django writes, whichever way they go."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import DataError, transaction
from django.db.models import F, Value
from django.db.models.functions import Lower

from channels_app.models import DeadAddress
from organisation.bulk import FEW, insert_rows, update_rows
from organisation.models import CalendarDay, WorkingCalendar

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 2, FEW, FEW + 1])
@pytest.mark.parametrize("is_worked_out", [False, True])
def test_few_and_many_values_and_what_the_database_works_out(count: int, is_worked_out: bool) -> None:
    addresses = [f"Klant{number}%s'@burger.example" for number in range(count)]
    made = [Lower(Value(one)) if is_worked_out else one for one in addresses]
    insert_rows([DeadAddress(address=one, since_at=AT) for one in made])
    kept = [one.lower() for one in addresses] if is_worked_out else addresses
    assert list(DeadAddress.objects.order_by("pk").values_list("address", "since_at")) == [(one, AT) for one in kept]


def test_lists_days_and_numbers_that_are_known_beforehand() -> None:
    calendar = WorkingCalendar(pk=77, name="Gemeente", is_default=False)
    days = [
        CalendarDay(calendar=calendar, on=on, name="Dag", intervals=hours)
        for on, hours in [(date(2026, 12, 25), []), (date(2026, 12, 31), [[510, 900]])]
    ]
    insert_rows([calendar, *days])
    assert list(CalendarDay.objects.filter(calendar=77).order_by("on").values_list("on", "intervals")) == [
        (date(2026, 12, 25), []),
        (date(2026, 12, 31), [[510, 900]]),
    ]
    assert not calendar._state.adding


def test_columns_of_many_rows_are_written_at_once(django_assert_num_queries: object) -> None:
    insert_rows([DeadAddress(address=f"{number}@x.nl", since_at=AT, detail="oud") for number in range(3)])
    rows = list(DeadAddress.objects.order_by("pk"))
    rows[0].status, rows[1].status, rows[2].detail = "5.1.1", "", "nieuw"
    with django_assert_num_queries(1):  # type: ignore[operator]
        update_rows(rows[:2], "status")
    update_rows([], "status")
    assert list(DeadAddress.objects.order_by("pk").values_list("status", "detail")) == [
        ("5.1.1", "oud"), ("", "oud"), ("", "oud"),
    ]  # fmt: skip
    assert DeadAddress.objects.filter(since_at=F("since_at")).count() == 3


def test_a_value_that_is_too_long_is_refused_and_not_cut() -> None:
    insert_rows([DeadAddress(address="a@x.nl", since_at=AT, status="5.1.1")])
    row = DeadAddress.objects.get()
    row.status = "5" * 21
    with pytest.raises(DataError), transaction.atomic():
        update_rows([row], "status")
    assert DeadAddress.objects.get().status == "5.1.1"
