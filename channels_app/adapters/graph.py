"""Meta's Graph API: one way to ask it, and what its errors mean for us."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from channels_app.adapters.messages import Account, Call, Later, Never
from channels_app.adapters.web import Unreachable, Web

HOST: Final = "graph.facebook.com"
VERSION: Final = "v23.0"
BUSY: Final = frozenset(
    {"1", "2", "4", "17", "32", "613", "80007", "130429", "131000", "131016", "131048", "131056", "131057", "133004"}
)
"""Try again later: too many calls, or trouble on their side."""
OURS: Final = frozenset(
    {"0", "3", "10", "190", "200", "368", "131005", "131031", "131037", "131042", "131045", "133010"}
)
"""Token, rights, account, its name, its payment: nothing goes until an administrator mends it, so the message waits."""
TOO_LATE: Final = frozenset({"2018278", "2534022"})
"""Under a code that otherwise says something about our rights: the customer wrote too long ago."""
UNSURE: Final = timedelta(minutes=5)
"""After no answer the message may have arrived all the same: a receipt gets time to tell so before it is sent again."""


def ask_graph(
    web: Web,
    account: Account,
    method: str,
    path: str,
    *,
    words: Callable[[str, str], str],
    data: Mapping[str, Any] | None = None,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The answer. Raises `Later` or `Never` with the error in words."""
    given = {"Authorization": f"Bearer {account.secrets.get('access_token', '')}", **(headers or {})}
    url = f"{account.server or f'https://{HOST}'}/{VERSION}{path}"
    try:
        answer = web.call(method, url, headers=given, data=data, body=body)
    except Unreachable as error:
        raise Later(words("", "no answer"), UNSURE if method == "POST" else timedelta(0)) from error
    found = answer.json()
    error = found.get("error")
    if answer.status < 300 and not isinstance(error, dict):
        return found
    error = error if isinstance(error, dict) else {}
    code = str(error.get("code", ""))
    told = error.get("error_data")
    detail = str((told.get("details") if isinstance(told, dict) else "") or error.get("message") or answer.status)
    sub = str(error.get("error_subcode", ""))
    if sub in TOO_LATE:
        raise Never(words(sub, detail[:200]))
    if code in BUSY or code in OURS or answer.status >= 500 or answer.status in (401, 429):
        said = words(code, detail[:200]) if code else words("", "no answer")  # out of order: nothing was refused
        raise Later(said, UNSURE if answer.status >= 500 and method == "POST" else timedelta(0))
    raise Never(words(code, detail[:200]))


def meta_challenge(call: Call, account: Account) -> str | None:
    """The question that Meta asks once, when the address is filled in there."""
    token = account.secrets.get("verify_token", "")
    given = call.query.get("hub.verify_token", "")
    if call.query.get("hub.mode") != "subscribe" or not token:
        return None
    if not hmac.compare_digest(token.encode(), given.encode("utf-8", "replace")):
        return None
    answer = call.query.get("hub.challenge", "")
    return answer if answer.isascii() and answer.isalnum() and len(answer) <= 100 else None
