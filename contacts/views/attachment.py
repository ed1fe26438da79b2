"""An attachment: whoever may see its question may take it; it is never shown inside our own pages (quality rule 32)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from channels_app.adapters.email.limits import Unreadable
from channels_app.files import Withheld, open_file
from channels_app.pictures import pages_of, picture_of
from channels_app.reasons import UNREADABLE, in_words
from contacts.access import get_file
from contacts.models import Contact, Question
from organisation.audit import record_view
from organisation.clock import now
from organisation.models import AccessEntry
from organisation.numbers import whole
from organisation.roles import Right, needs

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from channels_app.models import StoredFile
    from organisation.models import User

LOOKED_AT: Final = 10
"""Pages on one screen."""
STANDS_OPEN: Final = timedelta(hours=1)

SAFE_TYPE = re.compile(r"^(image/(png|jpeg|gif|webp|heic|bmp|tiff)|application/pdf|text/plain|video/mp4|audio/mpeg)$")


@require_safe
@needs(Right.QUESTIONS_READ)
def attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """As a download, with a name that is only a name, a type that runs nothing, and a sandbox in case."""
    stored = get_file(request.user, pk)
    try:
        file = open_file(stored)
    except FileNotFoundError:
        raise Http404 from None
    except Withheld as withheld:
        return _withheld(request, stored, withheld)
    _record(request, stored)
    kind = stored.content_type if SAFE_TYPE.match(stored.content_type) else "application/octet-stream"
    response = FileResponse(file, as_attachment=True, filename=_plain_name(stored.name), content_type=kind)
    response["Content-Length"] = str(stored.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store, private"
    return response


@require_safe
@needs(Right.QUESTIONS_READ)
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """The pages of a PDF or picture one below the other: pictures made anew, never the file itself."""
    stored = get_file(request.user, pk)
    _record(request, stored)
    first = max(whole(request.GET.get("vanaf")) or 1, 1)
    try:
        count, reason = pages_of(stored), ""
    except FileNotFoundError:
        raise Http404 from None
    except Withheld as withheld:
        return _withheld(request, stored, withheld)
    except Unreadable as error:
        count, reason = 0, in_words(UNREADABLE, error.code)
    numbers = range(first, min(first + LOOKED_AT, count + 1))
    context = {
        "file": stored,
        "question": _question_of(request.user, stored),
        "count": count,
        "numbers": numbers,
        "next": first + LOOKED_AT if first + LOOKED_AT <= count else None,
        "reason": reason,
    }
    return render(request, "contacts/file_look.html", context)


@require_safe
@needs(Right.QUESTIONS_READ)
def picture(request: HttpRequest, pk: int, page: int) -> HttpResponse:
    """One page as a picture; looking at the file was recorded with the page that shows it, else it is recorded here."""
    stored = get_file(request.user, pk)
    try:
        data = picture_of(stored, page - 1)
    except (FileNotFoundError, Unreadable, Withheld):
        raise Http404 from None
    if not _was_recorded(request, stored):
        _record(request, stored)
    response = HttpResponse(data, content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response


def _withheld(request: HttpRequest, stored: StoredFile, why: Withheld) -> HttpResponse:
    """Back to the question, with the reason."""
    question = _question_of(request.user, stored)
    if question is None:
        raise Http404
    messages.add_message(request, messages.ERROR if why.is_final else messages.INFO, str(why))
    return redirect("contacts:question", question.number)


def _record(request: HttpRequest, stored: StoredFile) -> None:
    """Who took or looked at the file, with its question and customer."""
    question, customer = _about(request.user, stored)
    record_view(request, page="attachment", question_id=question, customer_id=customer)


def _was_recorded(request: HttpRequest, stored: StoredFile) -> bool:
    """Of the page around the pictures, which may stand open for a while."""
    question, customer = _about(request.user, stored)
    same = AccessEntry.objects.filter(user=request.user, page="attachment", question_id=question, customer_id=customer)
    return same.filter(at__gt=now() - STANDS_OPEN).exists()


def _about(user: User, stored: StoredFile) -> tuple[int | None, int | None]:
    """The question and the customer of a file that this person may see; of one that goes along with a reply that did not leave, those of that reply."""
    found = _holders(stored).values_list("question_contacts__question_id", "customer_id").first()
    planned = Question.objects.visible_to(user).filter(planned__files=stored).values_list("pk", "customer_id")
    return found or planned.first() or (None, None)


def _holders(stored: StoredFile) -> QuerySet[Contact]:
    if stored.inbound_id:
        return Contact.objects.filter(inbound_id=stored.inbound_id)
    return Contact.objects.filter(outbound_id=stored.outbound_id) if stored.outbound_id else Contact.objects.none()


def _question_of(user: User, stored: StoredFile) -> Question | None:
    """The question to go back to."""
    mine = Question.objects.visible_to(user)
    held = mine.filter(contacts__in=_holders(stored)).order_by("id").first()
    return held or mine.filter(planned__files=stored).order_by("id").first()


def _plain_name(name: str) -> str:
    """Without path, control characters or marks that turn the direction of writing."""
    plain = re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069/\\\"]", "_", name).strip(" .")
    return plain[:150] or "bijlage"
