"""Settings that every registration needs, kept in the process and renewed when their version is another.

One cheap query (`config_version`) replaces a dozen; a change counts from the next use on, in every process.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from django.db import transaction
from django.db.models import Func, Model, PositiveIntegerField, Subquery

from organisation.built_once import rows_built_once
from organisation.models import CalendarDay, CalendarHours, Municipality, Subject, Team, WorkingCalendar
from organisation.prepared import run_prepared
from organisation.workdays import Calendar

T = TypeVar("T")
M = TypeVar("M", bound=Model)


class Versioned(Generic[T]):
    """Holds what `build` made for the last version seen; thread-safe, never half built."""

    def __init__(self, build: Callable[[int], T]) -> None:
        self._build = build
        self._held: tuple[int, T] | None = None
        self._lock = threading.Lock()

    def get(self, version: int) -> T:
        held = self._held
        if held is not None and held[0] == version:
            return held[1]
        with self._lock:
            if self._held is None or self._held[0] != version:
                self._held = (version, self._build(version))
            return self._held[1]

    def last(self) -> T | None:
        """What was made last, however old: for who may ask nothing of the database. None before the first."""
        return self._held[1] if self._held is not None else None

    def forget(self) -> None:
        """For tests, whose transactions roll versions back."""
        self._held = None


@dataclass(frozen=True)
class CalendarVersion:
    """A calendar as the pure rules need it, with the id and version that clocks remember."""

    id: int
    name: str
    version: int
    rules: Calendar
    holidays_until: int
    """The year of the last confirmed holiday; 0 without any."""


@dataclass(frozen=True)
class Organisation:
    """Municipality, teams, subjects and calendars at one version."""

    version: int
    municipality: Municipality
    teams: dict[int, Team]
    subjects: dict[int, Subject]
    calendars: dict[int, CalendarVersion]
    default_calendar: CalendarVersion | None

    @cached_property
    def front_office(self) -> Team:
        """The Servicecentrum: where everything goes that no rule sends elsewhere."""
        return next(team for team in self.teams.values() if team.is_front_office)

    @cached_property
    def team_choices(self) -> tuple[tuple[int, str], ...]:
        """Number and name of the teams that work, by name."""
        active = ((team.pk, team.name) for team in self.teams.values() if team.is_active)
        return tuple(sorted(active, key=lambda pair: pair[1]))

    def calendar_of(self, team_id: int | None) -> CalendarVersion:
        """The team's own calendar, else the municipality's.

        Raises `LookupError` with what to do when the municipality has no calendar yet.
        """
        team = self.teams.get(team_id) if team_id else None
        if team is not None and team.calendar_id in self.calendars:
            return self.calendars[team.calendar_id]
        if self.default_calendar is None:
            raise LookupError("The municipality has no working calendar: run `script/manage set_up`.")
        return self.default_calendar

    def subject_line(self, subject_id: int | None) -> list[Subject]:
        """The subject and everything above it, nearest first; a circle ends where it began."""
        line: list[Subject] = []
        while subject_id is not None and subject_id in self.subjects and len(line) < 10:
            subject = self.subjects[subject_id]
            if subject in line:
                break
            line.append(subject)
            subject_id = subject.parent_id
        return line

    def subject_ids_below(self, subject_id: int) -> frozenset[int]:
        """The subject and everything below it."""
        return frozenset(
            s.id for s in self.subjects.values() if any(a.id == subject_id for a in self.subject_line(s.id))
        )

    def subject_team(self, subject_id: int | None) -> Team | None:
        """The team that owns the subject: its own, else that of the theme above."""
        for subject in self.subject_line(subject_id):
            team = self.teams.get(subject.team_id) if subject.team_id else None
            if team is not None and team.is_active:
                return team
        return None


def calendar_rules(calendar: WorkingCalendar, hours: list[CalendarHours], days: list[CalendarDay]) -> Calendar:
    """The rows of one calendar as the pure value; only confirmed days count."""
    weekly: dict[int, list[tuple[int, int]]] = {}
    for interval in hours:
        weekly.setdefault(interval.weekday, []).append((interval.opens, interval.closes))
    return Calendar(
        weekly={weekday: tuple(sorted(intervals)) for weekday, intervals in weekly.items()},
        exceptions={day.on: tuple((a, b) for a, b in day.intervals) for day in days if day.is_confirmed},
    )


def every(model: type[M]) -> list[M]:
    """All rows of a table of settings, by a statement that is built once."""
    return rows_built_once(model, lambda _marks: model._default_manager.all(), {})


def _build(version: int) -> Organisation:
    hours: dict[int, list[CalendarHours]] = {}
    for interval in every(CalendarHours):
        hours.setdefault(interval.calendar_id, []).append(interval)
    days: dict[int, list[CalendarDay]] = {}
    for day in every(CalendarDay):
        days.setdefault(day.calendar_id, []).append(day)
    calendars = {}
    default = None
    for row in every(WorkingCalendar):
        own = days.get(row.id, [])
        rules = calendar_rules(row, hours.get(row.id, []), own)
        holidays = [day.on.year for day in own if day.kind == CalendarDay.Kind.HOLIDAY and day.is_confirmed]
        calendars[row.id] = CalendarVersion(row.id, row.name, row.version, rules, max(holidays, default=0))
        if row.is_default:
            default = calendars[row.id]
    municipality, _created = Municipality.objects.get_or_create(pk=1)
    return Organisation(
        version=version,
        municipality=municipality,
        teams={team.id: team for team in every(Team)},
        subjects={subject.id: subject for subject in every(Subject)},
        calendars=calendars,
        default_calendar=default,
    )


ORGANISATION = Versioned(_build)


_held: ContextVar[list[int] | None] = ContextVar("version of the settings in this reading", default=None)


@contextmanager
def one_version() -> Iterator[None]:
    """Inside, all settings are read at the version that was found first: a page that only reads asks for it once."""
    token = _held.set([])
    try:
        yield
    finally:
        _held.reset(token)


def config_version() -> int:
    """The version of all settings now: one query, or none inside `one_version`."""
    held = _held.get()
    if held is None:
        return _asked_version()
    if not held:
        held.append(_asked_version())
    return held[0]


def version_column() -> Subquery:
    """For the statement that says who asks: the version comes along with it."""
    return Subquery(Municipality.objects.filter(pk=1).values("config_version"))


def version_found(version: int | None) -> None:
    """Another statement of this reading brought the version; nothing outside one, where each use asks anew."""
    held = _held.get()
    if held is not None and not held and version is not None:
        held.append(version)


def _asked_version() -> int:
    found = run_prepared("version", lambda _marks: Municipality.objects.filter(pk=1).values("config_version"), {})
    return int(found["config_version"]) if found else 0


def organisation() -> Organisation:
    """Everything at its current version: one query when nothing changed."""
    return ORGANISATION.get(config_version())


_NEVER_BEFORE = Func(
    template="greatest(nextval('organisation_config_version'), config_version + 1)", output_field=PositiveIntegerField()
)
"""From a sequence: what was read under it in a transaction that rolled back is not taken for the next change."""


def settings_changed() -> None:
    """Gives the settings another version in this transaction, so that every process renews what it holds."""
    (_held.get() or []).clear()
    with transaction.atomic():
        if not Municipality.objects.filter(pk=1).update(config_version=_NEVER_BEFORE):
            Municipality.objects.get_or_create(pk=1)
