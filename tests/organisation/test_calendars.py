"""Working calendars: holidays are proposed and confirmed, hours are refused with a sentence, versions rise."""

from datetime import date, timedelta

import pytest
from django.test import Client

from organisation.actions import calendars as act
from organisation.clock import today
from organisation.dutch_holidays import ends_a_term, proposed
from organisation.errors import Refused
from organisation.models import AuditEntry, CalendarDay, WorkingCalendar
from organisation.news import calendars as calendars_news
from organisation.pages.calendars import calendar_page, calendar_row
from organisation.snapshot import organisation, settings_changed
from tests.cast import Cast

WEEK = {f"day{day}": "8:30-12:30, 13:00-17:00" for day in range(5)} | {"day5": "", "day6": ""}


@pytest.fixture
def calendar(cast: Cast) -> WorkingCalendar:
    return WorkingCalendar.objects.get(is_default=True)


@pytest.fixture
def desk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.sanne)
    return client


def test_kings_day_is_the_26th_when_the_27th_is_a_sunday() -> None:
    assert proposed(2025, good_friday=False, liberation_day=False)[date(2025, 4, 26)] == "Koningsdag"
    assert date(2025, 4, 27) not in proposed(2025, good_friday=False, liberation_day=False)
    assert proposed(2026, good_friday=False, liberation_day=False)[date(2026, 4, 27)] == "Koningsdag"


def test_a_term_of_the_law_ends_on_no_holiday_that_the_library_knows_and_on_every_other_weekday() -> None:
    for year in range(2020, 2101):
        holidays = set(proposed(year, good_friday=True, liberation_day=True))
        days = [date(year, 1, 1) + timedelta(days=passed) for passed in range(366)]
        weekdays = {day for day in days if day.year == year and day.weekday() < 5}
        assert {day for day in weekdays if not ends_a_term(day)} == holidays & weekdays


def test_good_friday_and_liberation_day_are_for_the_municipality_to_choose() -> None:
    for year in (2025, 2026, 2030):
        plain = proposed(year, good_friday=False, liberation_day=False)
        assert "Goede vrijdag" not in plain.values()
        assert (plain.get(date(year, 5, 5)) == "Bevrijdingsdag") == (year in (2025, 2030)), (
            "every fifth year it is for all"
        )
        both = proposed(year, good_friday=True, liberation_day=True)
        assert {"Goede vrijdag", "Bevrijdingsdag"} <= set(both.values())
    assert proposed(2026, good_friday=True, liberation_day=False)[date(2026, 4, 3)] == "Goede vrijdag"


def test_a_proposed_day_counts_only_after_a_person_confirms_it(calendar: WorkingCalendar, cast: Cast) -> None:
    ascension = date(2027, 5, 6)
    days = act.propose_holidays(
        calendar_id=calendar.pk, year=2027, good_friday=False, liberation_day=False, by=cast.sanne
    )
    assert organisation().default_calendar.rules.is_working_day(ascension)
    chosen = [day.pk for day in days if day.on == ascension]
    gone = CalendarDay.objects.create(
        calendar=calendar, on=today() - timedelta(days=30), name="Voorbij", kind="holiday"
    )
    shown = calendar_page(calendar).to_confirm
    assert len(shown) == calendar_row(calendar).to_confirm and gone.pk not in [row.pk for row in shown]
    assert act.confirm_days(calendar_id=calendar.pk, day_ids=chosen, by=cast.sanne) == 1
    assert not organisation().default_calendar.rules.is_working_day(ascension)
    assert CalendarDay.objects.get(pk=chosen[0]).confirmed_by == cast.sanne


def test_proposing_twice_or_over_days_that_stand_adds_nothing(calendar: WorkingCalendar, cast: Cast) -> None:
    first = act.propose_holidays(
        calendar_id=calendar.pk, year=2027, good_friday=False, liberation_day=False, by=cast.sanne
    )
    assert {day.on for day in first} == {date(2027, 5, 6), date(2027, 5, 17)}, "weekends and days that stand stay out"
    assert not act.propose_holidays(
        calendar_id=calendar.pk, year=2027, good_friday=False, liberation_day=False, by=cast.sanne
    )


