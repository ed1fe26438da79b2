"""I3, I6, I7: one acknowledgement, nothing that waits unseen, every file in its place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat

from channels_app.files import path_of
from channels_app.models import InboundMessage, OutboundMessage, StoredFile
from contacts.invariants.found import PATIENCE, ids, invariant
from contacts.models import Contact, NormClock
from contacts.norms.promises import ACKNOWLEDGE
from organisation.clock import now

LIVE = ("running", "paused")
AT_ONCE = 1_000


@invariant("I3 every contact with an acknowledgement clock has one acknowledgement")
def acknowledged() -> Iterator[str]:
    asked = NormClock.objects.filter(
        code__in=set(ACKNOWLEDGE.values()), state__in=[*LIVE, "met"], replaced_by__isnull=True
    )
    recent = asked.filter(state__in=LIVE).order_by("pk").values_list("contact_id", flat=True).distinct()
    keys = {f"contact:{pk}": pk for pk in recent.iterator(2000)}
    known = OutboundMessage.objects.filter(purpose="acknowledgement", object_key__in=list(keys))
    have = set(known.values_list("object_key", flat=True))
    return (f"contact {pk}" for key, pk in keys.items() if key not in have)


@invariant("I3 a message from a machine is never acknowledged")
def machine_not_acknowledged() -> Iterator[str]:
    of_machines = Contact.objects.filter(is_automatic=True).annotate(
        key=Concat(Value("contact:"), Cast("pk", CharField()))
    )
    acknowledgements = OutboundMessage.objects.filter(purpose="acknowledgement")
    return ids("outbound", acknowledgements.filter(object_key__in=of_machines.values("key")))


@invariant("I6 no message waits longer than a minute past its next try")
def outbox_moves() -> Iterator[str]:
    late = now() - PATIENCE
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=late)
    yield from ids(
        "outbound", OutboundMessage.objects.filter(free, state__in=["queued", "sending"], next_try_at__lt=late)
    )
    waiting = InboundMessage.objects.filter(free, state__in=["received", "parsed"], taken_in_at__lt=late)
    yield from ids("inbound", waiting.filter(Q(next_try_at__isnull=True) | Q(next_try_at__lt=late)))


@invariant("I7 every attachment has its file, of its size")
def files_exist() -> Iterator[str]:
    for pk, digest, size in StoredFile.objects.order_by("pk").values_list("pk", "sha256", "size").iterator(2000):
        path = path_of(digest)
        if not path.is_file() or path.stat().st_size != size:
            yield f"file {pk}"


@invariant("I7 no file without an attachment is older than a day")
def no_orphan_files() -> Iterator[str]:
    folder = settings.FILES_DIR
    if not folder.is_dir():
        return
    old = (now() - timedelta(days=1)).timestamp()
    names: list[str] = []
    for path in folder.rglob("*"):
        if path.is_file() and path.stat().st_mtime < old:
            names.append(path.name)
        if len(names) == AT_ONCE:
            yield from _without_row(names)
            names = []
    yield from _without_row(names)


def _without_row(names: list[str]) -> Iterator[str]:
    known = set(StoredFile.objects.filter(sha256__in=names).values_list("sha256", flat=True))
    return (f"file {name[:12]}" for name in sorted(set(names) - known))
