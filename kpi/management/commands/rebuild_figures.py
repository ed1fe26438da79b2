"""`rebuild_figures`: makes the rolled-up figures again from the rows, day by day."""

import json
import sys
import time
from typing import Any

from django.core.management.base import BaseCommand

from kpi.models import DailyFigure
from kpi.rollups import rebuild
from organisation.clock import now


class Command(BaseCommand):
    help = "Makes all rolled-up figures again from the rows; they come out the same. Prints one JSON object; exit code 1 when days are left."

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.monotonic()
        days, is_whole = rebuild(at=now())
        self.stdout.write(
            json.dumps(
                {"days": days, "figures": DailyFigure.objects.count(), "seconds": round(time.monotonic() - begun, 1)}
            )
        )
        if not is_whole:
            self.stderr.write(
                "Not all days are rolled up: an older transaction or another roll-up is at work. The roll-up of every half minute goes on"
                " from here; until then these days are counted from the rows."
            )
            sys.exit(1)
