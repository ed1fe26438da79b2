"""`check_invariants`: reads whether the promises of quality.md §2 hold in the database; changes nothing."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand

from contacts.invariants import check_all


class Command(BaseCommand):
    requires_system_checks = [Tags.security]  # the others load every page of the site
    help = "Prints one JSON object per invariant; exit 1 when one is violated."

    def handle(self, *args: Any, **options: Any) -> None:
        violated = False
        for found in check_all():
            self.stdout.write(json.dumps(found.as_dict(), ensure_ascii=False))
            violated = violated or found.violations > 0
        if violated:
            sys.exit(1)
