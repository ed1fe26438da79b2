"""Has every file that waits looked at by the virus scanner, where there is one; until then nobody gets it."""

from __future__ import annotations

import logging
import time
from datetime import datetime
from typing import Final

from django.conf import settings

from channels_app.adapters.virus import Away, virus_in
from channels_app.files import path_of
from channels_app.models import StoredFile
from organisation.models import Heartbeat

log = logging.getLogger(__name__)
BEAT: Final = "virus-scanner"
MOST_FAILURES: Final = 3
"""In one tick: more often, and the scanner itself is away."""
Check = StoredFile.Check


def check_files(*, at: datetime, seconds: float = 25) -> int:
    """Gives how many were judged. A scanner that is away leaves them waiting and shows in its heartbeat; the next tick tries again.

    A file that the scanner does not take (too large for it, too slow) waits and stops no other: the next tick begins behind it.
    """
    if not settings.CLAMD:
        StoredFile.objects.filter(check_state=Check.WAITING).update(check_state=Check.NONE)
        return 0
    until, count, error = time.monotonic() + seconds, 0, ""
    known = Heartbeat.objects.filter(name=BEAT).values_list("detail", flat=True).first() or {}
    found = {"virus": known.get("virus", ""), "found_at": known.get("found_at", "")}
    seen, failed = int(known.get("after", 0)), 0
    while time.monotonic() < until:
        stored = StoredFile.objects.filter(check_state=Check.WAITING, pk__gt=seen).order_by("pk").first()
        if stored is None:
            seen = 0  # the next tick begins in front again
            break
        seen, path = stored.pk, path_of(stored.sha256)
        if not path.exists():  # the nightly check tells of it; the others must not wait for it
            continue
        try:
            virus = virus_in(path, settings.CLAMD)  # in no transaction: it may take half a minute
        except Away as away:
            error, failed = str(away), failed + 1
            if failed == MOST_FAILURES:
                break
            continue
        judged = {"check_state": Check.INFECTED, "virus": virus} if virus else {"check_state": Check.CLEAN, "virus": ""}
        count += StoredFile.objects.filter(pk=stored.pk, check_state=Check.WAITING).update(**judged)
        if virus:
            found = {"virus": virus, "found_at": at.isoformat()}
            log.warning("a file holds a virus", extra={"stored_file": stored.pk, "virus": virus})
    detail = {"error": error, "after": seen, **found}
    Heartbeat.objects.update_or_create(name=BEAT, defaults={"beat_at": at, "detail": detail})
    return count
