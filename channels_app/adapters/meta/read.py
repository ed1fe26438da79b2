"""Reads a call of the Messenger Platform: messages, what stands below posts, receipts (pure; runs in the child process).

https://developers.facebook.com/docs/messenger-platform/reference/webhook-events and /docs/graph-api/webhooks/reference/page#feed
"""

from __future__ import annotations

import hashlib
from typing import Any

from channels_app.adapters.json_in import items, line, moment, part, read_json, text
from channels_app.adapters.messages import Events, Incoming, Media, Receipt

NETWORKS = {"page": "facebook", "instagram": "instagram"}
FILES = {"image": "foto.jpg", "video": "filmpje.mp4", "audio": "geluid.mp3", "file": "bijlage"}
COMMENTS = {"facebook": "feed", "instagram": "comments"}


def read(body: bytes) -> Events:
    """Everything in the call; what is not understood is named in `unknown`."""
    messages: list[Incoming] = []
    receipts: list[Receipt] = []
    unknown: list[str] = []
    found = read_json(body)
    network = NETWORKS.get(line(found.get("object"), 40), "")
    if not network:
        return Events(unknown=(line(found.get("object"), 40) or "object",))
    for entry in items(found.get("entry")):
        ours = line(entry.get("id"), 40)
        for event in items(entry.get("messaging")):
            said, told, name = _event(event, network, ours)
            messages += [said] if said is not None else []
            receipts += told
            unknown += [name] if name else []
        for change in items(entry.get("changes")):
            if change.get("field") != COMMENTS[network]:
                unknown.append(line(change.get("field"), 40) or "field")
                continue
            below = _comment(part(change, "value"), network, ours, entry.get("time"))
            messages += [below] if below is not None else []
    return Events(tuple(messages), tuple(receipts), tuple(unknown[:20]))


def _event(event: dict[str, Any], network: str, ours: str) -> tuple[Incoming | None, list[Receipt], str]:
    """A private message, a receipt, or the name of what is not read."""
    sender = line(part(event, "sender").get("id"), 40)
    is_ours = sender == ours or part(event, "message").get("is_echo") is True
    if is_ours:  # what we wrote, told back to us: it belongs to who it was written to
        sender = line(part(event, "recipient").get("id"), 40)
    at = moment(event.get("timestamp"))
    if not sender.isdigit():
        return None, [], "sender"
    talk = private(network, sender)
    if "delivery" in event:
        given = part(event, "delivery")
        mids = [line(mid) for mid in given.get("mids", []) if isinstance(mid, str)][:50]
        until = moment(given.get("watermark"))
        named = [Receipt("delivered", remote_id=mid, at=until) for mid in mids]
        return None, named or [Receipt("delivered", conversation=talk, at=until)], ""
    if "read" in event:
        until = moment(part(event, "read").get("watermark")) or at
        return None, [Receipt("read", conversation=talk, at=until)], ""
    message, postback, reaction = part(event, "message"), part(event, "postback"), part(event, "reaction")
    common: dict[str, Any] = {
        "conversation": talk,
        "address": f"{network}:{sender}",
        "at": at,
        "details": {"network": network},
    }
    if is_ours:
        common["is_ours"] = True
    if reaction and not is_ours:
        words, about = line(reaction.get("emoji"), 20), line(reaction.get("mid"))
        key = hashlib.sha256(f"{about} {sender} {words} {event.get('timestamp')}".encode()).hexdigest()
        return Incoming(key=f"reaction:{key}", text=words, reply_to=about, is_light=True, **common), [], ""
    if postback:
        key = line(postback.get("mid")) or f"postback:{sender}:{line(event.get('timestamp'), 40)}"
        return Incoming(key=key, text=text(postback.get("title")), **common), [], ""
    key = line(message.get("mid"))
    if not key:
        return (
            None,
            [],
            next((name for name in event if name not in ("sender", "recipient", "timestamp")), "message")[:40],
        )
    if message.get("is_deleted") is True:
        return (
            Incoming(key=f"{key}:weg", reply_to=key, is_light=True, remarks=("deleted_message",), **common),
            [],
            "",
        )
    media = tuple(_files(message))
    words = text(message.get("text"))
    is_odd = not words and not media
    return (
        Incoming(
            key=key,
            text=words,
            media=media,
            reply_to=line(part(message, "reply_to").get("mid")),
            remarks=("unsupported_message",) if is_odd else (),
            **common,
        ),
        [],
        "",
    )


def _files(message: dict[str, Any]) -> list[Media]:
    found = []
    for one in items(message.get("attachments"), 20):
        kind, url = line(one.get("type"), 20), line(part(one, "payload").get("url"), 2000)
        if kind in FILES and url.startswith("https://"):
            found.append(Media(url=url, name=FILES[kind]))
    return found


def _comment(value: dict[str, Any], network: str, ours: str, seconds: object) -> Incoming | None:
    """What somebody wrote below a post, we too; posts and thumbs are none."""
    sender = part(value, "from")
    who = line(sender.get("id"), 40)
    if network == "facebook":
        key, post, verb = line(value.get("comment_id")), line(value.get("post_id")), line(value.get("verb"), 20)
        is_comment = value.get("item") == "comment" and verb in ("add", "edited", "remove")
        words, at = text(value.get("message")), moment(value.get("created_time"))
        url, about = (
            line(part(value, "post").get("permalink_url"), 1000),
            text(part(value, "post").get("message"), 2000),
        )
        photo = line(value.get("photo"), 2000)
    else:
        key, post, verb = line(value.get("id")), line(part(value, "media").get("id")), "add"
        is_comment, words, at, url, about, photo = True, text(value.get("text")), None, "", "", ""
    if not is_comment or not key or not post or not who or (who == ours and verb != "add"):
        return None
    remarks: tuple[str, ...] = ()
    comment, reply_to = key, line(value.get("parent_id"))
    if verb == "edited":
        key = f"{key}:{hashlib.sha256(words.encode()).hexdigest()[:16]}"
        remarks, reply_to = ("edited_message",), comment
    elif verb == "remove":
        key, remarks, reply_to = f"{key}:weg", ("deleted_message",), comment
    return Incoming(
        key=key,
        conversation=f"{network}:{post}:{who}"[:200],
        address=f"{network}:{who}",
        name=line(sender.get("name")) or line(sender.get("username")),
        text=words,
        at=at if at is not None else moment(seconds),
        reply_to=reply_to,
        media=(Media(url=photo, name="foto.jpg"),) if photo.startswith("https://") else (),
        is_public=True,
        is_light=verb == "remove",
        is_ours=who == ours,
        post=url if url.startswith("https://") else "",
        post_text=about,
        remarks=remarks,
        details={"network": network, "comment": comment, "private": private(network, who)},
    )


def private(network: str, who: str) -> str:
    """The conversation with this person that nobody else reads."""
    return f"{network}:prive:{who}"
