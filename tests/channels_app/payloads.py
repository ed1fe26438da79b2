"""Calls of services in the shape of their public documentation, with invented people."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

APP_SECRET = "app-secret-of-the-test"
VERIFY = "verify-token"
PHONE_ID = "106540352242922"
NUMBER = "31612345678"


def signed(body: bytes, secret: str = APP_SECRET) -> dict[str, str]:
    """Meta's header over these very bytes."""
    return {"X-Hub-Signature-256": "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}


def whatsapp(*, messages: list[dict[str, Any]] | None = None, statuses: list[dict[str, Any]] | None = None) -> bytes:
    """One call with these messages and statuses."""
    value: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "31226363333", "phone_number_id": PHONE_ID},
    }
    if messages is not None:
        value["contacts"] = [{"profile": {"name": "Anna de Wit"}, "wa_id": one["from"]} for one in messages]
        value["messages"] = messages
    if statuses is not None:
        value["statuses"] = statuses
    entry = {"id": "102290129340398", "changes": [{"value": value, "field": "messages"}]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def wa_text(words: str, at: datetime, key: str = "wamid.A1", sender: str = NUMBER, **more: Any) -> dict[str, Any]:
    return {
        "from": sender,
        "id": key,
        "timestamp": str(int(at.timestamp())),
        "text": {"body": words},
        "type": "text",
        **more,
    }


def wa_status(state: str, at: datetime, remote_id: str, code: int = 0, **more: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": remote_id,
        "status": state,
        "timestamp": str(int(at.timestamp())),
        "recipient_id": NUMBER,
        "conversation": {"id": "c1", "origin": {"type": "service"}},
        "pricing": {"billable": True, "pricing_model": "CBP", "category": "service"},
        **more,
    }
    if code:
        told["errors"] = [{"code": code, "title": "Error", "error_data": {"details": "as documented"}}]
    return told
