"""`/teksten/`: how hard a text is to read, live beside a reply and as a page for any text. Nothing of the text is kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from channels_app.pages.plain_text import plain_page
from channels_app.readability import LONGEST_TEXT
from organisation.roles import Right, needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.TEMPLATES_USE, Right.TEMPLATES_WRITE, Right.PROGRAMME_WRITE)
def check_text(request: HttpRequest) -> HttpResponse:
    """Any text that somebody pastes."""
    text = _text(request)
    page = plain_page(text, whole=True) if text.strip() else None
    is_empty = request.method == "POST" and page is None
    context = {"text": text, "page": page, "is_empty": is_empty, "longest": LONGEST_TEXT}
    return render(request, "channels_app/plain_text.html", context, status=422 if is_empty else 200)


@require_POST
@needs(Right.TEMPLATES_USE, Right.TEMPLATES_WRITE, Right.PROGRAMME_WRITE)
def text_level(request: HttpRequest) -> HttpResponse:
    """The hint beside the field in which somebody is writing."""
    return render(request, "channels_app/plain_text_level.html", {"page": plain_page(_text(request))})


def _text(request: HttpRequest) -> str:
    return request.POST.get("text", "").replace("\x00", "").replace("\r\n", "\n")[:LONGEST_TEXT]
