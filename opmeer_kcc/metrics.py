"""/metrics for Prometheus, in its text format: with METRICS_TOKEN, or from this machine where METRICS_FROM_HERE says so. No personal data.

While the database is away it tells so, and what was counted of the requests.
"""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from opmeer_kcc import vitals
from opmeer_kcc.request_counts import counts
from organisation.clock import now
from organisation.health import SILENT, lines
from organisation.models import Heartbeat

TYPE = "text/plain; version=0.0.4; charset=utf-8"
UP = "1 when the database answers."
Samples = Iterable[tuple[str, float]]


@login_not_required
@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """A stranger gets what an address that does not exist gets."""
    if not _may(request):
        raise Http404
    try:
        parts = [*_parts()]
    except (OperationalError, InterfaceError):
        parts = [*_metric("up", UP, [("", 0)])]
    return HttpResponse("".join([*parts, *_requests()]), content_type=TYPE)


def _may(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    if not settings.METRICS_FROM_HERE:  # behind a proxy on the same machine everybody comes from 127.0.0.1
        return False
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:  # a proxy passed it on: not from here
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _parts() -> Iterator[str]:
    at = now()
    waiting = vitals.queues(at)
    rooms = [room for room in vitals.rooms() if room.total]
    beats = Heartbeat.objects.filter(name__in=[*SILENT, "backup", "backup_check", "backup_log"])
    ages = [
        (f'{{process="{name}"}}', (at - then).total_seconds()) for name, then in beats.values_list("name", "beat_at")
    ]
    yield from _metric("up", UP, [("", 1)])
    yield from _metric(
        "well",
        "1 for each part of the health page that is well.",
        [(f'{{part="{o.code}"}}', o.is_well) for o in lines(at)],
    )
    yield from _metric("heartbeat_age_seconds", "Since the last sign of life.", ages)
    yield from _metric(
        "queue_rows",
        "Rows that a sweep should take, at most 10000.",
        [(f'{{queue="{q.code}"}}', q.count) for q in waiting],
    )
    yield from _metric(
        "queue_oldest_seconds",
        "How long the oldest of them has waited.",
        [(f'{{queue="{q.code}"}}', (at - q.oldest).total_seconds() if q.oldest else 0) for q in waiting],
    )
    yield from _metric("parked_rows", "Incoming messages left to a person.", [("", vitals.parked())])
    yield from _metric("not_sent_rows", "Outgoing messages left to a person.", [("", vitals.not_sent(at))])
    yield from _metric("disk_free_bytes", "Room on a disk.", [(f'{{disk="{r.code}"}}', r.free) for r in rooms])
    yield from _metric("disk_total_bytes", "Size of a disk.", [(f'{{disk="{r.code}"}}', r.total) for r in rooms])
    yield from _metric("database_bytes", "Size of the database.", [("", vitals.database_bytes())])
    told = ",".join(f'{name}="{value}"' for name, value in vitals.versions().items())
    yield from _metric("info", "Versions.", [(f"{{{told}}}", 1)])


def _requests() -> Iterator[str]:
    """Of the web processes of this machine, since gunicorn was started."""
    found = counts()
    by_kind = [(f'{{status="{kind}"}}', number) for kind, number in found.by_kind.items()]
    yield from _metric("requests_total", "Requests that were answered.", by_kind, "counter")
    samples = [(f'_bucket{{le="{most}"}}', number) for most, number in found.by_duration.items()]
    samples += [("_sum", found.seconds), ("_count", found.by_duration["+Inf"])]
    yield from _metric("request_seconds", "How long that took.", samples, "histogram")


def _metric(name: str, meaning: str, samples: Samples, kind: str = "gauge") -> Iterator[str]:
    yield f"# HELP opmeer_{name} {meaning}\n# TYPE opmeer_{name} {kind}\n"
    for labels, value in samples:
        yield f"opmeer_{name}{labels} {round(float(value), 3)}\n"
