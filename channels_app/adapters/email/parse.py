"""Reads one message: bytes in, facts out. Pure; may cost no more than `limits` says (quality.md §3)."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from email import policy
from email.message import Message
from email.parser import BytesParser

from channels_app.adapters.email import limits
from channels_app.adapters.email.addresses import Address, read_addresses
from channels_app.adapters.email.body import BodyReader, count_parts
from channels_app.adapters.email.bounce import original_id, read_bounces
from channels_app.adapters.email.forward import forwarded_from, passed_on_by_hand, says_forwarded
from channels_app.adapters.email.headers import Headers, is_sender_refuted, message_ids, normal_id
from channels_app.adapters.email.invitation import with_calendar
from channels_app.adapters.email.limits import Unreadable
from channels_app.adapters.email.machine import automatic
from channels_app.adapters.email.mail import ParsedMail
from channels_app.adapters.email.quote import cut_quotes
from channels_app.adapters.email.sensitive import noticed
from channels_app.adapters.email.words import one_line

MAX_SUBJECT = 998
_OF_A_MESSAGE = (
    "From",
    "Sender",
    "To",
    "Cc",
    "Subject",
    "Date",
    "Message-ID",
    "Received",
    "Return-Path",
    "MIME-Version",
    "Content-Type",
)
"""One of these stands in every message; without any it is another kind of file."""
_BEFORE = re.compile(rb"\A(?:>?From [^\r\n]{0,500}|\d{1,10} *)\r?\n")


def parse(raw: bytes, own_addresses: frozenset[str] = frozenset()) -> ParsedMail:
    """The facts of a message. Raises `Unreadable` (and nothing else) when it cannot or may not be read."""
    limits.check(raw)
    raw = begin_of_message(raw)
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(raw)
        count_parts(message)
        return _facts(raw, message, own_addresses)
    except RecursionError as error:
        raise Unreadable("too_deep") from error
    except MemoryError as error:
        raise Unreadable("too_heavy") from error


def _facts(raw: bytes, message: Message, own: frozenset[str]) -> ParsedMail:
    headers = Headers(message)
    if not any(headers.has(name) for name in _OF_A_MESSAGE):
        raise Unreadable("broken")
    senders = read_addresses(headers.all("From")[:5]) or read_addresses(headers.all("Sender")[:1])
    sender = next((a for a in senders if a.address), senders[0] if senders else Address(""))
    to, cc = read_addresses(headers.all("To")), read_addresses(headers.all("Cc"))
    if len(to) + len(cc) > limits.MAX_ADDRESSES:
        raise Unreadable("too_many_addresses")
    subject = headers.text("Subject")[:MAX_SUBJECT]
    report = (
        str(message.get_param("report-type") or "").lower() if message.get_content_type() == "multipart/report" else ""
    )
    code = automatic(headers, sender, own, subject, message.get_content_type(), report)
    reader = BodyReader()
    whole = reader.read(message)
    code = with_calendar(code, message, whole)
    bounces = read_bounces(message, headers, sender, code, subject, whole)
    cut = cut_quotes(whole)
    is_forward = cut.is_forward or says_forwarded(subject)
    if is_forward:
        cut = type(cut)(whole, "", True)
    given_id = headers.raw("Message-ID")
    body_hash = body_sha256(raw)
    return ParsedMail(
        message_id=normal_id(given_id) or derived_id(headers, body_hash),
        message_id_given=one_line("".join(given_id.split()))[:480]
        if normal_id(given_id) and given_id.isascii()
        else "",
        in_reply_to=message_ids(headers.all("In-Reply-To")) or _reported(message),
        references=message_ids(headers.all("References")),
        senders=senders[:10],
        reply_to=read_addresses(headers.all("Reply-To"))[:10],
        to=to,
        cc=cc,
        delivered_to=read_addresses([*headers.all("Delivered-To")[:5], *headers.all("X-Original-To")[:5]]),
        return_path=_return_path(headers),
        subject=subject,
        date=headers.text("Date")[:100],
        text=cut.text[: limits.MAX_TEXT],
        quoted=cut.quoted[: limits.MAX_TEXT],
        is_forward=is_forward,
        forwarded_from=forwarded_from(
            whole if is_forward else passed_on_by_hand(subject, whole, message), sender.domain
        ),
        attachments=tuple(reader.attachments),
        automatic="bounce" if bounces else code,
        bounce=bounces[0] if bounces else None,
        more_bounces=bounces[1:],
        remarks=_remarks(headers, senders, sender, reader, whole, subject, given_id),
        body_sha256=body_hash,
    )


def begin_of_message(raw: bytes) -> bytes:
    """Without what programs put before the first header: a byte order mark, empty lines, the line of a mailbox file or its length."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        with suppress(UnicodeDecodeError):
            raw = raw.decode("utf-16").encode("utf-8", "replace")
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n \t")
    return _BEFORE.sub(b"", raw, count=1)


def body_sha256(raw: bytes) -> str:
    """Hash of what follows the headers, however its lines end: the same message in two mailboxes gives the same."""
    return hashlib.sha256(raw[limits.header_length(raw) :].replace(b"\r\n", b"\n").strip()).hexdigest()


def derived_id(headers: Headers, body_hash: str) -> str:
    """An id for a message that has none, from what does not change on its way."""
    facts = "\n".join([headers.raw("From"), headers.raw("Date"), headers.raw("Subject"), body_hash])
    return f"<{hashlib.sha256(facts.encode('utf-8', 'surrogateescape')).hexdigest()[:40]}@derived.invalid>"


def _reported(message: Message) -> tuple[str, ...]:
    """A read receipt names its message within."""
    found = original_id(message) if message.get_content_type() == "multipart/report" else ""
    return (found,) if found else ()


def _return_path(headers: Headers) -> str | None:
    return headers.plain("Return-Path").strip("<> ")[:320] if headers.has("Return-Path") else None


def _remarks(
    headers: Headers,
    senders: tuple[Address, ...],
    sender: Address,
    reader: BodyReader,
    text: str,
    subject: str,
    given_id: str,
) -> tuple[str, ...]:
    """Codes of what a person should know (`channels_app.reasons.REMARKS`)."""
    codes = set(reader.remarks) | set(noticed(f"{subject}\n{text}"))
    if is_sender_refuted(headers):
        codes.add("sender_not_verified")
    if not sender.address:
        codes.add("sender_unreadable")
    elif not sender.address.isascii() or "xn--" in sender.domain:
        codes.add("odd_letters_in_sender")
    if "@" in sender.name and sender.address not in sender.name.lower() and read_addresses([sender.name])[0].address:
        codes.add("name_is_an_address")
    if len([a for a in senders if a.address]) > 1:
        codes.add("two_senders")
    reply_to = read_addresses(headers.all("Reply-To")[:1])
    if reply_to and reply_to[0].address and reply_to[0].address not in {a.address for a in senders}:
        codes.add("reply_to_differs")
    if len(text) > limits.MAX_TEXT:
        codes.add("text_cut")
    if not normal_id(given_id):
        codes.add("no_message_id")
    if headers.plain("X-Spam-Flag").startswith("yes"):
        codes.add("marked_as_spam")
    return tuple(sorted(codes))
