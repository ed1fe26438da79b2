"""The people and teams that every test plays with; always the same, never random."""

from dataclasses import dataclass
from datetime import date

from organisation.models import (
    CalendarDay,
    CalendarHours,
    Membership,
    Municipality,
    Subject,
    Team,
    User,
    WorkingCalendar,
)
from organisation.roles import Role


@dataclass
class Cast:
    """Teams, subjects and people of a small municipality."""

    servicecentrum: Team
    openbare_ruimte: Team
    burgerzaken: Team
    afval: Subject
    grofvuil: Subject
    paspoort: Subject
    fatima: User
    henk: User
    ria: User
    sanne: User
    joost: User
    beheer: User
    receptie: User
    bas: User
    """A team member of Burgerzaken: the colleague from another team."""


def person(username: str, role: str, team: Team | None) -> User:
    """An employee with one role; the password is `username` + "-secret-1"."""
    user = User(username=username, name=username.capitalize(), email=f"{username}@opmeer.example")
    user.set_password(f"{username}-secret-1")
    user.save()
    Membership.objects.create(user=user, team=team, role=role)
    return user


def working_calendar() -> WorkingCalendar:
    """Monday to Friday 08:30–17:00, with the Dutch holidays of 2026 and 2027 that the spec's examples use."""
    calendar = WorkingCalendar.objects.create(name="Gemeente", is_default=True)
    CalendarHours.objects.bulk_create(
        CalendarHours(calendar=calendar, weekday=weekday, opens=510, closes=1020) for weekday in range(5)
    )
    days = {
        date(2026, 1, 1): "Nieuwjaarsdag",
        date(2026, 4, 6): "Tweede paasdag",
        date(2026, 4, 27): "Koningsdag",
        date(2026, 5, 14): "Hemelvaartsdag",
        date(2026, 5, 25): "Tweede pinksterdag",
        date(2026, 12, 25): "Eerste kerstdag",
        date(2027, 1, 1): "Nieuwjaarsdag",
        date(2027, 3, 29): "Tweede paasdag",
        date(2027, 4, 27): "Koningsdag",
    }
    CalendarDay.objects.bulk_create(
        CalendarDay(calendar=calendar, on=on, kind="holiday", name=name, is_confirmed=True) for on, name in days.items()
    )
    return calendar


def settle_in() -> Cast:
    """Writes the whole cast into the (test) database, with the default norms."""
    Municipality.objects.get_or_create(pk=1)
    working_calendar()
    servicecentrum = Team.objects.create(name="Servicecentrum", code="servicecentrum", is_front_office=True)
    openbare_ruimte = Team.objects.create(name="Openbare Ruimte", code="openbare-ruimte")
    burgerzaken = Team.objects.create(name="Burgerzaken", code="burgerzaken")
    afval = Subject.objects.create(code="afval", name="Afval", team=openbare_ruimte)
    grofvuil = Subject.objects.create(
        code="grofvuil", name="Grofvuil ophalen", parent=afval, synonyms=["oude bank weg", "koelkast ophalen"]
    )
    paspoort = Subject.objects.create(
        code="paspoort", name="Paspoort aanvragen", team=burgerzaken, synonyms=["reisdocument"]
    )
    from contacts.actions.set_norms import add_default_norms

    add_default_norms(valid_from=date(2020, 1, 1))
    return Cast(
        servicecentrum=servicecentrum,
        openbare_ruimte=openbare_ruimte,
        burgerzaken=burgerzaken,
        afval=afval,
        grofvuil=grofvuil,
        paspoort=paspoort,
        fatima=person("fatima", Role.FRONT_OFFICE, servicecentrum),
        henk=person("henk", Role.TEAM_MEMBER, openbare_ruimte),
        ria=person("ria", Role.TEAM_LEAD, openbare_ruimte),
        sanne=person("sanne", Role.COORDINATOR, servicecentrum),
        joost=person("joost", Role.DIRECTOR, None),
        beheer=person("beheer", Role.ADMINISTRATOR, None),
        receptie=person("receptie", Role.HOST, servicecentrum),
        bas=person("bas", Role.TEAM_MEMBER, burgerzaken),
    )
