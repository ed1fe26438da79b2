"""Removes planned replies that left or that nobody needs any more, with the files that went nowhere."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from channels_app.models import StoredFile
from contacts.models import PlannedReply
from organisation.transact import one_transaction

State = PlannedReply.State
KEPT_DAYS = 14


@one_transaction
def forget_replies(*, at: datetime) -> None:
    """What waits, came back or could not leave stays with its question."""
    over = PlannedReply.objects.filter(
        state__in=[State.SENT, State.DONE], settled_at__lt=at - timedelta(days=KEPT_DAYS)
    )
    files = set(over.filter(files__isnull=False).values_list("files", flat=True))
    over.delete()
    nowhere = StoredFile.objects.filter(pk__in=files, inbound=None, outbound=None)
    nowhere.exclude(Exists(PlannedReply.files.through.objects.filter(storedfile=OuterRef("pk")))).delete()
