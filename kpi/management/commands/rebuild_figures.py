"""`rebuild_figures`: drops the rolled-up figures and makes them again from the rows."""

import json
import time
from typing import Any

from django.core.management.base import BaseCommand

from kpi.models import DailyFigure
from kpi.rollups import rebuild
from organisation.clock import now


class Command(BaseCommand):
    help = "Makes all rolled-up figures again from the rows; they come out the same. Prints one JSON object."

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.monotonic()
        days = rebuild(at=now())
        self.stdout.write(
            json.dumps(
                {"days": days, "figures": DailyFigure.objects.count(), "seconds": round(time.monotonic() - begun, 1)}
            )
        )
