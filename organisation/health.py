"""How the installation stands, a line per part; apps above add their own lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from organisation import oidc, wording
from organisation.actions.watch_provider import watched
from organisation.models import Heartbeat
from organisation.role_rights import wrong_rights

SILENT = {
    "worker": timedelta(seconds=90),
    "beat": timedelta(seconds=90),
    "stream": timedelta(seconds=90),
    "mailwatch": timedelta(seconds=90),
    "fetcher": timedelta(minutes=5),
}
STARTS_WITHIN = timedelta(minutes=15)
"""What runs every ten minutes has run by then, also on a machine that is busy with its first start."""


@dataclass(frozen=True)
class Line:
    """One part: what was found last, when, and whether it is well."""

    code: str
    name: str
    is_well: bool
    text: str
    at: datetime | None
    facts: dict[str, object] = field(default_factory=dict)
    is_starting: bool = False
    """It is new and nothing was heard of it yet: well, until that takes too long."""

    @property
    def moment(self) -> str:
        return wording.moment(self.at) or _("never")


LINES: list[Callable[[datetime], list[Line]]] = []
"""Apps fill it when they start."""


def lines(at: datetime) -> list[Line]:
    """Every part at this moment."""
    return [line for part in LINES for line in part(at)]


def is_new(at: datetime) -> bool:
    """Whether the installation began a moment ago: what was never heard of may still be on its way."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(applied) FROM django_migrations")
        (begun,) = cursor.fetchone()
    return begun is not None and timedelta(0) <= at - begun < STARTS_WITHIN


def processes(at: datetime) -> list[Line]:
    beats = dict(Heartbeat.objects.filter(name__in=SILENT).values_list("name", "beat_at"))
    may_be_late = len(beats) < len(SILENT) and is_new(at)
    names = {
        "worker": _("Worker"),
        "beat": _("Ticker"),
        "stream": _("Live lines"),
        "mailwatch": _("Listener to the mailboxes"),
        "fetcher": _("Reader of the mailboxes"),
    }
    found = []
    for code, patience in SILENT.items():
        is_well = code in beats and at - beats[code] < patience
        text = _("Gives signs of life.") if is_well else _("Silent. Look at the log of this process.")
        is_starting = may_be_late and code not in beats
        if is_starting:
            text = _("Is being started.")
        found.append(Line(code, names[code], is_well or is_starting, text, beats.get(code), is_starting=is_starting))
    return found


def database_role(at: datetime) -> list[Line]:
    """Whether the application still works as a role that cannot change tables or logs (quality.md rule 44)."""
    with connection.cursor() as cursor:
        wrong = wrong_rights(cursor)
    text = _("Cannot change tables, and can only add to the logs.")
    if wrong:
        text = _("Has other rights than it should. On the server: manage.py check --database default.")
        if settings.DEMO_MODE:
            text = _("One role does everything, which only a demo may.")
    is_well = settings.DEMO_MODE or not wrong
    return [Line("database_role", _("Database role of the application"), is_well, text, at, {"found": wrong})]


def provider(at: datetime) -> list[Line]:
    """Where work accounts sign in, when that is set: what those who tried last found."""
    if not oidc.is_on():
        return []
    known = watched()
    text = _("Answers, as far as anybody noticed.")
    if known.is_away(at):
        text = _("Does not answer since %(moment)s. Who has a password and an app can still log in.") % {
            "moment": wording.moment(known.since)
        }
    if known.was_passed(at):
        passed = _("Somebody logged in with a password at %(moment)s. See the log.") % {
            "moment": wording.moment(known.passed_at)
        }
        text = f"{text} {passed}" if known.is_away(at) else passed
    is_well = not (known.is_away(at) or known.was_passed(at))
    facts: dict[str, object] = {"away_since": known.since if known.is_away(at) else None, "passed": known.passed_at}
    return [Line("provider", _("Work accounts"), is_well, text, known.failed_at, facts)]


LINES += [processes, database_role, provider]
