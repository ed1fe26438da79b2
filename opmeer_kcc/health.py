"""Is the site alive, and can it do its work? JSON without signing in, without details for strangers."""

import logging
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from organisation.clock import now
from organisation.health import lines
from organisation.models import Heartbeat
from organisation.roles import Right, needs

log = logging.getLogger(__name__)
SILENT = timedelta(seconds=90)


@login_not_required
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """The process answers; touches nothing else."""
    return JsonResponse({"status": "up"})


@login_not_required
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers; `jobs` says whether worker and beat gave a sign of life in the last 90 seconds."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        beats = dict(Heartbeat.objects.values_list("name", "beat_at"))
    except Exception as error:  # whatever is wrong with the database, the answer is the same
        log.error("not ready", extra={"error": type(error).__name__})
        return JsonResponse({"status": "down", "database": "down", "jobs": "unknown"}, status=503)
    alive = all(name in beats and beats[name] > now() - SILENT for name in ("worker", "beat"))
    return JsonResponse({"status": "up", "database": "up", "jobs": "up" if alive else "down"})


@require_safe
@needs(Right.HEALTH_READ)
@never_cache
def details(request: HttpRequest) -> JsonResponse:
    """Every part with what was found last; `status` says `attention` when one is not well."""
    found = lines(now())
    parts = [
        {"part": one.code, "well": one.is_well, "starting": one.is_starting, "at": one.at, **one.facts} for one in found
    ]
    well = all(one.is_well for one in found)
    return JsonResponse({"status": "up" if well else "attention", "parts": parts})
