"""The child process that reads untrusted bytes: no settings, no database, no network; ends when its parent does.

Takes frames on standard input (`own addresses` as JSON, then the message) and answers each with one JSON frame and the bytes
of the attachments. With `"document"` in the place of the addresses it is a document, of which it answers the text; with an object it is a scan,
of which it answers what the object asks (`scan_answer`). Another text names a service, whose call it reads. Every frame is a length of 8 bytes and the data.
"""

from __future__ import annotations

import json
import resource
import struct
import sys
from typing import Any, BinaryIO

from channels_app.adapters.documents import text_of
from channels_app.adapters.email.limits import CPU_SECONDS, MEMORY_BYTES, Unreadable
from channels_app.adapters.email.parse import parse
from channels_app.adapters.readers import read_events

DOCUMENT = "document"


def main() -> None:
    """Answers until standard input ends."""
    given, answer = sys.stdin.buffer, sys.stdout.buffer
    _limit_memory()
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        own = read_frame(given)
        if own is None:
            return
        raw = read_frame(given) or b""
        _limit_processor()
        blobs: tuple[bytes, ...] = ()
        reply: dict[str, Any]
        try:
            asked = json.loads(own)
            if asked == DOCUMENT:
                reply = {"text": text_of(raw)}
            elif isinstance(asked, str):
                reply = {"events": read_events(asked, raw).to_dict()}
            elif isinstance(asked, dict):
                reply, blobs = scan_answer(asked, raw)
            else:
                mail = parse(raw, frozenset(asked))
                reply = {"mail": mail.to_dict()}
                blobs = tuple(attachment.data for attachment in mail.attachments)
        except Unreadable as error:
            reply = {"unreadable": error.code, "final": error.is_final}
        except MemoryError:
            reply = {"unreadable": "too_heavy", "final": True}
        except Exception as error:  # whatever a hostile message brings about, the next one must be read
            reply = {"unreadable": "broken", "final": True, "detail": type(error).__name__}
        write_frame(answer, json.dumps(reply).encode())
        for blob in blobs:
            write_frame(answer, blob)
        answer.flush()


def scan_answer(asked: dict[str, Any], raw: bytes) -> tuple[dict[str, Any], tuple[bytes, ...]]:
    """What `scan` names: pages, separators, texts; or a piece or a picture, whose bytes follow."""
    from channels_app.adapters.letter import scan

    match asked["scan"]:
        case "pages":
            return {"pages": scan.pages_of(raw)}, ()
        case "separators":
            return {"separators": scan.separators(raw, asked["first"], asked["count"])}, ()
        case "texts":
            return {"texts": scan.text_of(raw)}, ()
        case "piece":
            return {}, (scan.piece(raw, asked["pages"]),)
        case _:
            made = scan.picture(raw, asked["page"], asked["width"], for_reading=asked["for_reading"])
            return {}, (made,)


def _limit_memory() -> None:
    with open("/proc/self/statm", encoding="ascii") as statm:
        baseline = int(statm.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (baseline + MEMORY_BYTES, baseline + MEMORY_BYTES))


def _limit_processor() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next frame; None at the end."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    (length,) = struct.unpack(">Q", head)
    data = stream.read(length)
    return data if len(data) == length else None


def write_frame(stream: BinaryIO, data: bytes) -> None:
    stream.write(struct.pack(">Q", len(data)))
    stream.write(data)


if __name__ == "__main__":
    main()
