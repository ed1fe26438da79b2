"""A bought chat by a plain webhook: signed calls come in, signed calls go out, both by Standard Webhooks (docs/chat.md)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as lazy

from channels_app.adapters.messages import Account, Later, Limits, Media, Never, Outgoing, Secret
from channels_app.adapters.signatures import key_of_secret
from channels_app.adapters.standard_webhook import StandardWebhook
from channels_app.adapters.web import Unreachable, Web
from channels_app.reasons import kept

FILE_BYTES = 25 * 1_048_576
PATH = "/messages"


class BoughtChat(StandardWebhook):
    kind: ClassVar[str] = "chat"
    channel: ClassVar[str] = "chat"
    label: ClassVar[Any] = lazy("Chat of another supplier")
    secrets: ClassVar[tuple[Secret, ...]] = (
        Secret(
            "secret",
            lazy("Secret"),
            lazy("Both sides sign with it (Standard Webhooks): whsec_… or a text of your own."),
        ),
    )
    account_label: ClassVar[Any] = lazy("Account")
    account_help: ClassVar[Any] = lazy("The name of your account at the supplier.")
    server_label: ClassVar[Any] = lazy("Address of the supplier")
    limits: ClassVar[Limits] = Limits(text=10_000, names_what_it_answers=True)

    def send(self, message: Outgoing, account: Account, web: Web) -> str:
        """The same `id` at every try, so that the supplier can keep a repeat out."""
        told = {
            "type": "message",
            "id": message.message_id,
            "account": account.account,
            "conversation": message.to,
            "text": message.text,
            "replyTo": message.reply_to,
        }
        return str(self._post(told, message.message_id, account, web).get("id") or message.message_id)[:200]

    def fetch(self, media: Media, account: Account, web: Web) -> bytes:
        try:
            answer = web.call("GET", media.url, headers={"Accept": "*/*"}, limit=FILE_BYTES)
        except Unreachable as error:
            raise Later(str(error)) from error
        if answer.status != 200:
            raise (Never if 400 <= answer.status < 500 else Later)(f"{answer.status}")
        return answer.body

    def try_out(self, account: Account, web: Web) -> str:
        """A call that says nothing but `ping`."""
        self._post({"type": "ping", "account": account.account}, f"ping-{int(time.time())}", account, web)
        return account.account

    def _post(self, told: Mapping[str, Any], event_id: str, account: Account, web: Web) -> dict[str, Any]:
        body, moment = json.dumps(told, ensure_ascii=False).encode(), str(int(time.time()))
        signed = f"{event_id}.{moment}.".encode() + body
        mark = hmac.new(key_of_secret(account.secrets.get("secret", "")), signed, hashlib.sha256).digest()
        headers = {
            "Content-Type": "application/json",
            "webhook-id": event_id,
            "webhook-timestamp": moment,
            "webhook-signature": f"v1,{base64.b64encode(mark).decode()}",
        }
        answer = web.call("POST", f"{account.server}{PATH}", headers=headers, body=body)
        if answer.status in (401, 403):
            raise Later(kept("The supplier of the chat does not accept our secret."))
        if answer.status in (408, 409, 425, 429) or answer.status >= 500:
            raise Later(kept("The supplier of the chat asks us to wait: %(said)s", said=answer.status))
        if not 200 <= answer.status < 300:
            said = f"{answer.status} {answer.body[:200].decode('utf-8', 'replace')}".strip()
            raise Never(kept("The supplier of the chat refused the message: %(said)s", said=said))
        return answer.json()
