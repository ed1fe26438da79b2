"""`hold_waiting`: in a copy that was brought back, before its worker runs, what may have left since is held back."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand

from contacts.actions.hold_waiting import hold_waiting
from organisation.clock import now


class Command(BaseCommand):
    requires_system_checks = [Tags.security]  # the others load every page of the site
    help = "Holds back every message to a customer that waits, for a person to look at; prints how many as one JSON object."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(asdict(hold_waiting(at=now()))))
