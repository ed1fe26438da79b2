"""Whether a call comes from who says so: over the bytes as they came, in constant time (pure; quality rule 35)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from datetime import datetime

from channels_app.adapters.messages import NotTheirs

SECONDS = 300
"""A signed moment may differ so much from ours."""


def body_signed(body: bytes, given: str, secret: str) -> None:
    """`sha256=<hex>` over the body (Meta's X-Hub-Signature-256). The moment is not signed: the id of the event keeps a repeat out."""
    if not secret:
        raise NotTheirs("no secret is set")
    expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(f"sha256={expected}".encode(), given.strip().lower().encode("utf-8", "replace")):
        raise NotTheirs("the signature does not fit")


def standard_signed(body: bytes, *, event_id: str, moment: str, given: str, secret: str, at: datetime) -> None:
    """Standard Webhooks: `v1,<base64>` (one of several) over `id.moment.body`; the secret is `whsec_<base64>` or plain text."""
    if not secret or not event_id:
        raise NotTheirs("no secret or no id")
    if not moment.isascii() or not moment.isdigit() or len(moment) > 12 or abs(at.timestamp() - int(moment)) > SECONDS:
        raise NotTheirs("too old, or from the future")
    signed = f"{event_id}.{moment}.".encode("utf-8", "replace") + body
    expected = base64.b64encode(hmac.new(key_of_secret(secret), signed, hashlib.sha256).digest())
    offered = [one.partition(",") for one in given.split()[:10]]
    fits = [hmac.compare_digest(expected, mark.encode("utf-8", "replace")) for v, _c, mark in offered if v == "v1"]
    if not any(fits):
        raise NotTheirs("the signature does not fit")


def key_of_secret(secret: str) -> bytes:
    """The bytes to sign with: of `whsec_` what stands behind it in base64, else the text itself."""
    if secret.startswith("whsec_"):
        try:
            return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        except binascii.Error:
            return secret.encode()
    return secret.encode()
