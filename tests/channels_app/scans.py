"""Scans made for tests: letters, separator sheets, stacks."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1_240, 1_754
"""A4 at 150 dots an inch."""


def letter(*lines: str) -> Image.Image:
    """A page with these lines in black."""
    page = Image.new("L", (WIDTH, HEIGHT), 255)
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(30)
    for index, line in enumerate(lines):
        draw.text((150, 200 + index * 48), line, fill=0, font=font)
    return page


def sheet(askew: float = 0) -> Image.Image:
    """A separator sheet, as it comes from a feeder that draws askew by some degrees."""
    page = Image.new("L", (WIDTH, HEIGHT), 255)
    draw = ImageDraw.Draw(page)
    draw.text((90, 60), "Scheidingsblad", fill=0, font=ImageFont.load_default(40))
    for bar in range(6):
        top = 170 + bar * 236
        draw.rectangle((90, top, WIDTH - 90, top + 118), fill=0)
    return page.rotate(askew, fillcolor=255)


def pdf(*pages: Image.Image) -> bytes:
    return _saved(pages, "PDF", resolution=150)


def tiff(*pages: Image.Image) -> bytes:
    return _saved([page.convert("1") for page in pages], "TIFF", compression="group4", dpi=(150, 150))


def jpeg(page: Image.Image) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (52.0, 42.0, 0.0)}
    page.convert("RGB").save(out, "JPEG", exif=exif)
    return out.getvalue()


def _saved(pages: Sequence[Image.Image], kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    fresh = [page.copy() for page in pages]
    fresh[0].save(out, kind, save_all=True, append_images=fresh[1:], **how)
    return out.getvalue()
