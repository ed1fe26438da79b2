"""Reads a call of the WhatsApp Cloud API: messages and statuses (pure; runs in the child process).

https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/payload-examples
"""

from __future__ import annotations

from typing import Any

from channels_app.adapters.json_in import items, line, moment, part, read_json, text
from channels_app.adapters.messages import Events, Incoming, Media, Receipt

FILES = ("image", "video", "audio", "document", "sticker")
STATES = {"sent": "sent", "delivered": "delivered", "read": "read", "played": "read", "failed": "failed"}


def read(body: bytes) -> Events:
    """Everything in the call; what is not understood is named in `unknown`."""
    messages: list[Incoming] = []
    receipts: list[Receipt] = []
    unknown: list[str] = []
    found = read_json(body)
    if found.get("object") != "whatsapp_business_account":
        unknown.append(line(found.get("object"), 40) or "object")
    for entry in items(found.get("entry")):
        for change in items(entry.get("changes")):
            if change.get("field") != "messages":
                unknown.append(line(change.get("field"), 40) or "field")
                continue
            value = part(change, "value")
            names = {
                line(one.get("wa_id"), 40): line(part(one, "profile").get("name"))
                for one in items(value.get("contacts"))
            }
            messages += [said for one in items(value.get("messages")) if (said := _message(one, names)) is not None]
            receipts += [told for one in items(value.get("statuses")) if (told := _status(one)) is not None]
    return Events(tuple(messages), tuple(receipts), tuple(unknown[:20]))


def _message(one: dict[str, Any], names: dict[str, str]) -> Incoming | None:
    key, sender = line(one.get("id")), "".join(sign for sign in line(one.get("from"), 40) if sign.isdigit())
    if not key or not sender:
        return None
    kind = line(one.get("type"), 40)
    words, media, remarks, is_light, reply_to = _said(kind, one)
    return Incoming(
        key=key,
        conversation=sender,
        address=sender,
        name=names.get(sender, ""),
        text=words,
        at=moment(one.get("timestamp")),
        reply_to=reply_to or line(part(one, "context").get("id")),
        media=media,
        is_light=is_light,
        remarks=remarks,
    )


def _said(kind: str, one: dict[str, Any]) -> tuple[str, tuple[Media, ...], tuple[str, ...], bool, str]:
    """Words, files, remarks, whether it is only a sign, and what it answers."""
    given = part(one, kind)
    if kind == "text":
        return text(given.get("body")), (), (), False, ""
    if kind in FILES:
        file = Media(
            id=line(given.get("id")),
            name=line(given.get("filename")) or _name(kind, line(given.get("mime_type"), 100)),
            content_type=line(given.get("mime_type"), 100).partition(";")[0],
        )
        return text(given.get("caption")), (file,) if file.id else (), (), False, ""
    if kind == "location":
        return _place(given), (), (), False, ""
    if kind == "reaction":
        return line(given.get("emoji"), 20), (), (), True, line(given.get("message_id"))
    if kind == "button":
        return text(given.get("text")), (), (), False, ""
    if kind == "interactive":
        chosen = part(given, "button_reply") or part(given, "list_reply")
        words = [text(chosen.get("title")), text(chosen.get("description"))]
        return "\n".join(word for word in words if word), (), (), False, ""
    if kind == "contacts":
        return _cards(one.get("contacts")), (), (), False, ""
    return "", (), ("unsupported_message",), False, ""


def _place(given: dict[str, Any]) -> str:
    lines = [line(given.get("name")), line(given.get("address"), 300)]
    try:
        lines.append(f"{float(given['latitude']):.6f}, {float(given['longitude']):.6f}")
    except (KeyError, TypeError, ValueError, OverflowError):
        pass
    return "\n".join(one for one in lines if one)


def _cards(value: object) -> str:
    lines = []
    for card in items(value, 20):
        numbers = ", ".join(line(phone.get("phone"), 40) for phone in items(card.get("phones"), 5))
        lines.append(f"{line(part(card, 'name').get('formatted_name'))}: {numbers}".strip(": "))
    return "\n".join(one for one in lines if one)


def _name(kind: str, mime: str) -> str:
    words = {"image": "foto", "video": "filmpje", "audio": "spraakbericht", "sticker": "sticker"}
    endings = {
        "image/jpeg": ".jpg",
        "image/png": ".png",
        "image/webp": ".webp",
        "video/mp4": ".mp4",
        "audio/ogg": ".ogg",
        "audio/mpeg": ".mp3",
        "application/pdf": ".pdf",
    }
    return words.get(kind, "bijlage") + endings.get(mime.partition(";")[0].strip(), "")


def _status(one: dict[str, Any]) -> Receipt | None:
    state = STATES.get(line(one.get("status"), 20))
    if state is None:
        return None
    error = next(iter(items(one.get("errors"), 1)), {})
    return Receipt(
        state=state,
        remote_id=line(one.get("id")),
        message_id=line(one.get("biz_opaque_callback_data")),
        at=moment(one.get("timestamp")),
        code=line(error.get("code"), 20),
        detail=line(error.get("title") or error.get("message"), 200),
    )
