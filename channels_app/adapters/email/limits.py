"""What one message may cost, and how a message that costs more is turned down (quality.md §3; pure)."""

from __future__ import annotations

MEGABYTE = 1_048_576
MAX_BYTES = 35 * MEGABYTE
HEAD_BYTES = 64 * 1024
"""So much is kept of a message that is larger."""
MAX_HEADER_BYTES = 256 * 1024
MAX_ADDRESSES = 100
MAX_PARTS = 200
MAX_DEPTH = 10
MAX_TEXT = 100_000
MAX_HTML = 512_000
MAX_REFERENCES = 50
CPU_SECONDS = 10
WALL_SECONDS = 20
MEMORY_BYTES = 512 * MEGABYTE


class Unreadable(Exception):
    """The message cannot be read. `code` is a key of `channels_app.reasons.UNREADABLE`; `is_final`: trying again is useless."""

    def __init__(self, code: str, is_final: bool = True) -> None:
        super().__init__(code)
        self.code = code
        self.is_final = is_final


def header_length(raw: bytes) -> int:
    """Bytes before the first empty line; the whole message when there is none."""
    ends = [end for end in (raw.find(b"\r\n\r\n"), raw.find(b"\n\n"), raw.find(b"\r\r")) if end >= 0]
    return min(ends) if ends else len(raw)


def check_size(raw: bytes) -> None:
    """Raises `Unreadable` for what is empty or too large to open."""
    if not raw.strip():
        raise Unreadable("empty")
    if len(raw) > MAX_BYTES:
        raise Unreadable("too_big")


def check(raw: bytes) -> None:
    """Raises `Unreadable` for a message that is not worth opening."""
    check_size(raw)
    if header_length(raw) > MAX_HEADER_BYTES:
        raise Unreadable("header_too_big")
