"""Loads the demo municipality into an empty database: the same rows every time for the same date."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from time import monotonic
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError

from contacts.demo.load import NotEmpty, load_demo
from organisation.clock import today
from organisation.owner import as_owner

FIRST_YEAR, LAST_YEAR = 2021, 2080
"""The norms begin in 2018, and the calendar goes on for ten years."""


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError("write the day as YYYY-MM-DD") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ArgumentTypeError(f"choose a day from {FIRST_YEAR} to {LAST_YEAR}")
    return day


class Command(BaseCommand):
    requires_system_checks = [Tags.security]  # the others load every page of the site
    help = "Loads the demo municipality (people, subjects, two years of contacts) into an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--date", type=_day, default=None, help="the day on which the story stands still")

    def execute(self, *args: Any, **options: Any) -> str | None:
        """As the owner: it sets sequences and counts the rows for the planner."""
        with as_owner():
            return super().execute(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:
        day = options["date"] or today()
        begun = monotonic()
        try:
            rows = load_demo(day=day)
        except NotEmpty as error:
            message = "There are people in this database already. The demo is only loaded into an empty one."
            raise CommandError(message, returncode=1) from error
        told = {"date": day.isoformat(), "seconds": round(monotonic() - begun, 1), "rows": rows}
        sys.stdout.write(json.dumps(told) + "\n")
