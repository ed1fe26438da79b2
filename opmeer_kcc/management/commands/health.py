"""`health`: every part of the health page, for who has only the server: at night, or while nobody can sign in."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand
from django.core.serializers.json import DjangoJSONEncoder

from organisation.clock import now
from organisation.health import lines


class Command(BaseCommand):
    """Exit 1 when a part is not well; the words are those of the page, the facts those of `/health/details`."""

    requires_system_checks = [Tags.security]  # the others load every page of the site
    help = "Prints one JSON object per part of the health page; exit 1 when one is not well."

    def handle(self, *args: Any, **options: Any) -> None:
        all_well = True
        for one in lines(now()):
            told = {"part": one.code, "well": one.is_well, "starting": one.is_starting, "at": one.at, "text": one.text}
            told |= one.facts
            self.stdout.write(json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False))
            all_well = all_well and one.is_well
        if not all_well:
            sys.exit(1)
