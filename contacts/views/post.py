"""The post: scans are brought here, and it shows what became of them."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from channels_app.actions.take_in_scan import UPLOAD, take_in_scan
from channels_app.adapters.email.limits import MAX_BYTES
from contacts.forms.post import ACCEPT, MOST_FILES, PostForm
from contacts.pages.post import post_page
from organisation.audit import record_view
from organisation.clock import now
from organisation.errors import Refused
from organisation.pdf import NoPdf, make_pdf
from organisation.roles import Right, needs

LANGUAGE: Final = "nl"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.QUESTIONS_ALL_TEAMS)
def post(request: HttpRequest) -> HttpResponse:
    """Takes in what was chosen, file by file: one that cannot be accepted does not stop the others."""
    if request.method != "POST":
        if not request.htmx or request.GET:  # the page that looks again by itself is one look
            record_view(request, page="post")
        return _page(request, PostForm())
    form = PostForm(request.POST)
    files = request.FILES.getlist("files")
    error = ""
    if not files:
        error = _("Choose one or more scans.")
    elif len(files) > MOST_FILES:
        error = _("Choose at most %(most)s files at once.") % {"most": MOST_FILES}
    elif sum(file.size or 0 for file in files) > MAX_BYTES:
        error = _("Together the scans are too big: at most 35 MB at once. Bring them in smaller stacks.")
    if error or not form.is_valid():
        return _page(request, form, file_error=error, status=422)
    new, known, refused = 0, 0, []
    for file in files:
        try:
            taken = take_in_scan(
                raw=file.read(),
                name=file.name or "",
                source=UPLOAD,
                at=now(),
                stamped_on=form.cleaned_data["stamped_on"],
                by=request.user,
                for_desk=form.cleaned_data["for_desk"],
            )
        except Refused as reason:
            refused.append(reason.message)
        else:
            new, known = new + taken.is_new, known + (not taken.is_new)
    _tell(request, new, known)
    if refused:
        return _page(request, form, file_error=" ".join(refused), status=422)
    return redirect("contacts:post")


def _tell(request: HttpRequest, new: int, known: int) -> None:
    if new:
        words = ngettext(
            "%(count)s scan is taken in. It is read now.", "%(count)s scans are taken in. They are read now.", new
        )
        messages.success(request, words % {"count": new})
    if known:
        words = ngettext(
            "%(count)s scan was taken in before, so nothing was done with it.",
            "%(count)s scans were taken in before, so nothing was done with them.",
            known,
        )
        messages.info(request, words % {"count": known})


def _page(request: HttpRequest, form: PostForm, *, file_error: str = "", status: int = 200) -> HttpResponse:
    context = {
        "nav": "queue",
        "form": form,
        "file_error": file_error,
        "accept": ACCEPT,
        "page": post_page(request.user, request.GET, now()),
    }
    return render(request, "contacts/post.html", context, status=status)


@require_safe
@needs(Right.QUESTIONS_ALL_TEAMS)
def separator(request: HttpRequest) -> HttpResponse:
    """The sheet that parts one letter from the next, to print as often as needed."""
    try:
        with translation.override(LANGUAGE):
            data = make_pdf("channels_app/separator_pdf.html", {})
    except NoPdf as refused:
        messages.error(request, refused.message)
        return redirect("contacts:post")
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="scheidingsblad.pdf"'
    return response
