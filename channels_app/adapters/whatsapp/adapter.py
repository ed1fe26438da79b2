"""WhatsApp through Meta's Cloud API: signed calls come in, messages go out over the Graph API (docs/channels.md)."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as lazy

from channels_app.adapters.graph import HOST, ask_graph, meta_challenge
from channels_app.adapters.messages import (
    Account,
    Adapter,
    Call,
    FileKind,
    Later,
    Limits,
    Media,
    Never,
    OutFile,
    Outgoing,
    Secret,
)
from channels_app.adapters.signatures import body_signed
from channels_app.adapters.web import Web, form_with_file
from channels_app.adapters.whatsapp.errors import in_words

FILE_BYTES = 25 * 1_048_576
CAPTION = 1024
PICTURES = ("image/jpeg", "image/png")
OFFICE = ("application/vnd.ms-", "application/vnd.openxmlformats-", "application/msword")
KINDS = (
    FileKind(PICTURES, 5, lazy("pictures (JPEG, PNG)")),
    FileKind(("application/pdf", "text/plain", *OFFICE), 25, lazy("PDF, text, Word, Excel and PowerPoint")),
    FileKind(("video/mp4",), 16, lazy("video (MP4)")),
    FileKind(("audio/mpeg", "audio/mp3"), 16, lazy("sound (MP3)")),
)


class WhatsApp(Adapter):
    kind: ClassVar[str] = "whatsapp"
    channel: ClassVar[str] = "whatsapp"
    label: ClassVar[Any] = lazy("WhatsApp (Cloud API)")
    icon: ClassVar[str] = "brand-whatsapp"
    secrets: ClassVar[tuple[Secret, ...]] = (
        Secret(
            "app_secret",
            lazy("App secret"),
            lazy("From the settings of your app at Meta. Proves that a call comes from Meta."),
        ),
        Secret("verify_token", lazy("Verify token"), lazy("A text that you make up and fill in at Meta as well.")),
        Secret(
            "access_token",
            lazy("Access token"),
            lazy("Of a system user, without an end date. We send and fetch files with it."),
        ),
    )
    account_label: ClassVar[Any] = lazy("Phone number ID")
    account_help: ClassVar[Any] = lazy(
        "Digits, from the page “API setup” of your app. It is not the phone number itself."
    )
    limits: ClassVar[Limits] = Limits(
        text=4096, files=5, file_kinds=KINDS, window=timedelta(hours=24), has_templates=True
    )

    def hosts(self, account: Account) -> frozenset[str]:
        return frozenset({HOST, "lookaside.fbsbx.com"})

    def check(self, call: Call, account: Account, at: datetime) -> None:
        body_signed(call.body, call.headers.get("x-hub-signature-256", ""), account.secrets.get("app_secret", ""))

    def challenge(self, call: Call, account: Account) -> str | None:
        return meta_challenge(call, account)

    def send(self, message: Outgoing, account: Account, web: Web) -> str:
        """One file takes the words along; more files are messages of their own, and the id is that of the last message."""
        template = message.details.get("template")
        if template:
            return self._post(_template(message, template), message, account, web)
        caption = message.text if len(message.files) == 1 and len(message.text) <= CAPTION else ""
        if caption and _kind(message.files[0]) == "audio":  # sound has no words beside it
            caption = ""
        remote_id = ""
        for number, file in enumerate(message.files):
            remote_id = message.once(f"file{number}", partial(self._send_file, file, caption, message, account, web))
        if message.text and not caption:
            words = {"type": "text", "text": {"body": message.text, "preview_url": False}}
            remote_id = message.once("words", partial(self._post, words, message, account, web))
        return remote_id

    def _send_file(self, file: OutFile, caption: str, message: Outgoing, account: Account, web: Web) -> str:
        what = _file(file, self._upload(file, account, web))
        if caption:
            what[what["type"]]["caption"] = caption
        return self._post(what, message, account, web)

    def _post(self, what: dict[str, Any], message: Outgoing, account: Account, web: Web) -> str:
        data = {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": message.to,
            "biz_opaque_callback_data": message.message_id,
            **what,
        }
        if message.reply_to:
            data["context"] = {"message_id": message.reply_to}
        answer = ask_graph(web, account, "POST", f"/{account.account}/messages", data=data, words=in_words)
        sent = answer.get("messages")
        if not isinstance(sent, list) or not sent or not isinstance(sent[0], dict):
            raise Later(in_words("", "no id"))
        return str(sent[0].get("id", ""))

    def _upload(self, file: OutFile, account: Account, web: Web) -> str:
        body, kind = form_with_file({"messaging_product": "whatsapp"}, "file", file)
        answer = ask_graph(
            web, account, "POST", f"/{account.account}/media", body=body, headers={"Content-Type": kind}, words=in_words
        )
        return str(answer.get("id", ""))

    def fetch(self, media: Media, account: Account, web: Web) -> bytes:
        """First where it lies (good for five minutes), then the bytes, with our token."""
        if not media.id.isalnum():
            raise Never("no id")
        found = ask_graph(web, account, "GET", f"/{media.id}", words=in_words)
        size = found.get("file_size")
        if isinstance(size, int) and size > FILE_BYTES:
            raise Never("too large")
        headers = {"Authorization": f"Bearer {account.secrets.get('access_token', '')}", "Accept": "*/*"}
        answer = web.call("GET", str(found.get("url", "")), headers=headers, limit=FILE_BYTES)
        if answer.status != 200:
            raise (Never if 400 <= answer.status < 500 else Later)(f"{answer.status}")
        return answer.body

    def try_out(self, account: Account, web: Web) -> str:
        found = ask_graph(
            web, account, "GET", f"/{account.account}?fields=display_phone_number,verified_name", words=in_words
        )
        return f"{found.get('verified_name', '')} {found.get('display_phone_number', '')}".strip()

    def failure(self, code: str, detail: str) -> str:
        return in_words(code, detail)


def _template(message: Outgoing, template: dict[str, Any]) -> dict[str, Any]:
    values = [{"type": "text", "text": str(one)} for one in template.get("values", ())]
    return {
        "type": "template",
        "template": {
            "name": template["name"],
            "language": {"code": template["language"]},
            **({"components": [{"type": "body", "parameters": values}]} if values else {}),
        },
    }


def _kind(file: OutFile) -> str:
    main = file.content_type.partition("/")[0]
    return "image" if file.content_type in PICTURES else main if main in ("video", "audio") else "document"


def _file(file: OutFile, media_id: str) -> dict[str, Any]:
    kind = _kind(file)
    named = {"filename": file.name} if kind == "document" else {}
    return {"type": kind, kind: {"id": media_id, **named}}
