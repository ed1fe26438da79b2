"""Our marks on outgoing mail: the message's own id and the reference in its text; both signed, so that nobody can guess them."""

from __future__ import annotations

import base64
import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_REFERENCE = re.compile(r"\b([A-Z]{2,6}-20[0-9]{2}-[0-9]{6,9})-([A-Z2-7]{10})\b")
_OURS = re.compile(r"^<o\d+\.[0-9a-f]{24}@")
MAX_TEXT = 200_000


def message_id(outbound_id: int) -> str:
    """`<o123.…@host>`: the same at every try, in lower case; the row keeps it, so a changed key breaks no thread."""
    mark = salted_hmac("channels_app.message_id", str(outbound_id), algorithm="sha256").hexdigest()[:24]
    return f"<o{outbound_id}.{mark}@{settings.MAIL_FROM.rpartition('@')[2].lower()}>"


def is_our_id(message_id: str) -> bool:
    """Whether it is written as an id of ours, of this installation or another; nothing proves that we gave it."""
    return bool(_OURS.match(message_id))


def signed_reference(number: str) -> str:
    """`OPM-2026-000123-K7QM3XTAB4`: stands at the end of every message about a question."""
    return f"{number}-{_mark(number, settings.SECRET_KEY)}"


def find_reference(text: str) -> str | None:
    """The number of the first reference in the text whose signature is ours; also of an older key that is still accepted."""
    for match in _REFERENCE.finditer(text[:MAX_TEXT].upper()):
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
            if constant_time_compare(match.group(2), _mark(match.group(1), key)):
                return match.group(1)
    return None


def _mark(number: str, key: str) -> str:
    digest = salted_hmac("channels_app.reference", number, secret=key, algorithm="sha256").digest()
    return base64.b32encode(digest).decode()[:10]