def test_hours_with_a_break_are_saved_and_raise_the_version(desk: Client, calendar: WorkingCalendar) -> None:
    response = desk.post(
        f"/beheer/kalenders/{calendar.pk}/", {"name": "Gemeente", "version": "1", **WEEK, "day3": "8:30-24:00"}
    )
    assert response.status_code == 302
    calendar.refresh_from_db()
    assert calendar.version == 2
    rules = organisation().default_calendar.rules
    assert rules.intervals(date(2026, 11, 23)) == ((510, 750), (780, 1020))
    assert rules.intervals(date(2026, 11, 26)) == ((510, 1440),)
    assert AuditEntry.objects.filter(action="calendar.hours").exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day1": "8:30-12:30, 12:00-17:00"}, "overlappen"),
        ({"day1": "17-9"}, "eindigt voordat het begint"),
        ({"day1": "22:00-2:00"}, "bij twee dagen: tot 24:00"),
        ({"day1": "altijd"}, "niet lezen"),
        ({f"day{day}": "" for day in range(7)}, "minstens één dag"),
    ],
)
def test_hours_that_cannot_be_are_refused_with_a_sentence(
    desk: Client, calendar: WorkingCalendar, changes: dict, sentence: str
) -> None:
    response = desk.post(f"/beheer/kalenders/{calendar.pk}/", {"name": "Gemeente", "version": "1", **WEEK, **changes})
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    for typed in changes.values():
        assert f'value="{typed}"' in page or not typed
    calendar.refresh_from_db()
    assert calendar.version == 1


