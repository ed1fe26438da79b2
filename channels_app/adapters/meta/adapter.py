"""Facebook and Instagram: signed calls come in; answers go in private, or below what was written (docs/channels.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as lazy

from channels_app.adapters.graph import HOST, ask_graph, meta_challenge
from channels_app.adapters.json_in import line
from channels_app.adapters.messages import (
    Account,
    Adapter,
    Call,
    FileKind,
    Incoming,
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
from channels_app.reasons import in_words as words_of
from channels_app.reasons import kept

FILE_BYTES = 25 * 1_048_576
FREELY = timedelta(hours=24)
PICTURES = FileKind(("image/jpeg", "image/png", "image/gif"), 8, lazy("pictures (JPEG, PNG, GIF)"))
VIDEO = FileKind(("video/mp4",), 25, lazy("video (MP4)"))
FILES = {
    "facebook": (
        PICTURES,
        FileKind(
            (
                "application/pdf",
                "text/plain",
                "application/vnd.ms-",
                "application/vnd.openxmlformats-",
                "application/msword",
            ),
            25,
            lazy("PDF, text, Word, Excel and PowerPoint"),
        ),
        VIDEO,
        FileKind(("audio/mpeg", "audio/mp3"), 25, lazy("sound (MP3)")),
    ),
    "instagram": (PICTURES, FileKind(("application/pdf",), 25, lazy("PDF")), VIDEO),
}
ERRORS = {
    "10": lazy("Our access token may not write here."),
    "100": lazy("Meta does not find the message or the person any more."),
    "190": lazy("Our access token for Meta has ended."),
    "200": lazy("Our access token may not write here."),
    "368": lazy("Meta blocked our account for a while."),
    "551": lazy("This person cannot be reached by Meta now."),
    "10900": lazy("This message was answered privately before. Meta allows that once."),
    "2018278": lazy("The customer wrote too long ago. Meta does not let us write any more."),
    "2534022": lazy("The customer wrote too long ago. Meta does not let us write any more."),
}


class Meta(Adapter):
    kind: ClassVar[str] = "meta"
    channel: ClassVar[str] = "social"
    label: ClassVar[Any] = lazy("Facebook and Instagram")
    icon: ClassVar[str] = "thumb-up"
    secrets: ClassVar[tuple[Secret, ...]] = (
        Secret(
            "app_secret",
            lazy("App secret"),
            lazy("From the settings of your app at Meta. Proves that a call comes from Meta."),
        ),
        Secret("verify_token", lazy("Verify token"), lazy("A text that you make up and fill in at Meta as well.")),
        Secret("access_token", lazy("Access token"), lazy("Of the page, without an end date.")),
    )
    asks_names: ClassVar[bool] = True
    account_label: ClassVar[Any] = lazy("Page ID")
    account_help: ClassVar[Any] = lazy("Digits. The Instagram account is the one that belongs to this page.")
    limits: ClassVar[Limits] = Limits(text=1000, window=timedelta(days=7), can_answer_privately=True)

    def hosts(self, account: Account) -> frozenset[str]:
        return frozenset({HOST})

    def hosts_of_files(self, account: Account) -> frozenset[str]:
        return frozenset({".fbcdn.net", ".fbsbx.com", ".cdninstagram.com"})

    def check(self, call: Call, account: Account, at: datetime) -> None:
        body_signed(call.body, call.headers.get("x-hub-signature-256", ""), account.secrets.get("app_secret", ""))

    def challenge(self, call: Call, account: Account) -> str | None:
        return meta_challenge(call, account)

    def limits_of(self, details: Mapping[str, Any], *, is_public: bool) -> Limits:
        """Below a post, and in the one private answer that Meta allows to what stands there, only words go."""
        if is_public or details.get("comment"):
            return self.limits
        network = "instagram" if details.get("network") == "instagram" else "facebook"
        return replace(self.limits, files=5, file_kinds=FILES[network])

    def send(self, message: Outgoing, account: Account, web: Web) -> str:
        """Below the comment, in private to who wrote the comment, or in the private conversation: first the words, then each file."""
        comment = str(message.details.get("comment", ""))
        if message.details.get("public"):
            below = "replies" if message.details.get("network") == "instagram" else "comments"
            path, data = f"/{_id(comment)}/{below}", {"message": message.text}
        else:
            to = {"comment_id": _id(comment)} if comment else {"id": _id(message.to.rpartition(":")[2])}
            is_late = message.details.get("hours", 0) >= FREELY.total_seconds() / 3600
            how = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"} if is_late else {"messaging_type": "RESPONSE"}
            path = f"/{_id(account.account)}/messages"
            data = {"recipient": to, "message": {"text": message.text}, **(how if not comment else {})}  # type: ignore[dict-item]
        remote_id = message.once("words", partial(_post, path, data, account, web)) if message.text else ""
        for number, file in enumerate(message.files):
            remote_id = message.once(f"file{number}", partial(_send_file, file, path, data, message, account, web))
        return remote_id

    def fetch(self, media: Media, account: Account, web: Web) -> bytes:
        answer = web.call("GET", media.url, headers={"Accept": "*/*"}, limit=FILE_BYTES)
        if answer.status != 200:
            raise (Never if 400 <= answer.status < 500 else Later)(f"{answer.status}")
        return answer.body

    def name_of(self, said: Incoming, account: Account, web: Web) -> str:
        """Messenger and Instagram send only a number with a private message."""
        network, _colon, number = said.address.partition(":")
        fields = "name,username" if network == "instagram" else "first_name,last_name"
        found = ask_graph(web, account, "GET", f"/{_id(number)}?fields={fields}", words=in_words)
        if network == "instagram":
            return line(found.get("name")) or line(found.get("username"))
        return f"{line(found.get('first_name'))} {line(found.get('last_name'))}".strip()

    def try_out(self, account: Account, web: Web) -> str:
        found = ask_graph(web, account, "GET", f"/{_id(account.account)}?fields=name", words=in_words)
        return str(found.get("name", ""))

    def failure(self, code: str, detail: str) -> str:
        return in_words(code, detail)


def _post(path: str, data: Mapping[str, Any], account: Account, web: Web) -> str:
    answer = ask_graph(web, account, "POST", path, data=data, words=in_words)
    remote_id = str(answer.get("message_id") or answer.get("id") or "")
    if not remote_id:
        raise Later(in_words("", "no answer"))
    return remote_id


def _send_file(file: OutFile, path: str, data: Mapping[str, Any], message: Outgoing, account: Account, web: Web) -> str:
    """Uploaded first, then sent by its id in a message of its own."""
    main = file.content_type.partition("/")[0]
    kind = main if main in ("image", "video", "audio") else "file"
    told = json.dumps({"attachment": {"type": kind, "payload": {"is_reusable": False}}})
    fields = {"message": told}
    if message.details.get("network") == "instagram":
        fields["platform"] = "instagram"
    body, sent_as = form_with_file(fields, "filedata", file)
    where = f"/{_id(account.account)}/message_attachments"
    answer = ask_graph(web, account, "POST", where, body=body, headers={"Content-Type": sent_as}, words=in_words)
    attachment = {"type": kind, "payload": {"attachment_id": str(answer.get("attachment_id", ""))}}
    return _post(path, {**data, "message": {"attachment": attachment}}, account, web)


def _id(text: str) -> str:
    """An id of Meta may stand in a path: digits, letters and the line between a post and what stands below it."""
    if not text or not text.isascii() or not text.replace("_", "").isalnum():
        raise Never("no id")
    return text


def in_words(code: str, detail: str) -> str:
    """In Dutch, for a text that is kept."""
    if code in ERRORS:
        return f"{words_of(ERRORS, code)} ({code})"
    if detail == "no answer":
        return kept("Meta does not answer.")
    return kept("Meta refused the message: %(said)s", said=f"{code} {detail}".strip())
