"""Where services call: checked, kept, answered; what it says is read afterwards (quality rule 35)."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from channels_app.actions.take_in_event import take_in_event
from channels_app.adapters.json_in import MAX_BYTES
from channels_app.adapters.messages import Account, Adapter, Call, NotTheirs
from channels_app.adapters.registry import adapter_of
from channels_app.models import MessageSource
from channels_app.sealing import Sealed
from channels_app.sources import account_of, refused
from organisation.client_address import client_address
from organisation.clock import now
from organisation.rate import Rate

log = logging.getLogger(__name__)
WRONG: Final = Rate(30)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, key: str) -> HttpResponse:
    """GET: the service asks whether the address is ours. POST: it tells something; 200 when the bytes are kept."""
    at = now()
    source = MessageSource.objects.filter(key=key, is_active=True).first()
    adapter = adapter_of(source.kind) if source is not None else None
    if source is None or adapter is None or not adapter.is_called:
        return _said(429 if WRONG.wait(client_address(request)) else 404)
    try:
        account = account_of(source)
    except Sealed:
        log.error("the secrets of a source cannot be opened", extra={"message_source": source.pk})
        return _said(503)
    if request.method == "GET":
        return _challenge(request, source, adapter, account, at)
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
            return _said(413)
        body = request.body
    except RequestDataTooBig:
        return _said(413)
    except (UnreadablePostError, ValueError):
        return _said(400)
    told = Call({name.lower(): value for name, value in request.headers.items()}, body, request.GET.dict())
    try:
        adapter.check(told, account, at)
    except NotTheirs:
        return _not_theirs(request, source, 401, at)
    take_in_event(source=source, channel=adapter.channel, key=adapter.key_of(told), body=body, at=at)
    return _said(200)


def _challenge(
    request: HttpRequest, source: MessageSource, adapter: Adapter, account: Account, at: datetime
) -> HttpResponse:
    answer = adapter.challenge(Call({}, b"", request.GET.dict()), account)
    if answer is None:
        return _not_theirs(request, source, 403, at)
    return HttpResponse(answer, content_type="text/plain; charset=utf-8")


def _not_theirs(request: HttpRequest, source: MessageSource, status: int, at: datetime) -> HttpResponse:
    if WRONG.wait(client_address(request)):
        return _said(429)
    refused(source, at)
    return _said(status)


def _said(status: int) -> HttpResponse:
    return HttpResponse(status=status, content_type="text/plain; charset=utf-8")
