"""Takes a scan in: the bytes first, once, with the day that was given for its stamp; it is read afterwards, by a worker."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from channels_app.actions.take_in import TakenIn
from channels_app.adapters.email import limits
from channels_app.adapters.email.files import clean_name
from channels_app.models import Channel, InboundMessage, InboundRaw
from organisation import audit
from organisation.errors import Refused
from organisation.failpoints import failpoint
from organisation.nudge import nudge

if TYPE_CHECKING:
    from organisation.models import User

UPLOAD, FOLDER = "scan:upload", "scan:folder"
SOURCE = "scan:"
"""How the source of every scan begins; a letter of a stack has `scan:<id of the stack>`."""


def take_in_scan(
    *,
    raw: bytes,
    name: str,
    source: str,
    at: datetime,
    came_at: datetime | None = None,
    stamped_on: date | None = None,
    by: User | None = None,
    for_desk: bool = False,
) -> TakenIn:
    """Keeps the file, once whatever its name; raises `Refused` for one that is empty or too large.

    `came_at`: when the scanner made it, if that was earlier; a letter without a stamp counts from then. `for_desk`: somebody registers it; else it
    becomes a question by itself.
    """
    name = clean_name(name, "scan")[:150]
    if not raw.strip(b"\x00\r\n\t "):
        raise Refused(_("“%(name)s” is empty.") % {"name": name}, "files")
    if len(raw) > limits.MAX_BYTES:
        raise Refused(
            _("“%(name)s” is too big: at most 35 MB. Scan the post in smaller stacks.") % {"name": name}, "files"
        )
    digest = hashlib.sha256(raw).hexdigest()
    known = _known(digest)
    if known is not None:
        return TakenIn(known, False)
    try:
        with transaction.atomic():
            row = new_scan(
                source=source,
                key=digest,
                digest=digest,
                raw=raw,
                name=name,
                received_at=came_at or at,
                at=at,
                stamped_on=stamped_on,
                for_desk=for_desk,
            )
            if by is not None:
                audit.record(by=by, action="scan.taken_in", obj=row)
            nudge("channels_app.tasks.parse")
    except IntegrityError:  # somebody else brought it at this moment
        known = _known(digest)
        if known is None:
            raise
        return TakenIn(known, False)
    failpoint("after_raw_saved")
    return TakenIn(row, True)


def new_scan(
    *,
    source: str,
    key: str,
    digest: str,
    raw: bytes,
    name: str,
    received_at: datetime,
    at: datetime,
    stamped_on: date | None,
    stack: InboundMessage | None = None,
    for_desk: bool = False,
) -> InboundMessage:
    """The row and its bytes, in the caller's transaction."""
    given: dict[str, Any] = {"stamped_on": stamped_on.isoformat() if stamped_on else None, "for_desk": for_desk}
    row = InboundMessage.objects.create(
        source=source,
        external_key=key,
        channel=Channel.LETTER,
        received_at=received_at,
        taken_in_at=at,
        sha256=digest,
        size=len(raw),
        subject=name,
        envelope=stack,
        parsed=given,
    )
    InboundRaw.objects.create(message=row, data=raw)
    return row


def _known(digest: str) -> InboundMessage | None:
    """The same file, brought by hand or found in the folder."""
    return InboundMessage.objects.filter(source__in=[UPLOAD, FOLDER], external_key=digest).first()
