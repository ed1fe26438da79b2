"""Text messages by a gateway that takes JSON with a key, and calls back signed (docs/sms.md)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as lazy

from channels_app.adapters.messages import Account, Later, Limits, Never, Outgoing, Secret
from channels_app.adapters.standard_webhook import StandardWebhook
from channels_app.adapters.web import Answer, Web
from channels_app.reasons import kept

PATH = "/v1/messages"
ABOUT = "/v1/balance"
MOST = 765
"""Five text messages in one: more is a letter."""
PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "}
)
"""One sign that is not in the alphabet of text messages (GSM 03.38) makes each of them hold 67 letters instead of 153, and costs twice."""


class Sms(StandardWebhook):
    kind: ClassVar[str] = "sms"
    channel: ClassVar[str] = "sms"
    label: ClassVar[Any] = lazy("Text messages (SMS)")
    icon: ClassVar[str] = "message-2"
    secrets: ClassVar[tuple[Secret, ...]] = (
        Secret("api_key", lazy("API key"), lazy("From your provider. We send with it.")),
        Secret(
            "secret",
            lazy("Secret for calls to us"),
            lazy("The provider signs its calls with it (Standard Webhooks): whsec_… or a text of your own."),
        ),
    )
    account_label: ClassVar[Any] = lazy("Sender")
    account_help: ClassVar[Any] = lazy(
        "What people see as the sender: the number that you rent, to be able to get answers and STOP."
    )
    server_label: ClassVar[Any] = lazy("Address of the provider")
    server_example: ClassVar[str] = "https://sms.voorbeeld.nl"
    begins: ClassVar[bool] = True
    limits: ClassVar[Limits] = Limits(text=MOST)

    def send(self, message: Outgoing, account: Account, web: Web) -> str:
        """The same `reference` and key at every try, so that the provider keeps a repeat out."""
        told = {
            "originator": account.account,
            "recipients": [message.to],
            "body": message.text.translate(PLAIN),
            "reference": message.message_id,
        }
        answer = _call(web, account, "POST", PATH, data=told, headers={"Idempotency-Key": message.message_id})
        return str(answer.json().get("id") or "")[:200]

    def try_out(self, account: Account, web: Web) -> str:
        """Asks what is left on the account; nothing is sent."""
        found = _call(web, account, "GET", ABOUT).json()
        amount = found.get("amount")
        return f"{account.account} ({amount})" if isinstance(amount, int | float | str) else account.account

    def failure(self, code: str, detail: str) -> str:
        said = f"{code} {detail}".strip()
        if not said:
            return kept(
                "The text message did not arrive: the number does not exist, or the phone was off for too long."
            )
        return kept("The text message did not arrive: %(said)s", said=said)


def _call(web: Web, account: Account, method: str, path: str, **given: Any) -> Answer:
    headers = {"Authorization": f"Bearer {account.secrets.get('api_key', '')}", **given.pop("headers", {})}
    answer = web.call(method, f"{account.server}{path}", headers=headers, **given)
    if 200 <= answer.status < 300:
        return answer
    said = answer.body[:200].decode("utf-8", "replace").strip()
    if answer.status in (401, 403):
        raise Later(kept("The SMS provider does not accept our key."))
    if answer.status == 402:
        raise Later(kept("The SMS provider wants to be paid first."))
    if answer.status in (408, 409, 425, 429) or answer.status >= 500:
        raise Later(kept("The SMS provider asks us to wait: %(said)s", said=answer.status), _pause(answer))
    raise Never(kept("The SMS provider refused the message: %(said)s", said=f"{answer.status} {said}"))


def _pause(answer: Answer) -> timedelta:
    """`Retry-After` in seconds, an hour at most."""
    given = answer.headers.get("retry-after", "")
    return (
        timedelta(seconds=min(int(given), 3600))
        if given.isascii() and given.isdigit() and len(given) < 6
        else timedelta(0)
    )
