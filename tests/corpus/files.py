"""Files that citizens and attackers send (100): what each really is, whether the form takes it, and whether it may be looked at.

`answer`: A the citizen's form takes it, R it refuses it with a sentence. By e-mail every file is kept (nothing may get lost) and only
ever handed out as a download.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

OFFICE = "application/vnd.openxmlformats-officedocument"
MEGA = 1_048_576


@dataclass(frozen=True)
class Given:
    """A file as it is sent: its name and what the sender says it is; `kind`: what it must be taken for (empty: not looked at)."""

    name: str
    file_name: str
    declared: str
    raw: bytes | Callable[[], bytes]
    answer: str
    kind: str = ""
    served: str = ""
    """The type of the download; empty: bytes and nothing more."""
    look: str = ""
    """Code of why there is no picture of it, `shown`, or empty for a kind that is never shown."""

    def __str__(self) -> str:
        return self.name

    @property
    def data(self) -> bytes:
        return self.raw if isinstance(self.raw, bytes) else self.raw()


def picture(form: str, size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, form, **more)
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG of this size that takes almost no bytes: every line the same."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    line = b"\0" * (1 + (width + 7) // 8)
    body = b"".join(packer.compress(line * 100) for _lines in range(height // 100)) + packer.flush()
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
        + chunk(b"IDAT", body)
        + chunk(b"IEND", b"")
    )


def with_place() -> bytes:
    """A photo that tells where it was taken."""
    image = Image.new("RGB", (60, 40), (10, 120, 10))
    exif = image.getexif()
    exif[0x010F] = "TOESTELMERK"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 42.0, 3.0), 3: "E", 4: (4.0, 58.0, 1.0)})
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def frames(count: int, form: str = "GIF") -> bytes:
    out = io.BytesIO()
    made = [Image.new("P", (4, 4), n % 200) for n in range(count)]
    made[0].save(out, form, save_all=True, append_images=made[1:])
    return out.getvalue()


def zipped(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, data in entries.items():
            box.writestr(name, data)
    return out.getvalue()


def office(part: str, *more: str) -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", part: b"<x/>", **dict.fromkeys(more, b"\xd0\xcf\x11\xe0")})


def open_document(kind: str) -> bytes:
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": b"<x/>"})


def symlink() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        entry = zipfile.ZipInfo("koppeling")
        entry.external_attr = 0o120777 << 16
        box.writestr(entry, "/etc/passwd")
    return out.getvalue()


def locked_zip() -> bytes:
    raw = bytearray(zipped({"geheim.txt": b"x"}))
    raw[6] |= 1
    return bytes(raw)


def pdf(extra: bytes = b"", pages: int = 1) -> bytes:
    import pypdfium2

    made = pypdfium2.PdfDocument.new()
    for _page in range(pages):
        made.new_page(200, 280)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue() + extra


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
PDF, JPEG, PNG, TEXT = "application/pdf", "image/jpeg", "image/png", "text/plain"
HTML = b"<!doctype html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
DOCX, XLSX, PPTX = (
    f"{OFFICE}.wordprocessingml.document",
    f"{OFFICE}.spreadsheetml.sheet",
    f"{OFFICE}.presentationml.presentation",
)


def good(
    name: str,
    file_name: str,
    kind: str,
    raw: bytes | Callable[[], bytes],
    *,
    served: str = "",
    look: str = "",
    declared: str = "",
) -> Given:
    return Given(name, file_name, declared or kind, raw, "A", kind, served, look)


def bad(name: str, file_name: str, declared: str, raw: bytes | Callable[[], bytes], **more: str) -> Given:
    return Given(name, file_name, declared, raw, "R", **more)


ORDINARY = [
    good("pdf", "brief.pdf", PDF, pdf, served=PDF, look="shown"),
    good("pdf-of-three-pages", "brief.pdf", PDF, lambda: pdf(pages=3), served=PDF, look="shown"),
    good("jpeg", "foto.jpg", JPEG, lambda: picture("JPEG"), served=JPEG, look="shown"),
    good("jpeg-with-place", "foto.jpeg", JPEG, with_place, served=JPEG, look="shown"),
    good("png", "foto.png", PNG, lambda: picture("PNG"), served=PNG, look="shown"),
    good("png-see-through", "foto.png", PNG, lambda: picture("PNG", transparency=(0, 0, 0)), served=PNG, look="shown"),
    good("gif", "foto.gif", "image/gif", lambda: picture("GIF"), served="image/gif"),
    good("webp", "foto.webp", "image/webp", lambda: picture("WEBP"), served="image/webp"),
    good("tiff", "scan.tif", "image/tiff", lambda: picture("TIFF"), served="image/tiff", look="shown"),
    good("heic", "foto.heic", "image/heif", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40, declared="image/heic"),
    good("mp4", "film.mp4", "video/mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 40, served="video/mp4"),
    good("mp3", "stem.mp3", "audio/mpeg", b"ID3\x04\0\0\0\0\0\x0a" + b"\xff\xfb\x90\0" * 40, served="audio/mpeg"),
    good("text", "brief.txt", TEXT, "Één brief".encode(), served=TEXT),
    good("text-latin-1", "brief.txt", TEXT, "Één brief".encode("latin-1"), served=TEXT),
    good("csv", "lijst.csv", "text/csv", b"a;b\n1;2\n"),
    good("calendar", "afspraak.ics", "text/calendar", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
    good("card", "anna.vcf", "text/vcard", b"BEGIN:VCARD\r\nEND:VCARD\r\n"),
    good("docx", "brief.docx", DOCX, lambda: office("word/document.xml")),
    good("docx-without-type", "brief.docx", DOCX, lambda: office("word/document.xml"), declared="application/octet-stream"),
    good("xlsx", "lijst.xlsx", XLSX, lambda: office("xl/workbook.xml")),
    good("pptx", "plaatjes.pptx", PPTX, lambda: office("ppt/presentation.xml")),
    good("odt", "brief.odt", "application/vnd.oasis.opendocument.text", lambda: open_document("text")),
    good("ods", "lijst.ods", "application/vnd.oasis.opendocument.spreadsheet", lambda: open_document("spreadsheet")),
    good("odp", "plaatjes.odp", "application/vnd.oasis.opendocument.presentation", lambda: open_document("presentation")),
    good("doc", "brief.doc", "application/msword", OLE),
    good("capitals-in-the-ending", "FOTO.JPG", JPEG, lambda: picture("JPEG"), served=JPEG, look="shown"),
    good("pdf-called-octet-stream", "brief.pdf", PDF, pdf, served=PDF, look="shown", declared="application/octet-stream"),
    good("jpeg-called-png", "foto.png", JPEG, lambda: picture("JPEG"), served=JPEG, look="shown", declared=PNG),
    good("text-called-pdf", "brief.txt", TEXT, b"gewone tekst", served=TEXT, declared=PDF),
    good("photo-of-20-megapixel", "foto.png", PNG, lambda: png_of(5000, 4000), served=PNG, look="shown"),
]  # fmt: skip
WRONG_ENDING = [
    bad("no-ending", "brief", PDF, pdf, kind=PDF, served=PDF, look="shown"),
    bad("exe-called-pdf", "brief.pdf", PDF, b"MZ\x90\0" + b"\0" * 200 + b"PE\0\0"),
    bad("pdf-called-exe", "brief.exe", "application/x-msdownload", pdf, kind=PDF, served=PDF, look="shown"),
    bad("double-ending", "brief.pdf.exe", PDF, b"MZ\x90\0" + b"\0" * 200),
    bad("double-ending-the-other-way", "brief.exe.pdf", PDF, b"MZ\x90\0" + b"\0" * 200),
    bad("right-to-left-ending", "brief\u202efdp.exe", PDF, b"MZ\x90\0" + b"\0" * 200),
    bad("lnk", "brief.lnk", "application/octet-stream", b"L\0\0\0\x01\x14\x02\0" + b"\0" * 80),
    bad("lnk-called-pdf", "brief.pdf", PDF, b"L\0\0\0\x01\x14\x02\0" + b"\0" * 80),
    bad("js", "brief.js", "text/javascript", b"alert(1)", served=TEXT),
    bad("vbs", "brief.vbs", "text/plain", b"MsgBox 1", served=TEXT),
    bad("bat", "brief.bat", "text/plain", b"@echo off", served=TEXT),
    bad("shell-called-txt-is-text", "brief.sh", "text/plain", b"#!/bin/sh\nrm -rf /\n"),
    bad("html", "pagina.html", "text/html", HTML, kind="text/html"),
    bad("html-called-txt", "brief.txt", TEXT, HTML, kind="text/html"),
    bad("html-called-jpg", "foto.jpg", JPEG, HTML, kind="text/html"),
    bad("html-after-white-space", "brief.txt", TEXT, b"\n\n   " + HTML, kind="text/html"),
    bad("html-after-a-mark", "brief.txt", TEXT, b"\xef\xbb\xbf" + HTML, kind="text/html"),
    bad("html-fragment", "brief.txt", TEXT, b"<img src=x onerror=alert(1)>", kind="text/html"),
    bad("html-after-a-comment", "brief.txt", TEXT, b"<!-- x --><script>alert(1)</script>", kind="text/html"),
    bad("svg", "plaatje.svg", "image/svg+xml", SVG),
    bad("svg-called-png", "plaatje.png", PNG, SVG),
    bad("svg-after-prologue", "plaatje.png", PNG, b'<?xml version="1.0"?>\n' + SVG),
    bad("xml", "brief.txt", "text/xml", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'),
    bad("mht", "pagina.mht", "multipart/related", b"From: x\r\nContent-Type: text/html\r\n\r\n" + HTML),
    bad("eml", "bericht.eml", "message/rfc822", b"From: a@b.nl\r\n\r\nHallo"),
    bad("url-file", "brief.url", "application/octet-stream", b"[InternetShortcut]\nURL=file://x/y.exe\n"),
    bad("hta", "brief.hta", "application/hta", HTML),
    bad("rtf", "brief.rtf", "application/rtf", b"{\\rtf1 x}"),
    bad("macro-office", "brief.docm", "application/vnd.ms-word.document.macroEnabled.12", lambda: office("word/document.xml", "word/vbaProject.bin")),
    bad("macro-office-called-docx", "brief.docx", DOCX, lambda: office("word/document.xml", "word/vbaProject.bin")),
    bad("macro-office-called-xlsx", "lijst.xlsx", XLSX, lambda: office("xl/workbook.xml", "xl/vbaProject.bin")),
    bad("zip-called-docx", "brief.docx", DOCX, lambda: zipped({"a.exe": b"MZ"})),
    bad("pdf-called-docx", "brief.docx", DOCX, b"\x7fELF" + b"\0" * 90),
]  # fmt: skip
POLYGLOT = [
    good("gif-and-js", "foto.gif", "image/gif", b"GIF89a/*\0\0\0\0\0*/=1;alert(1)//", served="image/gif"),
    good("pdf-and-html", "brief.pdf", PDF, lambda: pdf(b"\n<html><script>alert(1)</script></html>"), served=PDF, look="shown"),
    good("png-and-html-in-text", "foto.png", PNG, lambda: picture("PNG") + b"<html><script>alert(1)</script></html>", served=PNG, look="shown"),
    good("jpeg-and-zip", "foto.jpg", JPEG, lambda: picture("JPEG") + zipped({"a.exe": b"MZ"}), served=JPEG, look="shown"),
    good("jpeg-with-php-in-comment", "foto.jpg", JPEG, lambda: picture("JPEG", comment=b"<?php system($_GET[0]);?>"), served=JPEG, look="shown"),
    good("pdf-with-script", "brief.pdf", PDF, lambda: pdf(b"\n% /OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), served=PDF, look="shown"),
    bad("html-then-pdf", "brief.pdf", PDF, lambda: HTML + pdf(), kind="text/html"),
]  # fmt: skip
PACKED = [
    bad("zip", "map.zip", "application/zip", lambda: zipped({"a.txt": b"x"}), kind="application/zip"),
    bad("zip-locked", "map.zip", "application/zip", locked_zip, kind="application/zip"),
    bad("zip-bomb", "map.zip", "application/zip", lambda: zipped({"nul": b"\0" * (60 * MEGA)}), kind="application/zip"),
    bad("zip-bomb-called-docx", "brief.docx", DOCX, lambda: zipped({"nul": b"\0" * (60 * MEGA)})),
    bad("zip-in-zip", "map.zip", "application/zip", lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c.exe": b"MZ"})})}), kind="application/zip"),
    bad("zip-with-symlink", "map.zip", "application/zip", symlink, kind="application/zip"),
    bad("zip-with-path", "map.zip", "application/zip", lambda: zipped({"../../etc/cron.d/x": b"x"}), kind="application/zip"),
    bad("gz", "map.gz", "application/gzip", b"\x1f\x8b\x08\0" + b"\0" * 40),
    bad("7z", "map.7z", "application/x-7z-compressed", b"7z\xbc\xaf\x27\x1c" + b"\0" * 40),
    bad("rar", "map.rar", "application/vnd.rar", b"Rar!\x1a\x07\0" + b"\0" * 40),
    bad("eicar", "eicar.com", "application/octet-stream", EICAR, served=TEXT),
    bad("iso", "schijf.iso", "application/octet-stream", b"\0" * 32769 + b"CD001"),
]  # fmt: skip
IMAGES = [
    good("png-of-13000-square", "foto.png", PNG, lambda: png_of(13_000, 13_000), served=PNG, look="too_many_pixels"),
    good("png-of-30000-square", "foto.png", PNG, lambda: png_of(30_000, 30_000), served=PNG, look="too_many_pixels"),
    good("png-of-25-megapixel-and-more", "foto.png", PNG, lambda: png_of(5001, 5000), served=PNG, look="too_many_pixels"),
    good("png-of-one-line", "foto.png", PNG, lambda: png_of(1, 60_000), served=PNG, look="broken_scan"),
    good("png-cut-off", "foto.png", PNG, lambda: picture("PNG", (400, 400))[:-300], served=PNG, look="broken_scan"),
    good("png-that-lies-about-its-size", "foto.png", PNG, lambda: png_of(100, 100).replace(struct.pack(">II", 100, 100), struct.pack(">II", 4000, 4000), 1), served=PNG, look="broken_scan"),
    good("jpeg-cut-off", "foto.jpg", JPEG, lambda: picture("JPEG", (300, 300))[:200], served=JPEG, look="broken_scan"),
    good("gif-of-2000-frames", "foto.gif", "image/gif", lambda: frames(2000), served="image/gif"),
    good("tiff-of-300-pages", "scan.tiff", "image/tiff", lambda: frames(300, "TIFF"), served="image/tiff", look="too_many_pages"),
    good("pdf-of-201-pages", "brief.pdf", PDF, lambda: pdf(pages=201), served=PDF, look="too_many_pages"),
    good("pdf-broken", "brief.pdf", PDF, b"%PDF-1.7\n%%EOF", served=PDF, look="broken_scan"),
]  # fmt: skip
SIZES = [
    bad("0-byte", "brief.pdf", PDF, b""),
    bad("25-MB-and-1", "brief.txt", TEXT, lambda: b"x" * (25 * MEGA + 1), served=TEXT, kind=TEXT),
    good("10-MB", "brief.txt", TEXT, lambda: b"x" * (10 * MEGA), served=TEXT),
    good("1-byte", "brief.txt", TEXT, b"x", served=TEXT),
    good("name-of-300", "a" * 300 + ".pdf", PDF, pdf, served=PDF, look="shown"),
    good("name-with-path", "../../etc/passwd.pdf", PDF, pdf, served=PDF, look="shown"),
    good("name-with-quotes-and-newline", 'a"b\r\nX-Evil: 1;c.pdf', PDF, pdf, served=PDF, look="shown"),
]  # fmt: skip
CLASSES = {
    "ordinary": ORDINARY,
    "wrong ending": WRONG_ENDING,
    "polyglot": POLYGLOT,
    "packed": PACKED,
    "images": IMAGES,
    "sizes and names": SIZES,
}
