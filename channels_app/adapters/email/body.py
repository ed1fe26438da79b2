"""The words and the files of a message, whatever shape its parts have (pure; email-cases 38–51)."""

from __future__ import annotations

import binascii
import re
from email import policy
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser

from channels_app.adapters.email import files
from channels_app.adapters.email.html_text import html_to_text
from channels_app.adapters.email.limits import MAX_DEPTH, MAX_PARTS, MAX_TEXT, Unreadable
from channels_app.adapters.email.mail import Attachment
from channels_app.adapters.email.signed import signed_content
from channels_app.adapters.email.tnef import unpack
from channels_app.adapters.email.words import clean, decode, header_text, unfolded

_UUENCODED = re.compile(
    r"^begin [0-7]{3,4} ([^\n]{1,255})\n((?:[\x20-\x60]{1,86}\n){0,60000}?)(?:[` ]?\n)?end\s*$", re.M
)
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_AS_WORDS = frozenset({"text/markdown", "text/enriched", "text/richtext"})
"""Kept as a file, and read where a message has no other words."""
_META_CHARSET = re.compile(rb"<meta\b[^<>]{0,200}\bcharset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
_RISKY = frozenset({"text/html", "text/xml", "image/svg+xml", "application/x-executable"})
_RISKY_NAME = re.compile(
    r"\.(?:exe|com|js|jse|vbs|vbe|wsf|lnk|scr|bat|cmd|ps1|hta|msi|jar|iso|img|reg|url|docm|xlsm|pptm)$", re.I
)
_REPORTS = frozenset({"message/delivery-status", "message/disposition-notification"})
_PGP = re.compile(r"\s*-----BEGIN PGP (SIGNED )?MESSAGE-----")
_BASE64_LINE = re.compile(rb"[A-Za-z0-9+/]*={0,2}")
MAX_SEALS = 3
HEAD = 65_536
MAX_NAME_HEADER = 20_000
MAX_BODY_BYTES = 4 * 1_048_576


def count_parts(message: Message) -> None:
    """Raises `Unreadable` when the message has too many parts or is nested too deeply."""
    count = 0
    stack = [(message, 0)]
    while stack:
        part, depth = stack.pop()
        count += 1
        if depth > MAX_DEPTH:
            raise Unreadable("too_deep")
        if count > MAX_PARTS:
            raise Unreadable("too_many_parts")
        if part.is_multipart():
            stack.extend((child, depth + 1) for child in part.get_payload() if isinstance(child, Message))


class BodyReader:
    """Reads one message once; afterwards `attachments` and `remarks` are complete."""

    def __init__(self) -> None:
        self.attachments: list[Attachment] = []
        self.remarks: set[str] = set()
        self._seals = 0
        self.named_text = ""
        """Of a text that stands in the message under a file's name: read when there is no other."""

    def read(self, message: Message) -> str:
        """The text that a person reads, alternatives judged on content and not on order."""
        text = self._part(message, is_whole=True)
        return clean(text if text.strip() else self.named_text)[: MAX_TEXT + 1]

    def _part(self, part: Message, is_whole: bool = False) -> str:
        kind = part.get_content_type()
        if kind == "message/rfc822":
            self._nested(part)
            return ""
        if part.is_multipart():
            children = [child for child in part.get_payload() if isinstance(child, Message)]
            if kind in _REPORTS:
                return "\n".join(f"{name}: {value}" for child in children for name, value in child.items())[:5000]
            if kind == "multipart/alternative":
                return self._best([(child.get_content_type(), self._part(child)) for child in children])
            if kind == "multipart/encrypted":
                self.remarks.add("encrypted")
            if kind == "multipart/signed":
                self.remarks.add("signed")
            return "\n\n".join(text for text in map(self._part, children) if text.strip())
        return self._leaf(part, kind, is_whole)

    @staticmethod
    def _best(found: list[tuple[str, str]]) -> str:
        plain = next((text for kind, text in found if kind == "text/plain" and text.strip()), "")
        rich = next((text for kind, text in found if kind != "text/plain" and text.strip()), "")
        if not plain or (len(plain) < 120 and len(rich) > 8 * len(plain)):
            return rich or plain
        return plain

    def _leaf(self, part: Message, kind: str, is_whole: bool) -> str:
        name = _file_name(part)
        data = _bytes(part)
        if kind in {"text/rfc822-headers", "message/rfc822-headers"}:  # of a report: to be read, no file
            return decode(data[:5000], None)[0]
        if kind in {"application/pkcs7-mime", "application/x-pkcs7-mime"}:
            return self._sealed(data, name, kind)
        if kind == "application/ms-tnef" or name.lower() == "winmail.dat":
            packed = unpack(data)
            for inner_name, inner in packed:
                self._keep(inner, inner_name, "application/octet-stream")
            if packed:
                return ""
            self.remarks.add("winmail")
        is_text = kind == "text/plain" or kind in _PAGES
        is_attached = part.get_content_disposition() == "attachment"
        if not is_text or (not is_whole and (name or is_attached)):
            self._keep(data, name, kind)
            if (is_text or kind in _AS_WORDS) and not is_attached and not self.named_text:
                self.named_text = self._words(part, kind, data)
            return ""
        return self._words(part, kind, data)

    def _words(self, part: Message, kind: str, data: bytes) -> str:
        if len(data) > MAX_BODY_BYTES:
            self.remarks.add("text_cut")
            data = data[:MAX_BODY_BYTES]
        charset = _charset(part)
        if not charset and kind in _PAGES and (told := _META_CHARSET.search(data[:4096])):
            charset = told.group(1).decode("ascii")
        text, is_guessed = decode(data, charset)
        if is_guessed:
            self.remarks.add("charset_guessed")
        if kind in _PAGES:
            return html_to_text(text)
        text = text.replace("\r\n", "\n")
        if pgp := _PGP.match(text):
            self.remarks.add("signed" if pgp.group(1) else "encrypted")
        if str(part.get_param("format", "")).lower() == "flowed":
            text = unflow(text, str(part.get_param("delsp", "")).lower() == "yes")
        return self._without_uuencoded(text)

    def _sealed(self, data: bytes, name: str, kind: str) -> str:
        """S/MIME in one piece: what was only signed is read, what was encrypted stays a file."""
        content = signed_content(data)
        if content is None or self._seals >= MAX_SEALS:
            self.remarks.add("encrypted")
            self._keep(data, name, kind)
            return ""
        self._seals += 1
        self.remarks.add("signed")
        inner = BytesParser(policy=policy.compat32).parsebytes(content)
        count_parts(inner)
        return self._part(inner, is_whole=True)

    def _nested(self, part: Message) -> None:
        inner = part.get_payload(0) if part.is_multipart() else None
        subject = ""
        try:
            if (
                isinstance(inner, Message) and not inner.keys() and _is_base64(part)
            ):  # Exchange packs the message itself
                data = _from_base64(inner)
                subject = header_text(BytesHeaderParser(policy=policy.compat32).parsebytes(data[:HEAD]).get("Subject"))
            elif isinstance(inner, Message):
                data, subject = inner.as_bytes(), header_text(inner.get("Subject"))
            else:
                data = _bytes(part)
        except (ValueError, LookupError, TypeError, AttributeError, IndexError):
            data = str(inner).encode("utf-8", "replace")
        self._keep(data, _file_name(part) or f"{subject.replace('/', '-')[:100] or 'bericht'}.eml", "message/rfc822")

    def _keep(self, data: bytes, name: str, kind: str) -> None:
        file = files.attachment(data, name, kind, len(self.attachments) + 1)
        self.attachments.append(file)
        if file.content_type in _RISKY or "macroenabled" in file.content_type or _RISKY_NAME.search(file.name):
            self.remarks.add("risky_file")

    def _without_uuencoded(self, text: str) -> str:
        if "\nend" not in text or "begin " not in text:
            return text

        def take(match: re.Match[str]) -> str:
            try:
                data = b"".join(binascii.a2b_uu(line) for line in match.group(2).split("\n") if line)
            except (binascii.Error, ValueError):
                return match.group(0)
            self._keep(data, match.group(1), "application/octet-stream")
            return ""

        return _UUENCODED.sub(take, text)


def unflow(text: str, delete_space: bool) -> str:
    """Joins the soft line breaks of `format=flowed` (RFC 3676), within one depth of quoting."""
    lines: list[str] = []
    is_open, open_depth = False, 0
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:].removeprefix(" ")
        if is_open and depth == open_depth:
            lines[-1] = (lines[-1].removesuffix(" ") if delete_space else lines[-1]) + content
        else:
            lines.append(">" * depth + (" " if depth else "") + content)
        is_open, open_depth = content.endswith(" ") and content != "-- ", depth
    return "\n".join(lines)


