"""Has every file that waits looked at by the virus scanner, where there is one; until then nobody gets it."""

from __future__ import annotations

import logging
import time
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from channels_app.adapters.virus import Away, virus_in
from channels_app.files import path_of
from channels_app.models import StoredFile
from organisation.models import Heartbeat

log = logging.getLogger(__name__)
BEAT: Final = "virus-scanner"
Check = StoredFile.Check


def check_files(*, at: datetime, seconds: float = 25) -> int:
    """Gives how many were judged. A scanner that is away leaves them waiting and shows in its heartbeat; the next tick tries again."""
    if not settings.CLAMD:
        StoredFile.objects.filter(check_state=Check.WAITING).update(check_state=Check.NONE)
        return 0
    until, count, seen, error = time.monotonic() + seconds, 0, 0, ""
    known = Heartbeat.objects.filter(name=BEAT).values_list("detail", flat=True).first() or {}
    found = {"virus": known.get("virus", ""), "found_at": known.get("found_at", "")}
    while time.monotonic() < until:
        with transaction.atomic():
            waiting = StoredFile.objects.filter(check_state=Check.WAITING, pk__gt=seen).order_by("pk")
            stored = waiting.select_for_update(skip_locked=True, of=("self",)).first()
            if stored is None:
                break
            seen = stored.pk
            path = path_of(stored.sha256)
            if not path.exists():  # the nightly check tells of it; the others must not wait for it
                continue
            try:
                virus = virus_in(path, settings.CLAMD)
            except Away as away:
                error = str(away)
                break
            stored.check_state, stored.virus = (Check.INFECTED, virus) if virus else (Check.CLEAN, "")
            stored.save(update_fields=["check_state", "virus"])
            count += 1
            if virus:
                found = {"virus": virus, "found_at": at.isoformat()}
                log.warning("a file holds a virus", extra={"stored_file": stored.pk, "virus": virus})
    Heartbeat.objects.update_or_create(name=BEAT, defaults={"beat_at": at, "detail": {"error": error, **found}})
    return count
