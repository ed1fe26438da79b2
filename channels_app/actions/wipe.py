"""Takes everything personal out of messages and calls; the rows stay, because figures count them and a message that comes again must be known."""

from __future__ import annotations

import re
from collections.abc import Collection

from django.db.models import Q

from channels_app.models import (
    Call,
    CallsFile,
    DeadAddress,
    InboundMessage,
    InboundRaw,
    LiveCall,
    OutboundMessage,
    PhoneEvent,
    StoppedNumber,
    StoredFile,
)

Counts = dict[str, int]
SETTLED = ("sent", "failed", "held", "dropped")


def still_moving(*, inbound: Collection[int], outbound: Collection[int]) -> bool:
    """Something of it is being read or sent at this moment: wiping waits for that."""
    return (
        InboundMessage.objects.filter(pk__in=inbound, state__in=("received", "parsed")).exists()
        or OutboundMessage.objects.filter(pk__in=outbound).exclude(state__in=SETTLED).exists()
    )


def wipe_messages(*, inbound: Collection[int], outbound: Collection[int]) -> tuple[Counts, set[str]]:
    """Inside a transaction. Gives the counts, and the sha256 of files whose rows went: their bytes go after it."""
    files = StoredFile.objects.filter(Q(inbound__in=inbound) | Q(outbound__in=outbound))
    digests = set(files.values_list("sha256", flat=True))
    gone, _by_model = files.delete()
    raws, _by_model = InboundRaw.objects.filter(message__in=inbound).delete()
    received = InboundMessage.objects.filter(pk__in=inbound).exclude(sender="", subject="", parsed=None, reason="")
    came = received.update(sender="", subject="", parsed=None, reason="", conversation="")
    InboundMessage.objects.filter(pk__in=inbound, state="parked").update(state="done", outcome="ignored")
    written = OutboundMessage.objects.filter(pk__in=outbound).exclude(to_address="", to_name="", subject="", body="")
    left = written.update(
        to_address="",
        copies=[],
        to_name="",
        subject="",
        body="",
        html="",
        in_reply_to="",
        references="",
        conversation="",
        details=None,
        remote_id="",
        error="",
        lease_until=None,
    )
    return {"files": gone, "raw": raws, "inbound": came, "outbound": left}, digests


def wipe_numbers(*, phones: Collection[str], calls: Collection[int] = ()) -> Counts:
    """Numbers are E.164 digits. The calls stay with their times and outcome."""
    callers = [form for digits in phones for form in (f"+{digits}", digits, f"00{digits}", f"0{digits[2:]}")]
    rows = Call.objects.filter(Q(caller__in=callers) | Q(pk__in=calls)).exclude(caller="")
    done = rows.update(caller="")
    events = PhoneEvent.objects.filter(caller__in=callers).update(caller="")
    LiveCall.objects.filter(caller__in=callers).update(caller="")
    for file in CallsFile.objects.filter(raw__isnull=False) if phones else ():  # kept a day at most: few
        digits = re.sub(rb"\D", b"", bytes(file.raw or b""))
        if any(one[2:].encode() in digits for one in phones if len(one) > 8):
            CallsFile.objects.filter(pk=file.pk).update(raw=None)  # whoever brought it brings it again
    stopped, _by_model = StoppedNumber.objects.filter(number__in=phones).delete()
    return {"calls": done, "phone_events": events, "stopped_numbers": stopped}


def wipe_dead_addresses(*, emails: Collection[str]) -> Counts:
    """That mail to it came back is known no more."""
    gone, _by_model = DeadAddress.objects.filter(address__in=emails).delete()
    return {"dead_addresses": gone}
