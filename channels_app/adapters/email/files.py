"""Names and kinds of attached files: the name is input too, the kind comes from the content (pure; case 51, rule 32)."""

from __future__ import annotations

import hashlib
import mimetypes
import re

import puremagic

from channels_app.adapters.email.mail import Attachment
from channels_app.adapters.email.words import header_text, one_line

_BAD = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_OFFICE = ("application/vnd.openxmlformats", "application/vnd.oasis", "application/vnd.ms", "application/epub")
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
    try:
        found = puremagic.from_string(data[:HEAD], mime=True) or ""
    except (puremagic.PureError, ValueError, IndexError, UnicodeDecodeError):
        found = ""
    declared = declared.lower()
    if found in {"application/zip", "application/x-zip-compressed"} or (data[:2] == b"PK" and not found):
        by_name = mimetypes.guess_type(name)[0] or ""
        return next((kind for kind in (declared, by_name) if kind.startswith(_OFFICE)), "application/zip")
    if re.match(rb"\s*(?:<!doctype html|<html|<svg|<\?xml|<script)", data[:HEAD], re.I):
        return "text/html" if b"<html" in data[:HEAD].lower() or b"<script" in data[:HEAD].lower() else "text/xml"
    if found and found != "text/plain":
        return found
    if b"\x00" not in data[:HEAD]:
        return declared if declared in _TEXT else "text/plain"
    return "application/octet-stream"


def attachment(data: bytes, given_name: str, declared: str, number: int) -> Attachment:
    """One attached file as a value."""
    extension = mimetypes.guess_extension(declared) or ""
    name = clean_name(given_name, f"bijlage-{number}{extension}")
    return Attachment(name, content_type(data, declared, name)[:100], len(data), hashlib.sha256(data).hexdigest(), data)
