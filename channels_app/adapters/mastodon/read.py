"""Reads one notification of Mastodon with the host of our server beside it (pure; runs in the child process).

https://docs.joinmastodon.org/entities/Notification/ and /entities/Status/
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from channels_app.adapters.email.html_text import html_to_text
from channels_app.adapters.json_in import items, line, part, read_json, text
from channels_app.adapters.messages import Events, Incoming, Media

PUBLIC = ("public", "unlisted")
_LINKED = re.compile(r"<a\b[^>]{0,500}\bmention\b[^>]{0,500}>(.{0,500}?)</a>", re.S)
"""Names and hashtags are links; what they link to says nothing."""
_MENTIONS = re.compile(r"^(?:@[\w.-]+(?:@[\w.-]+)?\s+)+")


def read(body: bytes) -> Events:
    """The message of a mention; other notifications are named in `unknown`."""
    found = read_json(body)
    notification, host = part(found, "notification"), line(found.get("host"), 200)
    kind = line(notification.get("type"), 40)
    if kind != "mention":
        return Events(unknown=(kind or "notification",))
    status, account = part(notification, "status"), part(notification, "account")
    key, who = line(status.get("id"), 60), line(account.get("acct"), 200).lower()
    if not key or not who:
        return Events(unknown=("status",))
    address = who if "@" in who else f"{who}@{host}"
    is_public = status.get("visibility") in PUBLIC
    url = line(status.get("url"), 1000)
    return Events(
        (
            Incoming(
                key=key,
                conversation=f"{'openbaar' if is_public else 'prive'}:{address}"[:200],
                address=address,
                name=line(account.get("display_name")) or who,
                text=_words(status),
                at=_moment(status.get("created_at")),
                reply_to=line(status.get("in_reply_to_id"), 60),
                media=tuple(_files(status)),
                is_public=is_public,
                post=url if url.startswith("https://") else "",
                details={"visibility": line(status.get("visibility"), 20), "private": f"prive:{address}"[:200]},
            ),
        )
    )


def _words(status: dict[str, Any]) -> str:
    content = status.get("content")
    words = text(html_to_text(_LINKED.sub(r"\1", content[:50_000])) if isinstance(content, str) else "")
    words = _MENTIONS.sub("", words).strip()
    warning = line(status.get("spoiler_text"), 500)
    return f"{warning}\n\n{words}".strip() if warning else words


def _files(status: dict[str, Any]) -> list[Media]:
    found = []
    for number, one in enumerate(items(status.get("media_attachments"), 20), 1):
        url = line(one.get("url"), 2000)
        if url.startswith("https://"):
            ending = url.rpartition("/")[2].partition("?")[0].rpartition(".")[2]
            name = f"bijlage-{number}.{ending}" if ending.isalnum() and len(ending) <= 5 else f"bijlage-{number}"
            found.append(Media(url=url, name=name))
    return found


def _moment(value: object) -> float | None:
    try:
        return datetime.fromisoformat(value).timestamp() if isinstance(value, str) else None
    except (ValueError, OverflowError):
        return None
