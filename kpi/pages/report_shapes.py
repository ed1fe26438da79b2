"""What the screens of reports show, as the templates get it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kpi.forms.reports import ScheduleForm
from kpi.periods import Period
from kpi.scope import WORD_OF
from organisation.choice import Choice

if TYPE_CHECKING:
    from organisation.models import Team


@dataclass(frozen=True)
class Wanted:
    """Which report: period and team, as far as this person may."""

    period: Period
    team: Team | None
    complaint: str = ""

    def query(self, period: Period | None = None, team: str | None = None) -> str:
        one = period or self.period
        code = team if team is not None else self.team.code if self.team else ""
        return f"periode={WORD_OF[one.kind]}&dag={one.first.isoformat()}" + (f"&team={code}" if code else "")


@dataclass(frozen=True)
class FileLink:
    words: str
    href: str


@dataclass(frozen=True)
class IssuedRow:
    title: str
    where: str
    number: int
    issued: str
    by: str
    href: str
    files: list[FileLink]
    state: str = ""


@dataclass(frozen=True)
class JobRow:
    """Work that waits, runs or failed; `step` of 4 for the progress bar."""

    title: str
    words: str
    step: int
    is_failed: bool
    again: str = ""
    """Where it can be asked for once more, when it failed."""


@dataclass(frozen=True)
class ScheduleRow:
    pk: int
    words: str
    people: str


@dataclass(frozen=True)
class ReportsPage:
    rows: list[IssuedRow]
    jobs: list[JobRow]
    schedules: list[ScheduleRow]
    starts: list[FileLink]
    form: ScheduleForm | None
    next_query: str
    is_running: bool


@dataclass(frozen=True)
class ReportPage:
    paper: dict[str, Any]
    kinds: list[Choice]
    teams: list[Choice]
    previous: str
    next: str
    query: str
    hidden: list[tuple[str, str]]
    complaint: str
    issued: list[IssuedRow]
    may_issue: bool
    may_export: bool
    is_again: bool
    back: str
    """Where the issuing form goes."""


@dataclass(frozen=True)
class IssuedPage:
    paper: dict[str, Any]
    issue: str
    sha256: str
    files: list[FileLink]
    job: JobRow | None
    newer: str
    older: str
    may_ask: bool
    missing: bool
    sums: list[tuple[str, str]] = field(default_factory=list)
