"""A photo without what it tells beside the picture: no place, no device, no owner, no small copy (pure; quality rule 32).

The pixels are not touched: only the blocks around them are left out. Which side is up stays, else the photo would lie on its side.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

_JPEG_KEPT: Final = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""Markers for programs that say how to show it; of others nothing stays."""
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs"}
)
_ORIENTATION: Final = 0x0112


class NoPhoto(ValueError):
    """It begins like a photo and does not go on as one."""


def bare_photo(data: bytes) -> bytes:
    """The same JPEG, PNG or WebP without its notes; raises `NoPhoto` for anything else."""
    try:
        if data[:3] == b"\xff\xd8\xff":
            return _jpeg(data)
        if data[:8] == _PNG:
            return _png(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
    except (struct.error, IndexError) as error:
        raise NoPhoto from error
    raise NoPhoto


def _jpeg(data: bytes) -> bytes:
    kept, turned, at = [b"\xff\xd8"], 1, 2
    while True:
        while data[at] == 0xFF and data[at + 1] == 0xFF:  # fill bytes
            at += 1
        if data[at] != 0xFF:
            raise NoPhoto
        marker = data[at + 1]
        if marker == 0xD9:
            break
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(data):
            raise NoPhoto
        block = data[at + 4 : end]
        if marker == 0xE1 and block.startswith(b"Exif\0\0"):
            turned = _turned(block[6:])
        is_note = marker == 0xFE or 0xE0 <= marker <= 0xEF
        if not is_note or block.startswith(_JPEG_KEPT.get(marker, b"\xff\0\xff")):
            kept.append(data[at:end])
        at = end
        if marker == 0xDA:
            at = _end_of_scan(data, end)
            kept.append(data[end:at])
    if turned != 1:
        kept.insert(1, _only_turned(turned))
    return b"".join([*kept, b"\xff\xd9"])  # what stands behind the end is another file


def _end_of_scan(data: bytes, at: int) -> int:
    while True:
        at = data.find(b"\xff", at)
        if at < 0:
            raise NoPhoto
        following = data[at + 1]
        if following != 0x00 and not 0xD0 <= following <= 0xD7 and following != 0xFF:
            return at
        at += 1 if following == 0xFF else 2


def _turned(tiff: bytes) -> int:
    """Which side is up, 1 to 8; 1 when it is not said."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(min(count, 200)):
            tag, _kind, _many, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
            if tag == _ORIENTATION:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _only_turned(turned: int) -> bytes:
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff


def _png(data: bytes) -> bytes:
    kept, at = [_PNG], 8
    while True:
        (length,) = struct.unpack_from(">I", data, at)
        kind, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data):
            raise NoPhoto
        if kind in _PNG_KEPT:
            kept.append(data[at:end])
        if kind == b"IEND":
            return b"".join(kept)
        at = end


def _webp(data: bytes) -> bytes:
    kept = []
    for kind, block in _webp_blocks(data):
        if kind in (b"EXIF", b"XMP "):
            continue
        if kind == b"VP8X":
            block = bytes([block[0] & ~0b1100]) + block[1:]  # "there are notes": not any more
        kept.append(kind + struct.pack("<I", len(block)) + block + b"\0" * (len(block) % 2))
    if not kept:
        raise NoPhoto
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _webp_blocks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    (size,) = struct.unpack_from("<I", data, 4)
    end = 8 + size
    if end > len(data):
        raise NoPhoto
    at = 12
    while at + 8 <= end:
        (length,) = struct.unpack_from("<I", data, at + 4)
        if at + 8 + length > end:
            raise NoPhoto
        yield data[at : at + 4], data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
