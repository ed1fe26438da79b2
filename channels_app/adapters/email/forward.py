"""Who wrote the message that a colleague passed on (pure; case 63)."""

from __future__ import annotations

import re
from email.message import Message

from channels_app.adapters.email.addresses import Address, read_addresses
from channels_app.adapters.email.limits import Unreadable
from channels_app.adapters.email.words import header_text

_FROM = re.compile(r"^[ \t>*]*(?:Van|From|Von)[ \t]*:\**[ \t]*(\S.{2,300})$", re.I | re.M)
_HEAD = re.compile(
    r"^[ \t>*]*(?:Van|From|Von)[ \t]*:.*\n(?:.*\n){0,8}?[ \t>*]*(?:Onderwerp|Subject|Betreff)[ \t]*:", re.I | re.M
)
_MARKDOWN = re.compile(r"\((?:mailto:)?[^()\s]*@[^()\s]*\)|\[mailto:([^\]]+)\]")
_SUBJECT = re.compile(
    r"^\s*(?:\[[^\]\n]{1,30}\]\s*)?(?:fw|fwd|doorst|doorsturen|doorgestuurd|doorgezonden|dst|wg|tr)\s*:", re.I
)
_REPLY = re.compile(
    r"^\s*(?:\[[^\]\n]{1,30}\]\s*)?(?:re|aw|antw|antwoord|betr|sv|vs|rv|res)\s*(?:\[\d+\]|\(\d+\))?\s*:", re.I
)


def says_forwarded(subject: str) -> bool:
    """Whether the subject is one that mail programs give to what is passed on."""
    return bool(_SUBJECT.match(subject))


def says_reply(subject: str) -> bool:
    """Whether the subject is one that mail programs give to an answer."""
    return bool(_REPLY.match(subject))


def passed_on_by_hand(subject: str, text: str, message: Message) -> str:
    """The part of a message without the marks of a forward that says who wrote first; empty when nothing was passed on.

    A header below a subject that is no answer's, or one message that goes along as a file.
    """
    if says_reply(subject):
        return ""
    if head := _HEAD.search(text[:50_000]):
        return text[head.start() :]
    parts = message.get_payload() if message.get_content_type() == "multipart/mixed" else []
    files = [one for one in parts if isinstance(one, Message) and one.get_content_type() == "message/rfc822"]
    inner = files[0].get_payload(0) if len(files) == 1 and files[0].is_multipart() else None
    return f"From: {header_text(inner.get('From', ''))}" if isinstance(inner, Message) else ""


def forwarded_from(text: str, house: str = "") -> Address | None:
    """The sender in the first `Van:` line of a forwarded message; None when there is none that can be answered.

    A message that colleagues passed on to each other has several: the first of another domain than theirs (`house`) wrote to us.
    """
    found: Address | None = None
    for match in _FROM.finditer(text[:50_000]):
        line = _MARKDOWN.sub(lambda m: f"<{m.group(1)}>" if m.group(1) else "", match.group(1)).replace("*", "")
        try:
            named = read_addresses([line])
        except Unreadable:
            return found
        if named and named[0].address:
            if named[0].domain != house:
                return named[0]
            found = found or named[0]
    return found
