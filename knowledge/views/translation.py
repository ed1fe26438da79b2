"""An answer in another language: written beside the Dutch text, and decided about by somebody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from knowledge.access import get_article
from knowledge.actions.review_translation import (
    drop_translation,
    find_translation_right,
    hand_in_translation,
    publish_translation,
    send_translation_back,
    take_translation_away,
)
from knowledge.actions.translate import save_translation
from knowledge.forms.article import seen_of
from knowledge.forms.translation import TranslationForm, initial_of_translation
from knowledge.models import Article, Language
from knowledge.pages.translation import TranslationPage, translation_page
from knowledge.views.edit import WRITE
from organisation.clock import now, today
from organisation.errors import Refused, Stale
from organisation.numbers import whole
from organisation.roles import needs
from organisation.views.conflict import conflict


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*WRITE)
def translation(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The Dutch text and a form beside it; how far it is, and what may be done with it."""
    row, page = _found(request, pk, code)
    if request.method != "POST":
        return _show(request, row, page)
    if not page.may_write:
        raise PermissionDenied
    form = TranslationForm(code, request.POST)
    if not form.is_valid():
        return _show(request, row, page, form=form, status=422)
    try:
        save_translation(
            article=row,
            language=code,
            of_number=form.of_seen,
            seen=form.seen,
            texts=form.texts(),
            by=request.user,
            at=now(),
        )
    except Stale as stale:
        theirs: Any = stale.theirs
        is_open = theirs is not None and theirs.published_at is None
        before = initial_of_translation(theirs, is_draft=is_open, of_number=page.of_number)
        return conflict(
            request,
            form=form,
            before=before,
            now_version=before["version"],
            back_url=request.path,
            nav="knowledge",
        )
    except Refused as refused:
        refused.tell(form)
        return _show(request, row, page, form=form, status=422)
    messages.success(request, _("Saved."))
    return redirect("knowledge:translation", pk, code)


@require_POST
@needs(*WRITE)
def decide_translation(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Hand in, send back, publish, throw away, take away, or find that it still says what the Dutch text says."""
    row, page = _found(request, pk, code)
    seen = seen_of(request.POST.get("version", ""))
    remark = request.POST.get("remark", "").replace("\x00", "")
    known: dict[str, Any] = {"article": row, "language": code, "by": request.user}
    looked_at = whole(request.POST.get("of_number", "")) or 0
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "hand_in": (lambda: hand_in_translation(**known, seen=seen), _("Handed in. Somebody else looks at it.")),
        "send_back": (lambda: send_translation_back(**known, seen=seen, remark=remark), _("Sent back.")),
        "publish": (
            lambda: publish_translation(**known, seen=seen, at=now()),
            _("Published. Citizens can read it in this language."),
        ),
        "drop": (lambda: drop_translation(**known, seen=seen), _("Thrown away.")),
        "take_away": (
            lambda: take_translation_away(**known, number=whole(request.POST.get("number", "")) or 0),
            _("Taken away. Citizens read the Dutch text again."),
        ),
        "right": (
            lambda: find_translation_right(**known, of_number=looked_at),
            _("Noted: the translation is up to date."),
        ),
    }
    act = request.POST.get("act", "")
    if act not in acts:
        return _show(request, row, page, error=_("Choose what should happen."), status=422)
    try:
        acts[act][0]()
    except Stale as stale:
        return _show(request, *_found(request, pk, code), error=stale.message, remark=remark, status=409)
    except Refused as refused:
        return _show(request, row, page, error=refused.message, remark=remark, status=422)
    messages.success(request, acts[act][1])
    return redirect("knowledge:translation", pk, code)


def _found(request: HttpRequest, pk: int, code: str) -> tuple[Article, TranslationPage]:
    row = get_article(request.user, pk)
    page = translation_page(request.user, row, code, today()) if code in Language.values else None
    if page is None:
        raise Http404
    return row, page


def _show(
    request: HttpRequest,
    row: Article,
    page: TranslationPage,
    *,
    form: TranslationForm | None = None,
    error: str = "",
    remark: str = "",
    status: int = 200,
) -> HttpResponse:
    if form is None:
        initial = initial_of_translation(page.base, is_draft=page.draft is not None, of_number=page.of_number)
        form = TranslationForm(page.code, initial=initial)
    context = {
        "nav": "knowledge",
        "article": row,
        "page": page,
        "form": form,
        "error": error,
        "remark": remark,
    }
    return render(request, "knowledge/translation.html", context, status=status)
