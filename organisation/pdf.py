"""The floor under every PDF we give: an HTML page of our own becomes a tagged document (PDF/UA-1) in a child process.

    from organisation.pdf import NoPdf, make_pdf

    data = make_pdf("programme/status_pdf.html", {"page": page})   # bytes, or NoPdf with a sentence for people

The template extends `reports/base_pdf.html` (its blocks: title, kind, issued, content). Language, title, numbered pages and embedded
Public Sans come with it; one <h1>, then headings without a gap, tables with <th scope>, a picture as `<img alt src="{{ … }}">` with
`picture(svg)` as its source. Addresses are `static:css/…` (our own static files) or `data:image/…`; anything else is not fetched.
Takes up to seconds: for a worker, never inside a transaction. In a request only for one short document at a time, as for a letter
(contacts/views/letter.py).
"""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from organisation.pdf_child import MISSING_LIBRARY

WALL_SECONDS: Final = 60
MOST_HTML: Final = 8_000_000
MOST_PDF: Final = 40_000_000
_ROOT: Final = Path(__file__).resolve().parents[1]


class NoPdf(Exception):
    """There is no PDF; the message is a sentence for people. `is_final`: trying again does not help on this machine."""

    def __init__(self, message: str, *, is_final: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.is_final = is_final


def make_pdf(template: str, context: Mapping[str, object]) -> bytes:
    """The template in the language that is active now, as PDF/UA-1."""
    return pdf_of(render_to_string(template, dict(context)))


def pdf_of(html: str) -> bytes:
    """A whole HTML document (with lang and title) as PDF/UA-1; raises `NoPdf`, and nothing else."""
    raw = html.encode("utf-8", "replace")
    if len(raw) > MOST_HTML:
        raise NoPdf(_("This document is too large for a PDF."), is_final=True)
    try:
        done = _child(raw)
    except subprocess.TimeoutExpired as error:
        raise NoPdf(_("Making the PDF took too long.")) from error
    except OSError as error:
        raise NoPdf(_("The PDF could not be made.")) from error
    if done.returncode == MISSING_LIBRARY:
        raise NoPdf(
            _("This machine misses the library that makes PDFs (Pango). CSV and Excel are there."), is_final=True
        )
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF-") or len(done.stdout) > MOST_PDF:
        raise NoPdf(_("The PDF could not be made."))
    return done.stdout


def _child(raw: bytes) -> subprocess.CompletedProcess[bytes]:
    """The page goes in, the document comes out; nothing of our environment goes along."""
    return subprocess.run(
        [sys.executable, "-m", "organisation.pdf_child"],
        cwd=_ROOT,
        env={
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(_ROOT),
            "LANG": "C.UTF-8",
            "HOME": "/nonexistent",
        },
        input=raw,
        capture_output=True,
        timeout=WALL_SECONDS,
        check=False,
    )


def picture(svg: str) -> str:
    """An SVG of our own as the source of an <img>: so that its alt text goes into the PDF."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
