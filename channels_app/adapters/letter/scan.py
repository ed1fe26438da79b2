"""A scan as pages: PDF, TIFF, JPEG or PNG; run in the child process of `adapters/email/child.py` (quality rule 13). No Django, no network.

What a file is comes from its bytes. Pictures that are given out are made anew, so nothing of the file itself (its place, its maker,
something that runs) goes along.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from channels_app.adapters.email.limits import Unreadable
from channels_app.adapters.letter.separator import is_separator

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument

MOST_PAGES: Final = 200
MOST_PIXELS: Final = 25_000_000
"""Of one picture; a bigger one is kept as a file, without a picture of it."""
LOOK_WIDTH: Final = 200
"""Pixels: enough to know a separator sheet."""
WIDEST: Final = 2_000
MOST_TEXT: Final = 50_000
QUALITY: Final = 80


def pages_of(raw: bytes) -> int:
    """How many pages there are. Raises `Unreadable` with a code of `channels_app.reasons.UNREADABLE`."""
    with _opened(raw) as scan:
        return len(scan)


def separators(raw: bytes, first: int, count: int) -> list[int]:
    """Which of these pages (from 0) are separator sheets."""
    with _opened(raw) as scan:
        last = min(first + count, len(scan))
        return [page for page in range(first, last) if is_separator(scan.picture(page, LOOK_WIDTH).convert("L"))]


def piece(raw: bytes, pages: list[int]) -> bytes:
    """These pages as a PDF of their own."""
    with _opened(raw) as scan:
        return scan.part(pages)


def text_of(raw: bytes) -> list[str]:
    """The text that the scanner put behind the pictures, per page; empty where there is none."""
    with _opened(raw) as scan:
        found: list[str] = []
        for page in range(len(scan)):
            if sum(map(len, found)) > MOST_TEXT:
                break
            found.append(scan.text(page))
        return found


def picture(raw: bytes, page: int, width: int, *, for_reading: bool = False) -> bytes:
    """A page as JPEG, at most so many pixels wide; as grey PNG for a machine that reads."""
    with _opened(raw) as scan:
        if not 0 <= page < len(scan):
            raise Unreadable("no_page")
        made = scan.picture(page, min(width, WIDEST))
        out = io.BytesIO()
        if for_reading:
            made.convert("L").save(out, "PNG", compress_level=1)
        else:
            plain = made.convert("RGB")
            plain.info.clear()  # a comment of the maker would come along
            plain.save(out, "JPEG", quality=QUALITY)
        return out.getvalue()


class _Pdf:
    def __init__(self, document: PdfDocument) -> None:
        self.document = document

    def __len__(self) -> int:
        return len(self.document)

    def picture(self, page: int, width: int) -> Image:
        sheet = self.document[page]
        wide, high = sheet.get_size()
        if wide <= 0 or high <= 0 or high > 20 * wide:
            raise Unreadable("broken_scan")
        return sheet.render(scale=width / wide, may_draw_forms=False).to_pil()

    def part(self, pages: list[int]) -> bytes:
        import pypdfium2

        made = pypdfium2.PdfDocument.new()
        made.import_pages(self.document, pages)
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()

    def text(self, page: int) -> str:
        return str(self.document[page].get_textpage().get_text_range()).replace("\r\n", "\n").replace("\x00", "")


class _Frames:
    def __init__(self, image: Image) -> None:
        self.image = image

    def __len__(self) -> int:
        return int(getattr(self.image, "n_frames", 1))

    def picture(self, page: int, width: int) -> Image:
        from PIL import ImageOps

        self._turn_to(page)
        self.image.draft("RGB", (width, width * 2))
        upright = ImageOps.exif_transpose(self.image)
        upright = _on_white(upright)
        high = max(1, round(upright.height * width / upright.width))
        if high > 20 * width:
            raise Unreadable("broken_scan")
        return upright if upright.width <= width else upright.resize((width, high))

    def part(self, pages: list[int]) -> bytes:
        made = []
        for page in pages:
            self._turn_to(page)
            made.append(self.image.copy() if self.image.mode in ("1", "L", "RGB") else _on_white(self.image))
        out = io.BytesIO()
        made[0].save(out, "PDF", save_all=True, append_images=made[1:], resolution=_resolution(self.image))
        return out.getvalue()

    def text(self, _page: int) -> str:
        return ""

    def _turn_to(self, page: int) -> None:
        if page or self.image.tell():
            self.image.seek(page)
        if self.image.width * self.image.height > MOST_PIXELS:
            raise Unreadable("too_many_pixels")


def _resolution(image: Image) -> float:
    dpi = image.info.get("dpi", (200, 200))
    found = float(dpi[0]) if isinstance(dpi, tuple) and dpi else 200.0
    return found if 50 <= found <= 1200 else 200.0


def _on_white(image: Image) -> Image:
    """Without transparency: what can be seen through is white, as paper is."""
    from PIL import Image as images

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        seen = image.convert("RGBA")
        paper = images.new("RGBA", seen.size, "white")
        return images.alpha_composite(paper, seen).convert("RGB")
    return image.convert("L") if image.mode in ("1", "L", "I;16", "I") else image.convert("RGB")


@contextmanager
def _opened(raw: bytes) -> Iterator[_Pdf | _Frames]:
    if not raw.strip(b"\x00\r\n\t "):
        raise Unreadable("empty")
    if b"%PDF-" in raw[:1024]:
        with _pdf(raw) as pdf:
            yield pdf
    elif raw.startswith((b"II*\x00", b"MM\x00*", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        with _frames(raw) as frames:
            yield frames
    else:
        raise Unreadable("no_scan")


@contextmanager
def _pdf(raw: bytes) -> Iterator[_Pdf]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("locked_scan" if "password" in str(error).lower() else "broken_scan") from error
    try:
        if len(document) > MOST_PAGES:
            raise Unreadable("too_many_pages")
        if not len(document):
            raise Unreadable("empty")
        yield _Pdf(document)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("broken_scan") from error
    finally:
        document.close()


@contextmanager
def _frames(raw: bytes) -> Iterator[_Frames]:
    from PIL import Image as images
    from PIL import UnidentifiedImageError

    images.MAX_IMAGE_PIXELS = None  # judged per page, before it is unpacked
    try:
        with images.open(io.BytesIO(raw), formats=("TIFF", "JPEG", "PNG")) as image:
            frames = _Frames(image)
            if len(frames) > MOST_PAGES:
                raise Unreadable("too_many_pages")
            yield frames
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, KeyError, TypeError) as error:
        raise Unreadable("broken_scan") from error
