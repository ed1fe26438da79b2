"""A service that signs its calls to us by Standard Webhooks, at an address of its own."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from channels_app.adapters.messages import Account, Adapter, Call
from channels_app.adapters.signatures import standard_signed


class StandardWebhook(Adapter):
    def hosts(self, account: Account) -> frozenset[str]:
        return frozenset({(urlsplit(account.server).hostname or "").lower()})

    def check(self, call: Call, account: Account, at: datetime) -> None:
        standard_signed(
            call.body,
            event_id=call.headers.get("webhook-id", ""),
            moment=call.headers.get("webhook-timestamp", ""),
            given=call.headers.get("webhook-signature", ""),
            secret=account.secrets.get("secret", ""),
            at=at,
        )

    def key_of(self, call: Call) -> str:
        return call.headers.get("webhook-id", "")
