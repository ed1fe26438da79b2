"""What was signed, out of an opaque S/MIME message (RFC 5652 signed-data; pure; case 45). The signature itself is not judged."""

from __future__ import annotations

_SIGNED = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("06092a864886f70d010701")
_SEQUENCE, _SET, _INTEGER, _OCTETS, _OCTETS_IN_PIECES, _EXPLICIT = 0x30, 0x31, 0x02, 0x04, 0x24, 0xA0
_PIECES = 100_000


class _NotThis(Exception):
    """The bytes are something else."""


def signed_content(data: bytes) -> bytes | None:
    """The message that was signed; None for what is encrypted, damaged or without content."""
    try:
        at = _enter(data, 0, _SEQUENCE)
        if not data.startswith(_SIGNED, at):
            return None
        at = _enter(data, at + len(_SIGNED), _EXPLICIT)
        at = _enter(data, at, _SEQUENCE)
        at = _skip(data, at, _INTEGER)
        at = _skip(data, at, _SET)
        at = _enter(data, at, _SEQUENCE)
        if not data.startswith(_DATA, at):
            return None
        return _octets(data, _enter(data, at + len(_DATA), _EXPLICIT))
    except (_NotThis, IndexError):
        return None


def _head(data: bytes, at: int) -> tuple[int, int, int | None]:
    """Tag, where its content begins, and how long that is; None: until its end mark."""
    tag, first = data[at], data[at + 1]
    if first == 0x80:
        return tag, at + 2, None
    if first < 0x80:
        return tag, at + 2, first
    count = first & 0x7F
    if count > 4:
        raise _NotThis
    return tag, at + 2 + count, int.from_bytes(data[at + 2 : at + 2 + count], "big")


def _enter(data: bytes, at: int, expected: int) -> int:
    tag, begin, _length = _head(data, at)
    if tag != expected:
        raise _NotThis
    return begin


def _skip(data: bytes, at: int, expected: int) -> int:
    tag, begin, length = _head(data, at)
    if tag != expected or length is None:
        raise _NotThis
    return begin + length


def _octets(data: bytes, at: int) -> bytes:
    tag, begin, length = _head(data, at)
    if tag == _OCTETS and length is not None:
        return data[begin : begin + length]
    if tag != _OCTETS_IN_PIECES:
        raise _NotThis
    end = len(data) if length is None else begin + length
    pieces: list[bytes] = []
    at = begin
    while at < end and len(pieces) < _PIECES:
        tag, begin, size = _head(data, at)
        if tag != _OCTETS or size is None:
            break
        pieces.append(data[begin : begin + size])
        at = begin + size
    return b"".join(pieces)
