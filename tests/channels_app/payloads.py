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


def meta(event: dict[str, Any] | None = None, change: dict[str, Any] | None = None, network: str = "page") -> bytes:
    """One call of the Messenger Platform with this event, or of a page with this change."""
    entry: dict[str, Any] = {"id": "1755847768034402", "time": 1764000000000}
    if event is not None:
        entry["messaging"] = [{"recipient": {"id": "1755847768034402"}, **event}]
    if change is not None:
        entry["changes"] = [change]
    return json.dumps({"object": network, "entry": [entry]}).encode()


def fb_message(words: str, at: datetime, mid: str = "m_1", sender: str = "24860000000001", **more: Any) -> bytes:
    message: dict[str, Any] = {"mid": mid, "text": words, **more}
    event = {"sender": {"id": sender}, "timestamp": int(at.timestamp() * 1000), "message": message}
    return meta(event)


def fb_comment(words: str, at: datetime, key: str = "100_7", verb: str = "add", **more: Any) -> bytes:
    value = {
        "from": {"id": "24860000000001", "name": "Anna de Wit"},
        "post": {"permalink_url": "https://www.facebook.com/opmeer/posts/100", "message": "De markt is weer open."},
        "message": words,
        "post_id": "1755847768034402_100",
        "comment_id": key,
        "created_time": int(at.timestamp()),
        "item": "comment",
        "parent_id": "1755847768034402_100",
        "verb": verb,
        **more,
    }
    return meta(change={"field": "feed", "value": value})


def ig_comment(words: str, key: str = "17865799348089039") -> bytes:
    value = {
        "from": {"id": "232323232", "username": "anna.dewit"},
        "media": {"id": "123123123", "media_product_type": "FEED"},
        "id": key,
        "text": words,
    }
    return meta(change={"field": "comments", "value": value}, network="instagram")


def toot(words: str, at: datetime, number: int = 1, visibility: str = "public", **more: Any) -> dict[str, Any]:
    """A notification of a mention, as Mastodon's API gives it."""
    status = {
        "id": f"11500{number}",
        "created_at": at.isoformat(),
        "in_reply_to_id": None,
        "spoiler_text": "",
        "visibility": visibility,
        "url": f"https://mastodon.example/@anna/11500{number}",
        "content": (
            '<p><span class="h-card"><a href="https://opmeer.example/@gemeente" class="u-url mention">@<span>gemeente'
            f"</span></a></span> {words}</p>"
        ),
        "media_attachments": [],
        **more,
    }
    account = {"id": "77", "acct": "anna@mastodon.example", "username": "anna", "display_name": "Anna de Wit"}
    return {
        "id": str(9000 + number),
        "type": "mention",
        "created_at": at.isoformat(),
        "account": account,
        "status": status,
    }
