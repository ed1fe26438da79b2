"""What a ZIP file really is, by the names within: an office document, one with macros, or just a ZIP (pure; rule 32).

Nothing is unpacked but the short name of its kind that an OpenDocument file carries; a file with very many entries is just a ZIP.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Final

ZIP: Final = "application/zip"
_OPEN_XML: Final = "application/vnd.openxmlformats-officedocument"
_PARTS: Final = {
    "word/": (f"{_OPEN_XML}.wordprocessingml.document", "application/vnd.ms-word.document.macroenabled.12"),
    "xl/": (f"{_OPEN_XML}.spreadsheetml.sheet", "application/vnd.ms-excel.sheet.macroenabled.12"),
    "ppt/": (f"{_OPEN_XML}.presentationml.presentation", "application/vnd.ms-powerpoint.presentation.macroenabled.12"),
}
MOST_ENTRIES: Final = 5_000
_END: Final = struct.Struct("<4s4H2LH")


def packed_kind(data: bytes) -> str:
    """The kind of a file that begins as a ZIP does."""
    if not 0 < _entries(data) <= MOST_ENTRIES:
        return ZIP
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            names = [name.lower() for name in box.namelist()]
            if "mimetype" in names and box.getinfo("mimetype").file_size < 200:
                kind = box.read("mimetype").decode("ascii", "replace").strip()
                return kind if kind.startswith(("application/vnd.oasis.opendocument.", "application/epub")) else ZIP
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return ZIP
    if "[content_types].xml" not in names:
        return ZIP
    has_macros = any(name.endswith("vbaproject.bin") for name in names)
    return next((kinds[has_macros] for part, kinds in _PARTS.items() if any(n.startswith(part) for n in names)), ZIP)


def _entries(data: bytes) -> int:
    """How many entries the end of the file says there are; 0 when it has no end."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    if at < 0 or at + _END.size > len(data):
        return 0
    return int(_END.unpack_from(data, at)[4])
