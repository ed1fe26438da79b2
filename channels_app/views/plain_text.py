"""`/teksten/`: how hard a text is to read, live beside a reply and as a page for any text or file. Nothing of it is kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from channels_app.actions.read_document import read_document
from channels_app.adapters.documents import MOST_BYTES
from channels_app.pages.plain_text import plain_page
from channels_app.readability import LONGEST_TEXT
from organisation.errors import Refused
from organisation.roles import Right, needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.TEMPLATES_USE, Right.TEMPLATES_WRITE, Right.PROGRAMME_WRITE)
def check_text(request: HttpRequest) -> HttpResponse:
    """Any text that somebody pastes, or the text of a file; a file goes before what stands in the field."""
    text, error, error_field = _text(request), "", ""
    if "file" in request.FILES:
        try:
            text = _clean(read_document(request.FILES["file"].read(MOST_BYTES + 1)))
        except Refused as refused:
            error, error_field = refused.message, "file"
    elif request.method == "POST" and not text.strip():
        error, error_field = _("Paste a text first."), "text"
    page = plain_page(text, whole=True) if text.strip() and not error else None
    context = {"text": text, "page": page, "error": error, "error_field": error_field, "longest": LONGEST_TEXT}
    return render(request, "channels_app/plain_text.html", context, status=422 if error else 200)


@require_POST
@needs(Right.TEMPLATES_USE, Right.TEMPLATES_WRITE, Right.PROGRAMME_WRITE)
def text_level(request: HttpRequest) -> HttpResponse:
    """The hint beside the field in which somebody is writing."""
    return render(request, "channels_app/plain_text_level.html", {"page": plain_page(_text(request))})


def _text(request: HttpRequest) -> str:
    return _clean(request.POST.get("text", ""))


def _clean(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n")[:LONGEST_TEXT]