def test_two_people_at_one_calendar_get_the_page_with_both_texts(desk: Client, calendar: WorkingCalendar) -> None:
    desk.post(f"/beheer/kalenders/{calendar.pk}/", {"name": "Gemeente", "version": "1", **WEEK, "day4": "8:30-12:00"})
    response = desk.post(
        f"/beheer/kalenders/{calendar.pk}/", {"name": "Gemeente", "version": "1", **WEEK, "day4": "9:00-10:00"}
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "08:30–12:00" in page and "9:00-10:00" in page
    assert '<input type="hidden" name="version" value="2">' in page


def test_a_closing_day_and_other_hours(desk: Client, calendar: WorkingCalendar) -> None:
    address = f"/beheer/kalenders/{calendar.pk}/dag/"
    assert (
        desk.post(
            address, {"on": "2026-12-24", "kind": "other_hours", "day_name": "Kerstavond", "hours": "8:30-12:00"}
        ).status_code
        == 302
    )
    assert (
        desk.post(address, {"on": "2026-12-28", "kind": "closed", "day_name": "Brugdag", "hours": ""}).status_code
        == 302
    )
    assert (
        desk.post(address, {"on": "2026-12-29", "kind": "other_hours", "day_name": "Brugdag", "hours": ""}).status_code
        == 422
    )
    typed = {"on": "2026-12-30", "kind": "closed", "day_name": "Brugdag", "hours": "8:30-12:00"}
    assert desk.post(address, typed).status_code == 422, "hours that were typed are never dropped"
    again = desk.post(address, {"on": "2026-12-28", "kind": "closed", "day_name": "Vrij"}, follow=True)
    assert "in de plaats van ‘Brugdag’" in again.content.decode()
    rules = organisation().default_calendar.rules
    assert rules.intervals(date(2026, 12, 24)) == ((510, 720),)
    assert not rules.is_working_day(date(2026, 12, 28))
    day = CalendarDay.objects.get(on=date(2026, 12, 28))
    desk.post(f"/beheer/kalenders/{calendar.pk}/dagen/", {"day": day.pk, "remove": "yes"})
    assert organisation().default_calendar.rules.is_working_day(date(2026, 12, 28))


def test_a_new_calendar_takes_the_holidays_along(cast: Cast, calendar: WorkingCalendar) -> None:
    new = act.add_calendar(name="Buitendienst", weekly={day: ((420, 960),) for day in range(5)}, by=cast.sanne)
    assert new.days.count() == calendar.days.count()


def test_holidays_on_a_weekday_that_opens_are_proposed(
    desk: Client, cast: Cast, calendar: WorkingCalendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They were left out while that day was closed: Boxing Day would be an ordinary Saturday."""
    monkeypatch.setattr("organisation.actions.calendars.today", lambda: date(2026, 11, 2))
    hours = {"name": "Gemeente", "version": "1", **WEEK, "day5": "9-12"}
    assert desk.post(f"/beheer/kalenders/{calendar.pk}/", hours).status_code == 302
    found = {day.on for day in calendar.days.filter(is_confirmed=False, kind="holiday")}
    assert found == {date(2026, 12, 26), date(2027, 12, 25)}, "Saturdays of the years whose holidays stand"
    market = act.add_calendar(name="Markt", weekly={day: ((540, 720),) for day in (5, 6)}, by=cast.sanne)
    sundays = {day.on for day in market.days.filter(is_confirmed=False)} - found
    assert date(2027, 3, 28) in sundays and {day.weekday() for day in sundays} == {6}, "only this one opens on Sunday"


@pytest.mark.parametrize(
    ("on", "last", "own", "words", "asks"),
    [
        (date(2026, 11, 2), 2027, 2027, "tot en met 2027", False),
        (date(2026, 11, 2), 2026, None, "Feestdagen van 2027", True),
        (date(2026, 11, 2), 2027, 2026, "Feestdagen van 2027 staan er nog niet in: Balie", True),
        (date(2026, 5, 2), 2026, 2026, "tot en met 2026", False),
        (date(2026, 5, 2), 2025, None, "Feestdagen van 2026", True),
    ],
)
def test_the_overview_knows_whose_holidays_are_lacking(
    cast: Cast,
    calendar: WorkingCalendar,
    monkeypatch: pytest.MonkeyPatch,
    on: date,
    last: int,
    own: int | None,
    words: str,
    asks: bool,
) -> None:
    monkeypatch.setattr("organisation.news.today", lambda: on)
    CalendarDay.objects.all().delete()
    settings_changed()
    other = WorkingCalendar.objects.create(name="Balie")
    for row, year in ((calendar, last), (other, own)):
        if year is not None:
            CalendarDay.objects.create(
                calendar=row, on=date(year, 1, 1), kind="holiday", name="Nieuwjaarsdag", is_confirmed=True
            )
    text, asks_attention = calendars_news(cast.sanne)
    assert words in text and asks_attention is asks


def test_confirming_what_a_colleague_confirmed_says_so(desk: Client, calendar: WorkingCalendar) -> None:
    day = CalendarDay.objects.create(calendar=calendar, on=date(2027, 5, 6), kind="holiday", name="Hemelvaart")
    address = f"/beheer/kalenders/{calendar.pk}/dagen/"
    assert "1 dag is bevestigd" in desk.post(address, {"day": day.pk}, follow=True).content.decode()
    assert "Dit was al gedaan" in desk.post(address, {"day": day.pk}, follow=True).content.decode()


def test_an_empty_new_calendar_leaves_nothing_behind(cast: Cast) -> None:
    with pytest.raises(Refused):
        act.add_calendar(name="Leeg", weekly={day: () for day in range(7)}, by=cast.sanne)
    assert not WorkingCalendar.objects.filter(name="Leeg").exists()


def test_who_may_only_read_sees_no_buttons_and_cannot_save(
    client: Client, cast: Cast, calendar: WorkingCalendar
) -> None:
    client.force_login(cast.fatima)
    page = client.get(f"/beheer/kalenders/{calendar.pk}/")
    assert page.status_code == 200 and "Voeg dag toe" not in page.content.decode()
    assert client.post(f"/beheer/kalenders/{calendar.pk}/", {"name": "x", "version": "1", **WEEK}).status_code == 403
    assert client.post(f"/beheer/kalenders/{calendar.pk}/feestdagen/", {"year": "2027"}).status_code == 403
