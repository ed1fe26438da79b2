"""Messages that stand aside, in and out: looked at, tried again, put away. Administrators see that there is one, not what it says."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from channels_app.actions.parked import dismiss, retry
from channels_app.actions.resend import leave_unsent, resend
from channels_app.forms.mailbox import DismissForm
from channels_app.models import InboundMessage, OutboundMessage
from channels_app.pages.aside import KINDS, STATES, incoming, incoming_list, outgoing_list, raw_of
from organisation.audit import record_view
from organisation.clock import now
from organisation.roles import Right, needs


@require_safe
@needs(Right.PARKED_READ, Right.PARKED_RETRY)
def parked(request: HttpRequest) -> HttpResponse:
    kind = request.GET.get("soort", "parked")
    if kind not in KINDS:
        raise Http404
    may_read = request.user.may(Right.PARKED_READ)
    page = incoming_list(kind, request.GET, with_content=may_read)
    if may_read:
        record_view(request, page="parked")
    context = {"nav": "channels", "page": page, "kind": kind, "tab": kind, "may_read": may_read, "may_open": True}
    return render(request, "channels_app/parked.html", context)


@require_safe
@needs(Right.PARKED_READ, Right.PARKED_RETRY)
def parked_message(request: HttpRequest, pk: int) -> HttpResponse:
    return _message(request, _aside(pk), DismissForm())


@require_safe
@needs(Right.PARKED_READ)
def parked_raw(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes as they came, only ever as a file."""
    row = _aside(pk)
    kept = raw_of(row)
    if kept is None:
        raise Http404
    record_view(request, page="parked_raw")
    response = HttpResponse(bytes(kept.data), content_type="application/octet-stream")
    response["Content-Disposition"] = (
        f'attachment; filename="bericht-{row.pk}.{"json" if row.message_source_id else "eml"}"'
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_POST
@needs(Right.PARKED_RETRY)
def retry_parked(request: HttpRequest, pk: int) -> HttpResponse:
    is_done = retry(message=_row(pk), by=request.user, at=now())
    return _told(request, is_done, _("The message is tried again. Look in a moment."), back="channels_app:parked")


@require_POST
@needs(Right.PARKED_RETRY)
def dismiss_parked(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(pk)
    form = DismissForm(request.POST)
    if not form.is_valid() and _is_aside(row):
        return _message(request, row, form, status=422)
    is_done = form.is_valid() and dismiss(message=row, by=request.user, at=now(), reason=form.cleaned_data["reason"])
    words = _("The message is put away. You find it under “Not registered”.")
    return _told(request, is_done, words, back="channels_app:parked")


@require_safe
@needs(Right.PARKED_READ, Right.PARKED_RETRY)
def outgoing(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("staat", "failed")
    if state not in STATES:
        raise Http404
    may_read = request.user.may(Right.PARKED_READ)
    page = outgoing_list(state, request.GET, request.user, now(), with_content=may_read)
    if may_read:
        record_view(request, page="outgoing")
    context = {"nav": "channels", "page": page, "state": state, "tab": state, "may_read": may_read, "may_open": True}
    return render(request, "channels_app/outgoing.html", context)


@require_POST
@needs(Right.PARKED_RETRY)
def resend_outgoing(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(OutboundMessage.objects.for_people(), pk=pk)
    is_done = resend(message=row, by=request.user, at=now())
    return _told(request, is_done, _("The message is sent now."), back="channels_app:outgoing")


@require_POST
@needs(Right.PARKED_RETRY)
def leave_outgoing(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(OutboundMessage.objects.for_people(), pk=pk)
    is_done = leave_unsent(message=row, by=request.user, at=now())
    return _told(request, is_done, _("The message is not sent."), back="channels_app:outgoing")


def _told(request: HttpRequest, is_done: bool, words: str, *, back: str) -> HttpResponse:
    """Back to the list with what was done, or that it was done before, by a colleague or by a first click."""
    if is_done:
        messages.success(request, words)
    else:
        messages.info(request, _("This message is not in the list any more: it was dealt with already."))
    return redirect(back)


def _row(pk: int) -> InboundMessage:
    return get_object_or_404(InboundMessage.objects.select_related("mailbox", "message_source", "handled_by"), pk=pk)


def _aside(pk: int) -> InboundMessage:
    """Only what stands aside: a message on a question is seen on that question."""
    row = _row(pk)
    if not _is_aside(row):
        raise Http404
    return row


def _is_aside(row: InboundMessage) -> bool:
    outcomes = (InboundMessage.Outcome.REFUSED, InboundMessage.Outcome.IGNORED)
    return row.state == InboundMessage.State.PARKED or row.outcome in outcomes


def _message(request: HttpRequest, row: InboundMessage, form: DismissForm, status: int = 200) -> HttpResponse:
    may_read = request.user.may(Right.PARKED_READ)
    if may_read:
        record_view(request, page="parked_message")
    context = {
        "nav": "channels",
        "message": incoming(row, with_content=may_read),
        "form": form,
        "may_read": may_read,
        "may_retry": request.user.may(Right.PARKED_RETRY),
    }
    return render(request, "channels_app/parked_message.html", context, status=status)
