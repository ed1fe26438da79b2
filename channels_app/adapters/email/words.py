"""Bytes and header words as text, whatever charset they claim (pure; email-cases 27–37)."""

from __future__ import annotations

import base64
import binascii
import codecs
import re

_ENCODED = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(\?=)\s+(=\?)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
_NOT_A_CHARSET = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
_WIDER = {"ascii": "utf-8", "iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_ONE_BYTE = frozenset(
    {"cp1252", "cp1250", "cp1254", "iso8859-15", "iso8859-9", "iso8859-2", "mac-roman", "cp850", "cp437"}
)
_BEGINS = re.compile(r"utf-?8|utf-?16|iso-?8859-?\d{1,2}|windows-?125\d|cp-?\d{3,4}|koi8-?[ru]|us-ascii", re.I)
MAX_HEADER_TEXT = 20_000


def decode(data: bytes, charset: str | None) -> tuple[str, bool]:
    """The text, and whether the charset had to be guessed. Never raises, never loses a letter that was there."""
    name = _codec(charset)
    if name is not None:
        try:
            if name in _ONE_BYTE and not data.isascii() and (text := _as_utf8(data)) is not None:
                return text, True
            return data.decode(name), False
        except (UnicodeDecodeError, LookupError, ValueError):
            pass
    for guess in ("utf-8", "cp1252"):
        try:
            return data.decode(guess), bool(charset) or guess != "utf-8"
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), True


def _as_utf8(data: bytes) -> str | None:
    """Letters that are UTF-8 whatever their label says: no text in another charset looks like that by chance."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _codec(charset: str | None) -> str | None:
    """The codec of a charset, also of one that is misspelt as programs do (`x-mac-roman`, `windows-1252http-equiv…`)."""
    given = (charset or "").strip().strip("'\"").lower()[:100]
    begins = _BEGINS.match(given)
    for name in (given, given.removeprefix("x-"), begins.group(0) if begins else ""):
        try:
            info = codecs.lookup(name)
        except (LookupError, ValueError):
            continue
        if getattr(info, "_is_text_encoding", True) and info.name not in _NOT_A_CHARSET:
            return _WIDER.get(info.name, info.name)
    return None


def header_text(value: str | None) -> str:
    """A header as one line of text: RFC 2047 words decoded, raw 8-bit letters read, control signs gone."""
    if not value:
        return ""
    text = _BETWEEN.sub(r"\1\2", unfolded(str(value)[:MAX_HEADER_TEXT]))
    pieces: list[str] = []
    held: list[bytes] = []
    held_charset = ""
    at = 0
    for match in _ENCODED.finditer(text):
        charset, kind, body = match.group(1).split("*")[0].lower(), match.group(2).lower(), match.group(3)
        if match.start() > at or (held and charset != held_charset):
            pieces.append(_joined(held, held_charset))
            held = []
            pieces.append(text[at : match.start()])
        held_charset = charset
        held.append(_word(body, kind))
        at = match.end()
    pieces.append(_joined(held, held_charset))
    pieces.append(text[at:])
    return one_line("".join(pieces))


def unfolded(value: str) -> str:
    """A header in one line, its raw 8-bit letters read."""
    return re.sub(r"[\r\n]+[ \t]*", " ", _raw_letters(value))


def _joined(words: list[bytes], charset: str) -> str:
    """Words of one charset are joined as bytes first: some programs cut inside a character."""
    return decode(b"".join(words), charset)[0] if words else ""


def _word(body: str, kind: str) -> bytes:
    plain = body.encode("utf-8", "replace")
    if kind == "q":
        return binascii.a2b_qp(plain.replace(b"_", b" "), header=False)
    try:
        return base64.b64decode(plain + b"=" * (-len(plain) % 4))
    except (binascii.Error, ValueError):
        return plain


def _raw_letters(text: str) -> str:
    """The parser hands bytes above 127 over as lone surrogates; read them as what they were."""
    if text.isascii():
        return text
    try:
        return decode(text.encode("ascii", "surrogateescape"), None)[0]
    except UnicodeEncodeError:
        return text


def one_line(text: str) -> str:
    """Without control and direction signs, every run of white space one space."""
    return " ".join(_DIRECTION.sub("", _CONTROL.sub("", text)).split())


def clean(text: str) -> str:
    """A body that a database and a screen can hold: no NUL, no surrogates, newlines as `\\n`, at most two empty lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    text = _CONTROL.sub("", text).replace("\u00a0", " ").replace("\ufeff", "")
    text = re.sub(r"[ \t]{80,}", " ", text)
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{4,}", "\n\n\n", text).strip("\n")
