"""Gives the application's database role its rights, as the end of every migration does: after a restore, or when rights were changed by hand."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organisation.actions.grant_rights import CannotGrant, grant_rights
from organisation.management.commands.migrate import ONE_ROLE
from organisation.owner import has_two_roles


class Command(BaseCommand):
    help = "Gives the role of DATABASE_URL exactly its rights, as the owner of MIGRATE_DATABASE_URL."

    requires_system_checks: list[str] = []  # what they would find wrong is what this mends

    def handle(self, *args: Any, **options: Any) -> None:
        if not has_two_roles():
            raise CommandError(ONE_ROLE, returncode=2)
        try:
            changed = grant_rights()
        except CannotGrant as error:
            raise CommandError(str(error)) from error
        sys.stdout.write(json.dumps({"changed": changed}) + "\n")
