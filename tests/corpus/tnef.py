"""Writes a `winmail.dat` as Outlook does, and the envelope of an opaque signature."""

from __future__ import annotations

import struct


def winmail(name: str, data: bytes, long_name: str = "") -> bytes:
    """A package with one file."""

    def attribute(level: int, tag: int, kind: int, value: bytes) -> bytes:
        return struct.pack("<BHHI", level, tag, kind, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)

    packed = b"\x78\x9f\x3e\x22\x01\x00" + attribute(1, 0x9006, 8, struct.pack("<I", 0x10000))
    packed += attribute(2, 0x9002, 6, b"\x01\x00" + b"\x00" * 12)
    packed += attribute(2, 0x800F, 6, data) + attribute(2, 0x8010, 1, name.encode("cp1252") + b"\x00")
    if long_name:
        text = long_name.encode("utf-16-le") + b"\x00\x00"
        packed += attribute(2, 0x9005, 6, struct.pack("<IHHII", 1, 0x001F, 0x3707, 1, len(text)) + text)
    return packed


def opaque(content: bytes, in_pieces: bool = False) -> bytes:
    """Signed-data around this content, without certificates or signers."""

    def wrap(tag: int, inner: bytes) -> bytes:
        size = len(inner)
        head = bytes([size]) if size < 128 else b"\x83" + size.to_bytes(3, "big")
        return bytes([tag]) + head + inner

    if in_pieces:
        octets = (
            b"\x24\x80"
            + b"".join(wrap(0x04, content[at : at + 100]) for at in range(0, len(content), 100))
            + b"\x00\x00"
        )
    else:
        octets = wrap(0x04, content)
    data = bytes.fromhex("06092a864886f70d010701")
    signed = bytes.fromhex("06092a864886f70d010702")
    inner = b"\x02\x01\x01" + wrap(0x31, b"") + wrap(0x30, data + wrap(0xA0, octets)) + wrap(0x31, b"")
    return wrap(0x30, signed + wrap(0xA0, wrap(0x30, inner)))
