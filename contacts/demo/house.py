"""The municipality itself: settings, opening hours, holidays and the norms."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import holidays

from contacts.actions.set_norms import add_default_norms
from contacts.models import ServiceNorm
from organisation.bulk import history_of, insert_rows
from organisation.models import CalendarDay, CalendarHours, Municipality, Team, User, WorkingCalendar

HOURS = ((0, 510, 1020), (1, 510, 1020), (2, 510, 1020), (3, 510, 1020), (4, 510, 750))
"""Weekday, opens, closes: Friday afternoon is closed."""
WORKED = ("goede vrijdag",)
"""Switch of the municipality that is off: worked. The library gives Liberation Day in the fifth years only, as here."""
EVES = {(12, 24): "Dag voor Kerst", (12, 31): "Oudjaarsdag"}
EVE_HOURS = [[510, 960]]
PLAN_FROM = date(2018, 1, 1)
"""The programme began in 2018; its norms and holidays hold since then."""
YEARS_AHEAD = 10


def set_up_municipality() -> Municipality:
    """The one row of settings."""
    municipality, _created = Municipality.objects.get_or_create(pk=1)
    municipality.visiting_address = "Klaproos 1, 1716 VS Opmeer"
    municipality.website = "https://www.opmeer.example"
    municipality.has_chat = True
    municipality.framing_sites = ["https://www.opmeer.example"]
    municipality.reply_closing = "Met vriendelijke groet,\n\n{medewerker}\n{team}\nGemeente Opmeer"
    municipality.save()
    return municipality


def set_up_calendar(*, day: date, by: User, at: datetime) -> WorkingCalendar:
    """Opening hours, the confirmed holidays since the plan and of the coming years, and two days that end early."""
    calendar = WorkingCalendar(name="Gemeentehuis", is_default=True)
    WorkingCalendar.objects.bulk_create([calendar])
    CalendarHours.objects.bulk_create(
        CalendarHours(calendar=calendar, weekday=weekday, opens=opens, closes=closes)
        for weekday, opens, closes in HOURS
    )
    years = range(PLAN_FROM.year, day.year + YEARS_AHEAD + 1)
    names = holidays.country_holidays("NL", years=years, language="nl")
    days = [
        CalendarDay(calendar=calendar, on=on, kind="holiday", name=name, is_confirmed=True, confirmed_by=by)
        for on, name in sorted(names.items())
        if not name.lower().startswith(WORKED)
    ]
    days += [
        CalendarDay(
            calendar=calendar,
            on=date(year, month, number),
            kind="other_hours",
            name=name,
            intervals=EVE_HOURS,
            is_confirmed=True,
            confirmed_by=by,
        )
        for year in years
        for (month, number), name in EVES.items()
        if date(year, month, number).weekday() < 4
    ]
    CalendarDay.objects.bulk_create(days)
    insert_rows(history_of([calendar], by=by, at=at))
    insert_rows(history_of(days, by=by, at=at))
    return calendar


def set_up_norms(*, day: date) -> int:
    """The norms of the plan, valid since the programme began."""
    return add_default_norms(valid_from=min(PLAN_FROM, day))


TEAM_NORMS = (
    ("email.answer", "E-mail beantwoord binnen 5 werkdagen (afspraak met Vergunningen)", "vergunningen", 5, "90"),
    ("form.answer", "Formulier beantwoord binnen 5 werkdagen (afspraak met Vergunningen)", "vergunningen", 5, "90"),
    (
        "handover.answer",
        "Doorgezette vraag beantwoord binnen 5 werkdagen (afspraak met Vergunningen)",
        "vergunningen",
        5,
        "90",
    ),
    (
        "handover.answer",
        "Doorgezette vraag beantwoord binnen 5 werkdagen (afspraak met Sociaal Domein)",
        "sociaal-domein",
        5,
        "90",
    ),
)


def add_team_norms(*, teams: dict[str, Team], day: date) -> None:
    """Two teams agreed on a longer term with the Servicecentrum."""
    for code, name, team, length, target in TEAM_NORMS:
        base = ServiceNorm.objects.get(code=code, team=None)
        ServiceNorm.objects.create(
            code=code,
            name=name,
            channel=base.channel,
            unit=base.unit,
            length=length,
            target=Decimal(target),
            team=teams[team],
            valid_from=min(date(day.year - 3, 1, 1), day),
            source="Afspraak met het team",
            is_choice=True,
        )
