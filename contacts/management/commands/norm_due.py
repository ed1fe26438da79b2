"""`norm_due NORM RECEIVED_AT [--team T]`: when a norm falls due, by the very rules that clocks run on."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand
from django.utils import translation

from contacts.actions.promises import due_words, norm_deadline
from contacts.norms.clock import TIME_UNITS, last_day_of
from contacts.rulebook import rulebook
from organisation.models import Team
from organisation.snapshot import organisation
from organisation.workdays import AMSTERDAM, NoOpeningTime, local_day

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from contacts.models import ServiceNorm

WRONG_USE = 2


class Command(BaseCommand):
    requires_system_checks = [Tags.security]  # the others load every page of the site
    help = "Prints when a norm that starts at RECEIVED_AT falls due, as one JSON object."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("norm", help="code of a norm of time, such as email.answer")
        parser.add_argument(
            "received_at",
            help="ISO date and time; without a zone it is the time in Amsterdam, a date alone is the beginning of that day",
        )
        parser.add_argument("--team", help="code or name of the team whose calendar and norms hold")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("nl"):
            try:
                answer = due(options["norm"], options["received_at"], options["team"])
            except ValueError as error:
                self.stderr.write(str(error))
                sys.exit(WRONG_USE)
            except (LookupError, NoOpeningTime) as error:
                self.stderr.write(str(error))
                sys.exit(1)
        self.stdout.write(json.dumps(answer, ensure_ascii=False))


def due(code: str, received: str, team_name: str | None) -> dict[str, str]:
    """The answer to print; `ValueError` says what was asked wrongly."""
    received_at = _moment(received)
    house = organisation()
    team = _team(team_name) if team_name is not None else None
    team_id = team.pk if team is not None else None
    rules = rulebook(house)
    if code not in rules.norms:
        raise ValueError(f"There is no norm {code[:60]!r}. Known: {', '.join(sorted(rules.norms))}")
    norm = rules.norm(
        code, on=local_day(received_at), channel=_channel(rules.norms[code]), team_id=team_id, subject_ids=frozenset()
    )
    if norm is None:
        raise ValueError(f"The norm {code} did not hold on {local_day(received_at)}.")
    if norm.unit not in TIME_UNITS or norm.length is None:
        raise ValueError(f"The norm {code} is a {norm.unit}, not a term: it has no deadline.")
    try:
        ends = norm_deadline(norm, received_at, house.calendar_of(team_id), house)
    except OverflowError as error:
        raise ValueError("RECEIVED_AT lies too far away.") from error
    return {
        "norm": code,
        "received_at": _iso(received_at),
        "due_at": _iso(ends.due_at),
        "last_day": local_day(last_day_of(ends.due_at)).isoformat(),
        "words": due_words(ends.due_at),
    }


def _channel(versions: list[ServiceNorm]) -> str:
    return versions[0].channel


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo is None:
            found = found.replace(tzinfo=AMSTERDAM)
        found = found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(
            f"RECEIVED_AT {text[:40]!r} cannot be read. Write it as 2026-03-02T09:00, or 2026-03-02 for the beginning of that day."
        ) from error
    if not 1990 <= found.year <= 2200:
        raise ValueError("RECEIVED_AT lies too far away.")
    return found


def _team(name: str) -> Team:
    team = Team.objects.filter(code__iexact=name).first() or Team.objects.filter(name__iexact=name).first()
    if team is None:
        known = ", ".join(Team.objects.values_list("code", flat=True))
        raise ValueError(f"There is no team {name[:60]!r}. Known: {known}")
    return team


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
