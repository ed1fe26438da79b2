"""The text of a DOCX, ODT, PDF or text file; run in the child process of `adapters/email/child.py` (quality rule 13). No Django, no network.

What a file is comes from its bytes, never from its name. Only the pages or the one part with the text are unpacked, and of that no more
than is read; XML with a document type is refused, so that nothing in it can multiply.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from typing import Final
from xml.parsers import expat

from channels_app.adapters.email.limits import MEGABYTE, Unreadable

MOST_BYTES: Final = 10 * MEGABYTE
MOST_XML: Final = 40 * MEGABYTE
MOST_PARTS: Final = 5_000
MOST_PAGES: Final = 200
MOST_TEXT: Final = 50_000
"""Characters; what lies behind is not read."""
CHUNK: Final = 65_536
WORD, ODT = "word/document.xml", "content.xml"
ODT_KIND: Final = b"application/vnd.oasis.opendocument.text"
_LETTER: Final = re.compile(r"[^\W\d_]")
_ENDS: Final = (".", "!", "?", ":", ";")


def check(raw: bytes) -> None:
    """Raises `Unreadable` for a file that is not worth opening."""
    if not raw.strip(b"\x00\r\n\t "):
        raise Unreadable("empty")
    if len(raw) > MOST_BYTES:
        raise Unreadable("too_big")


def text_of(raw: bytes) -> str:
    """The text, with an empty line between paragraphs. Raises `Unreadable` with a code of `pages/plain_text_file.py`."""
    check(raw)
    text = _found(raw)
    if not _LETTER.search(text):
        raise Unreadable("no_text")
    return text[:MOST_TEXT]


def _found(raw: bytes) -> str:
    if b"%PDF-" in raw[:1024]:
        return _pdf(raw)
    if raw.startswith(b"PK\x03\x04"):
        return _packed(raw)
    if raw.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):  # Word before 2007, or a DOCX behind a password
        raise Unreadable("locked" if "EncryptedPackage".encode("utf-16-le") in raw else "old_word")
    return _plain(raw)


def _plain(raw: bytes) -> str:
    for encoding in ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        head = text[:4_000]
        odd = sum(not sign.isprintable() and sign not in "\r\n\t\f" for sign in head)
        if not text.lstrip().startswith(("{\\rtf", "<")) and odd * 50 <= len(head):
            return text.replace("\r\n", "\n").replace("\x00", "")
        break
    raise Unreadable("other_kind")


def _packed(raw: bytes) -> str:
    """The one part of a DOCX or ODT that holds the text."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            names = packed.namelist()
            if len(names) > MOST_PARTS:
                raise Unreadable("too_big")
            if any(one.flag_bits & 1 for one in packed.infolist()):
                raise Unreadable("locked")
            if WORD in names:
                return _parts(packed, WORD, _Word())
            if ODT in names and packed.open("mimetype").read(100).strip() == ODT_KIND:
                if b"encryption-data" in packed.open("META-INF/manifest.xml").read(MEGABYTE):
                    raise Unreadable("locked")
                return _parts(packed, ODT, _Odt())
    except (
        zipfile.BadZipFile,
        KeyError,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
        expat.ExpatError,
    ) as error:
        raise Unreadable("broken") from error
    raise Unreadable("other_kind")


class _Reader:
    """Gathers the text of an XML part: what stands in a paragraph, an empty line after each."""

    skipped: frozenset[str] = frozenset()
    """What lies in these is not read."""
    ends: frozenset[str] = frozenset()
    spaces: frozenset[str] = frozenset()
    breaks: frozenset[str] = frozenset()

    def __init__(self) -> None:
        self.found: list[str] = []
        self.path: list[str] = []
        self.length = 0
        self.depth_skipped = 0

    def is_text(self, name: str) -> bool:
        """Whether letters directly in this element are text."""
        raise NotImplementedError

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self.path.append(name)
        if self.depth_skipped or name in self.skipped:
            self.depth_skipped += 1
        elif name in self.spaces:
            self.add(" ")
        elif name in self.breaks:
            self.add("\n")

    def end(self, name: str) -> None:
        self.path.pop()
        if self.depth_skipped:
            self.depth_skipped -= 1
        elif name in self.ends:
            self.add("\n\n")

    def data(self, letters: str) -> None:
        if not self.depth_skipped and self.path and self.is_text(self.path[-1]):
            self.add(letters)

    def add(self, letters: str) -> None:
        self.found.append(letters)
        self.length += len(letters)

    def read(self, chunks: Iterable[bytes]) -> str:
        parser = expat.ParserCreate(namespace_separator=None)
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.data
        parser.StartDoctypeDeclHandler = _refuse
        for chunk in chunks:
            parser.Parse(chunk, False)
            if self.length > 2 * MOST_TEXT:
                break
        else:
            parser.Parse(b"", True)
        return re.sub(r"\n[ \n]*\n", "\n\n", "".join(self.found)).strip()


class _Word(_Reader):
    """WordprocessingML: deleted text stands in `w:delText`, the copy for older programs in `mc:Fallback`."""

    skipped = frozenset({"mc:Fallback", "w:del", "w:moveFrom"})
    ends = frozenset({"w:p"})
    spaces = frozenset({"w:tab", "w:noBreakHyphen"})
    breaks = frozenset({"w:br", "w:cr"})

    def is_text(self, name: str) -> bool:
        return name == "w:t"


class _Odt(_Reader):
    skipped = frozenset({"text:tracked-changes", "office:annotation", "office:scripts", "office:forms"})
    ends = frozenset({"text:p", "text:h"})
    spaces = frozenset({"text:s", "text:tab"})
    breaks = frozenset({"text:line-break"})

    def is_text(self, name: str) -> bool:
        return name.startswith("text:")


def _refuse(*_declared: object) -> None:
    raise Unreadable("broken")


def _parts(packed: zipfile.ZipFile, name: str, reader: _Reader) -> str:
    def chunks() -> Iterable[bytes]:
        size = 0
        with packed.open(name) as part:
            while chunk := part.read(CHUNK):
                size += len(chunk)
                if size > MOST_XML:
                    raise Unreadable("too_heavy")
                yield chunk

    return reader.read(chunks())


def _pdf(raw: bytes) -> str:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    found: list[str] = []
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("locked")
        for number, page in enumerate(reader.pages):
            if number >= MOST_PAGES or sum(map(len, found)) > MOST_TEXT:
                break
            found.append(_flowing(page.extract_text() or ""))
    except (FileNotDecryptedError, DependencyError) as error:
        raise Unreadable("locked") from error
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise Unreadable("broken") from error
    return "\n\n".join(part for part in found if part)


def _flowing(page: str) -> str:
    """The lines of a page as sentences: a line that goes on is put together with the next, a word cut in two is made whole."""
    lines = [" ".join(line.split()) for line in page.splitlines()]
    widest = max(map(len, lines), default=0)
    text = ""
    before = ""
    for line in lines:
        if not line:
            text += "\n\n"
        elif before.endswith("-") and line[0].islower():
            text = text.removesuffix("-") + line
        elif (before and not before.endswith(_ENDS) and (line[0].islower() or len(before) > 0.75 * widest)) or (
            before and len(before) > 0.75 * widest
        ):
            text += " " + line
        else:
            text += "\n" + line
        before = line
    return re.sub(r"\n{3,}", "\n\n", text).strip()
