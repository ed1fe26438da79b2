"""Mastodon: we ask our server what is new, and answer with a post that only one person or everybody sees (docs/channels.md)."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import partial
from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit

from django.utils.translation import gettext_lazy as lazy

from channels_app.adapters.messages import (
    Account,
    Adapter,
    FileKind,
    Later,
    Limits,
    Media,
    Never,
    OutFile,
    Outgoing,
    Secret,
)
from channels_app.adapters.web import Answer, Web, form_with_file
from channels_app.reasons import kept

PAGE = 40
FILE_BYTES = 25 * 1_048_576
LIST_BYTES = 4 * 1_048_576
PICTURES = FileKind(("image/jpeg", "image/png", "image/gif", "image/webp"), 8, lazy("pictures (JPEG, PNG, GIF, WEBP)"))
MOST = 500
"""Letters of a post, with the name of who is answered."""


class Mastodon(Adapter):
    kind: ClassVar[str] = "mastodon"
    channel: ClassVar[str] = "social"
    label: ClassVar[Any] = lazy("Mastodon")
    icon: ClassVar[str] = "at"
    secrets: ClassVar[tuple[Secret, ...]] = (
        Secret(
            "access_token",
            lazy("Access token"),
            lazy("From Settings, Development, at your server. It needs the rights read and write."),
        ),
    )
    server_label: ClassVar[Any] = lazy("Server")
    server_example: ClassVar[str] = "https://mastodon.nl"
    is_called: ClassVar[bool] = False
    limits: ClassVar[Limits] = Limits(
        text=420, files=4, file_kinds=(PICTURES,), names_what_it_answers=True, can_answer_privately=True
    )

    def hosts(self, account: Account) -> frozenset[str]:
        return frozenset({(urlsplit(account.server).hostname or "").lower()})

    def hosts_of_files(self, account: Account) -> None:
        return None

    def ask(self, account: Account, cursor: str, web: Web) -> tuple[list[tuple[str, bytes]], str]:
        """The first time only where to begin: what was said before we came is not answered again."""
        asked = {"types[]": "mention", "limit": str(PAGE if cursor else 1), **({"min_id": cursor} if cursor else {})}
        answer = self._call(account, web, "GET", f"/api/v1/notifications?{urlencode(asked)}")
        try:
            rows = json.loads(answer.body)
        except (ValueError, RecursionError) as error:
            raise Later(kept("The server of Mastodon does not answer as it should.")) from error
        rows = (
            [one for one in rows if isinstance(one, dict) and str(one.get("id", "")).isdigit()]
            if isinstance(rows, list)
            else []
        )
        rows.sort(key=lambda one: int(one["id"]))
        newest = str(rows[-1]["id"]) if rows else cursor or "0"
        if not cursor:
            return [], newest
        host = urlsplit(account.server).hostname or ""
        found = [(str(one["id"]), json.dumps({"host": host, "notification": one}).encode()) for one in rows]
        return found, newest

    def send(self, message: Outgoing, account: Account, web: Web) -> str:
        """The key of ours makes the server keep a second try of the same message out by itself."""
        seen = str(message.details.get("visibility", "direct"))
        is_public = bool(message.details.get("public"))
        busy: list[str] = []
        media = [
            message.once(f"upload{number}", partial(self._upload, file, busy, account, web))
            for number, file in enumerate(message.files)
        ]
        if busy:
            raise Later(kept("The server of Mastodon makes the pictures ready."), timedelta(minutes=1))
        form: dict[str, Any] = {
            "status": f"@{message.to} {message.text}",
            "visibility": seen if is_public and seen in ("public", "unlisted") else "direct",
            **({"in_reply_to_id": message.reply_to} if message.reply_to else {}),
            **({"media_ids[]": media} if media else {}),
        }
        answer = self._call(
            account, web, "POST", "/api/v1/statuses", form=form, headers={"Idempotency-Key": message.message_id}
        )
        remote_id = answer.json().get("id")
        if not remote_id:
            raise Later(kept("The server of Mastodon does not answer as it should."))
        return str(remote_id)

    def _upload(self, file: OutFile, busy: list[str], account: Account, web: Web) -> str:
        """A picture that the server has not made ready yet goes with the next try: it keeps what was uploaded for a day."""
        body, kind = form_with_file({}, "file", file)
        answer = self._call(account, web, "POST", "/api/v2/media", body=body, headers={"Content-Type": kind})
        media_id = answer.json().get("id")
        if not media_id:
            raise Later(kept("The server of Mastodon does not answer as it should."))
        if answer.status == 202:
            busy.append(str(media_id))
        return str(media_id)

    def fetch(self, media: Media, account: Account, web: Web) -> bytes:
        answer = web.call("GET", media.url, headers={"Accept": "*/*"}, limit=FILE_BYTES)
        if answer.status != 200:
            raise (Never if 400 <= answer.status < 500 else Later)(f"{answer.status}")
        return answer.body

    def try_out(self, account: Account, web: Web) -> str:
        found = self._call(account, web, "GET", "/api/v1/accounts/verify_credentials").json()
        return f"@{found.get('acct', '')}"

    def _call(self, account: Account, web: Web, method: str, path: str, **more: Any) -> Answer:
        headers = {"Authorization": f"Bearer {account.secrets.get('access_token', '')}", **more.pop("headers", {})}
        answer = web.call(method, account.server + path, headers=headers, limit=LIST_BYTES, **more)
        if answer.status < 300:
            return answer
        said = str(answer.json().get("error", ""))[:200] or str(answer.status)
        if answer.status in (401, 403):
            raise Later(kept("The server of Mastodon does not accept our access token: %(said)s", said=said))
        if answer.status == 429:
            raise Later(kept("The server of Mastodon asks us to wait."), timedelta(minutes=5))
        if answer.status >= 500:
            raise Later(kept("The server of Mastodon is out of order: %(said)s", said=said))
        raise Never(kept("The server of Mastodon refused it: %(said)s", said=said))