def _charset(part: Message) -> str | None:
    try:
        given = part.get_param("charset")
    except (LookupError, ValueError, TypeError, IndexError):
        return None
    return str(given[2] if isinstance(given, tuple) else given) if given else None


def _file_name(part: Message) -> str:
    try:
        given = Message()
        for header, value in part.raw_items():
            if header.lower() in ("content-disposition", "content-type") and header not in given:
                given[header] = unfolded(str(value)[:MAX_NAME_HEADER])
        return given.get_filename("") or ""
    except (LookupError, ValueError, TypeError, IndexError, UnicodeError):
        return "bijlage"


def _bytes(part: Message) -> bytes:
    if _is_base64(part) and not part.is_multipart():
        return _from_base64(part)
    try:
        data = part.get_payload(decode=True)
    except (LookupError, ValueError, TypeError, AssertionError, UnicodeError):
        data = None
    if isinstance(data, bytes):
        return data
    return str(part.get_payload() or "").encode("utf-8", "replace")


def _is_base64(part: Message) -> bool:
    return str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64"


def _from_base64(part: Message) -> bytes:
    """What was sent, also when its end was cut off, a mailing list wrote its footer below it, or it is no base64 at all."""
    given = str(part.get_payload() or "").encode("utf-8", "surrogateescape")
    lines = [line for line in map(bytes.strip, given.split(b"\n")) if line]
    count = next((at for at, line in enumerate(lines) if not _BASE64_LINE.fullmatch(line)), len(lines))
    length = sum(map(len, lines[:count]))
    if count < len(lines) and (length % 4 or length < 40):
        return given
    pieces: list[bytes] = []
    held: list[bytes] = []
    for line in lines[:count]:
        held.append(line)
        if line.endswith(b"="):
            pieces.append(b"".join(held))
            held = []
    pieces.append(b"".join(held))
    return b"".join(_plain_bytes(piece.rstrip(b"=")) for piece in pieces if piece)


def _plain_bytes(signs: bytes) -> bytes:
    whole = signs[:-1] if len(signs) % 4 == 1 else signs
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))
