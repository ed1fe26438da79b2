"""Delivery reports: RFC 3464, and what Exchange writes in Dutch (pure; email-cases 21–26)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message

from channels_app.adapters.email.addresses import Address
from channels_app.adapters.email.headers import Headers, message_ids, normal_id
from channels_app.adapters.email.limits import MAX_ADDRESSES
from channels_app.adapters.email.mail import Bounce
from channels_app.adapters.email.words import header_text, one_line

_SUBJECT = re.compile(
    r"^\s*(?:onbestelbaar|niet bestelbaar|niet (?:te bezorgen|bezorgd)|undeliver(?:ed|able)|mail delivery (?:failed|failure|system)|delivery (?:status notification|failure)"
    r"|returned mail|failure notice|(?:uw )?bericht (?:kon|kan) niet|bezorging (?:mislukt|vertraagd)|vertraagd"
    r"|unzustellbar|nicht zustellbar|zustellung (?:fehlgeschlagen|verzögert)|non (?:remis|distribu(?:é|able))|échec de (?:la )?(?:remise|distribution)"
    r"|(?:message|courrier) non (?:remis|distribu(?:é|able)))(?!\w)",
    re.I,
)
_STATUS_PART = "message/delivery-status"
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_SMTP = re.compile(r"\b(5[0-9]{2}|4[0-9]{2})[ -]")
_MAIL = re.compile(r"[\w.+\-]{1,64}@[\w.\-]{1,255}\.\w{2,24}")
_LATER = re.compile(
    r"\bvertra(?:ag|ging)|\bdelay|\bverzöger|\bretard|\b(?:keep|still|continue to) try|opnieuw geprobeerd|be retried",
    re.I,
)
"""The server goes on trying. Without such words, or an action that says so, it gave up: also with 4.x.x, as after five days in vain."""
_ORIGINAL = re.compile(
    r"^(?:>|(?:received|return-path|message-id|from|van):|--.*(?:original|copy of|oorspronkelijk|kopie)"
    r"|(?:original message|oorspronkelijke bericht))",
    re.I | re.M,
)
"""Where the message that did not arrive begins in a report without parts: what is written there is not the server's."""
_NOT_THE_ADDRESS = ("5.2.2", "5.2.3", "5.3.4", "5.6.", "5.7.", "5.4.5")
"""Full mailbox, too big, content or policy: refused, but the address is right."""


def read_bounces(
    message: Message, headers: Headers, sender: Address, automatic: str, subject: str, text: str
) -> tuple[Bounce, ...]:
    """What the report in this message says of each recipient; nothing when it is none. A successful delivery is none either."""
    is_from_server = automatic in {"daemon", "empty_return_path", "auto_replied", "auto_generated"}
    status_part = next((part for part in _own_parts(message) if part.get_content_type() == _STATUS_PART), None)
    original = original_id(message)
    if status_part is not None and (is_from_server or message.get_content_type() == "multipart/report"):
        return _from_report(status_part, original)
    if not _SUBJECT.match(subject) or not is_from_server:
        return ()
    own = _own_words(text)
    status, code = _codes(own)
    is_for_good = status.startswith("5")
    if not code:
        status, code = _codes(text)
    says_later = _LATER.search(subject.partition(":")[0]) or (code.startswith("4") and _LATER.search(own))
    original = original or next(
        iter((*message_ids(headers.all("In-Reply-To")), *message_ids(headers.all("References")))), ""
    )
    recipient = next(
        (m.group(0).lower() for m in _MAIL.finditer(text[:20_000]) if m.group(0).lower() != sender.address), ""
    )
    kind = _kind("delayed" if says_later and not is_for_good else "failed", code or "5.0.0")
    return (Bounce(kind, recipient, status, original, one_line(text[:300])),)


def _own_parts(message: Message) -> Iterator[Message]:
    """Not those of a mail that goes along as a file: who passes a report on that he got himself asks us something."""
    yield message
    if message.is_multipart() and message.get_content_type() != "message/rfc822":
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _own_parts(part)


def _own_words(text: str) -> str:
    begin = _ORIGINAL.search(text[:20_000])
    return text[: begin.start()] if begin else text[:20_000]


def _codes(text: str) -> tuple[str, str]:
    """The status and what counts of it; only the second when the text names no more than an answer of SMTP."""
    found = _STATUS.search(text)
    if found:
        return found.group(1), found.group(1)
    smtp = _SMTP.search(text)
    return "", smtp.group(1)[0] + ".0.0" if smtp else ""


def _from_report(part: Message, original: str) -> tuple[Bounce, ...]:
    """One report may tell of several recipients: of who got it, of who did not, in any order. Who got it at last has it, whatever failed before."""
    blocks = [block for block in part.get_payload() if isinstance(block, Message)] if part.is_multipart() else []
    told = [(header_text(block.get("Action", "")).lower(), _recipient(block), block) for block in blocks]
    has_it = {address for action, address, _block in told if action == "delivered" and address}
    found = []
    for action, address, block in told:
        if action not in {"failed", "delayed"} or address in has_it:
            continue
        status = header_text(block.get("Status", "")).split(" ")[0]
        detail = header_text(block.get("Diagnostic-Code", ""))[:300]
        found.append(Bounce(_kind(action, status), address[:320], status[:20], original, detail))
    return tuple(found[:MAX_ADDRESSES])


def _recipient(block: Message) -> str:
    recipient = header_text(block.get("Original-Recipient") or block.get("Final-Recipient") or "")
    return recipient.partition(";")[2].strip().strip("<>").lower() or recipient.strip().lower()


def _kind(action: str, status: str) -> str:
    if action == "delayed":
        return "delayed"
    return "rejected" if status.startswith(("4", *_NOT_THE_ADDRESS)) else "permanent"


def original_id(message: Message) -> str:
    """The id of the message that a report or a read receipt is about; empty when it names none."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/disposition-notification" and part.is_multipart():
            told = next((str(one["Original-Message-ID"]) for one in part.walk() if one["Original-Message-ID"]), "")
            if told:
                return normal_id(told)
        if kind == "message/rfc822" and part.is_multipart():
            inner = part.get_payload(0)
            if isinstance(inner, Message) and inner.get("Message-ID"):
                return normal_id(str(inner.get("Message-ID")))
        if kind in {"text/rfc822-headers", "message/rfc822-headers"}:
            given = part.get_payload(decode=True)
            head = given[:100_000].decode("latin-1") if isinstance(given, bytes) else ""
            found = re.search(r"^message-id:\s*(<[^>]+>)", head, re.I | re.M)
            if found:
                return normal_id(found.group(1))
    return ""
