"""Files that Outlook packs in `winmail.dat` (MS-OXTNEF; pure; case 42). Only names and bytes; what cannot be read gives nothing."""

from __future__ import annotations

import struct

SIGNATURE = b"\x78\x9f\x3e\x22"
_NEW_FILE, _TITLE, _DATA, _PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_LONG_NAME = 0x3707
MAX_FILES = 100


def unpack(data: bytes) -> list[tuple[str, bytes]]:
    """Name and bytes of each packed file; an empty list for what is no such package or is damaged."""
    if not data.startswith(SIGNATURE):
        return []
    files: list[list[bytes]] = []
    at = 6
    while at + 9 <= len(data) and len(files) <= MAX_FILES:
        _level, tag, _kind, length = struct.unpack_from("<BHHI", data, at)
        at += 9
        value = data[at : at + length]
        if len(value) < length:
            return []
        at += length + 2
        if tag == _NEW_FILE:
            files.append([b"", b""])
        elif files and tag == _TITLE:
            files[-1][0] = files[-1][0] or value
        elif files and tag == _DATA:
            files[-1][1] = value
        elif files and tag == _PROPERTIES:
            files[-1][0] = _long_name(value) or files[-1][0]
    return [(_words(name), content) for name, content in files if content]


def _words(name: bytes) -> str:
    """A name in UTF-16 when it came from the properties, else in the letters of Windows."""
    if name[1:2] == b"\x00" and len(name) > 2:
        return name.decode("utf-16-le", "replace").partition("\x00")[0]
    return name.partition(b"\x00")[0].decode("cp1252", "replace")


def _long_name(value: bytes) -> bytes:
    """The long file name among the properties, by its tag (a text in UTF-16): the property type and id, one value, its length."""
    mark = struct.pack("<HHI", 0x001F, _LONG_NAME, 1)
    found = value.find(mark)
    if found < 0 or found + 12 > len(value):
        return b""
    (length,) = struct.unpack_from("<I", value, found + 8)
    return value[found + 12 : found + 12 + min(length, 1024)]
