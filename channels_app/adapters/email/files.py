"""Names and kinds of attached files: the name is input too, the kind comes from the content (pure; case 51, rule 32)."""

from __future__ import annotations

import hashlib
import mimetypes
import re

import puremagic

from channels_app.adapters.email.mail import Attachment
from channels_app.adapters.email.packed import packed_kind
from channels_app.adapters.email.words import header_text, one_line

_BAD = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|<!--.{0,2000}?-->)*"
    rb"<(?:!doctype|\?xml|html|head|body|svg|script|style|iframe|img|meta|link|base|form|object|embed|table|div|a[\s>]|p[\s>])",
    re.I | re.S,
)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|svg)", re.I)
_PAGE = re.compile(rb"<(?:html|script)\b", re.I)
_PROGRAMS = (b"MZ", b"\x7fELF", b"L\x00\x00\x00\x01\x14\x02\x00", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!/")
_TEXT = {"text/csv", "text/calendar", "text/vcard", "text/x-vcard", "message/rfc822"}
MAX_NAME = 150
HEAD = 4096


def clean_name(given: str, fallback: str) -> str:
    """A file name without path, control or direction signs, at most 150 characters; its extension stays."""
    name = one_line(header_text(given) if "=?" in given else given)
    name = _BAD.sub("", name.replace("\\", "/").rpartition("/")[2]).strip(" .")
    if not name:
        return fallback
    if len(name) > MAX_NAME:
        stem, dot, extension = name.rpartition(".")
        extension = extension if dot and 0 < len(extension) <= 10 else ""
        room = MAX_NAME - len(extension) - 1
        name = f"{(stem or name)[:room]}.{extension}" if extension else name[:MAX_NAME]
    return name


def content_type(data: bytes, declared: str, name: str) -> str:
    """What the bytes are; the sender's word counts only where the bytes cannot tell two kinds apart."""
    if not data:
        return "application/octet-stream"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return packed_kind(data)
    head = data[:HEAD]
    declared = declared.lower()
    if _MARKUP.match(head):
        return "text/xml" if _XML.match(head) and not _PAGE.search(head) else "text/html"
    if any(head.startswith(mark) for mark in _PROGRAMS):
        return "application/x-executable"
    try:
        found = puremagic.from_string(head, mime=True) or ""
    except (puremagic.PureError, ValueError, IndexError, UnicodeDecodeError):
        found = ""
    if found and found != "text/plain" and not (found.startswith("text/") and declared in _TEXT):
        return found
    if b"\x00" not in head:
        return declared if declared in _TEXT else "text/plain"
    return "application/octet-stream"


def attachment(data: bytes, given_name: str, declared: str, number: int) -> Attachment:
    """One attached file as a value."""
    extension = mimetypes.guess_extension(declared) or ""
    name = clean_name(given_name, f"bijlage-{number}{extension}")
    return Attachment(name, content_type(data, declared, name)[:100], len(data), hashlib.sha256(data).hexdigest(), data)
