"""Loads the plan "Doorontwikkeling Dienstverlening" into an installation that has no programme yet; never twice."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from organisation.clock import now
from programme.actions.load_plan import AlreadyThere, load_plan


class Command(BaseCommand):
    help = "Loads the plan (pillars, projects, goals, starting figures) once; dates are marked as an example."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            load_plan(by=None, at=now())
        except AlreadyThere as error:
            message = _("There is a programme already. The plan is loaded once.")
            raise CommandError(message, returncode=1) from error
        self.stdout.write(str(_("The plan is loaded.")))
