"""Confirms, on the server itself, a role that waits for a second administrator: for an installation that has only one."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from organisation.actions.role_requests import confirm_role
from organisation.clock import now
from organisation.errors import Refused
from organisation.models import RoleRequest


class Command(BaseCommand):
    help = "Without a number: lists the roles that wait for a second administrator. With one: confirms that role."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", nargs="?", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        found = RoleRequest.objects.waiting(now()).select_related("user", "team", "asked_by")
        if options["number"] is not None:
            found = found.filter(pk=options["number"])
        waiting = list(found)
        if options["number"] is not None:
            try:
                if not waiting:
                    raise CommandError("No role with this number waits for a second administrator.")
                confirm_role(pk=options["number"], by=None, at=now())
            except Refused as refusal:
                raise CommandError(refusal.message) from refusal
        for request in waiting:
            line = {"number": request.pk, "username": request.user.username, "role": request.role}
            line |= {"team": request.team.code if request.team else None, "asked_by": request.asked_by.username}
            self.stdout.write(json.dumps(line | {"confirmed": options["number"] is not None}))
