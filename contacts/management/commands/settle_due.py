"""`settle_due`: does now what the periodic job does with clocks that ran out or are about to."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand

from contacts.actions.settle import settle_due
from organisation.clock import now


class Command(BaseCommand):
    requires_system_checks = [Tags.security]  # the others load every page of the site
    help = "Marks missed clocks and writes the notices that are due; prints how many of each as one JSON object."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(asdict(settle_due(at=now()))))
