"""Loads the plan "Doorontwikkeling Dienstverlening" into an installation that has no programme yet; never twice."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organisation.clock import now
from programme.actions.load_plan import AlreadyThere, load_plan


class Command(BaseCommand):
    help = "Loads the plan (pillars, projects, goals, starting figures) once; dates are marked as an example."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            load_plan(by=None, at=now())
        except AlreadyThere as error:
            raise CommandError("There is a programme already. The plan is loaded once.", returncode=1) from error
        self.stdout.write(json.dumps({"outcome": "loaded"}))
