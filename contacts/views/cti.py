"""For an exchange that can only post a form to an address: the address holds the token of an API client with the right `calls.write`."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from channels_app.actions.log_events import Told, log_events
from channels_app.adapters.phone.cti import NotCti, read_cti
from channels_app.exchanges import SOURCE, heard
from contacts.api.limits import BY_CLIENT
from contacts.models import ApiClient
from contacts.rulebook import pickup_seconds_on
from organisation.client_address import client_address
from organisation.clock import now
from organisation.rate import Rate
from organisation.tokens import hashed

WRONG: Final = Rate(30)


@csrf_exempt
@login_not_required
@require_POST
def cti(request: HttpRequest, token: str) -> JsonResponse:
    """Takes a call's event in. The moment is ours: the form carries none, so it is sent at once or not at all."""
    at = now()
    client = ApiClient.objects.filter(token_hash=hashed(token), is_active=True, expires_at__gt=at).first()
    if client is None or "calls.write" not in client.scopes:
        too_often = WRONG.wait(client_address(request))
        return JsonResponse({"error": "not found"}, status=429 if too_often else 404)
    wait = BY_CLIENT.wait(client.pk, per_minute=client.requests_per_minute)
    if wait:
        return JsonResponse({"error": "too many requests"}, status=429, headers={"Retry-After": str(wait)})
    client.note_use(at)
    try:
        told = read_cti(dict(request.POST.lists()))
    except NotCti as wrong:
        return JsonResponse({"error": f"wrong field: {wrong}"}, status=422)
    events = [
        Told(
            one.call,
            one.kind,
            at,
            f"{one.call}:{one.kind}:{one.agent}",
            queue=one.queue,
            caller=one.caller,
            agent=one.agent,
        )
        for one in told
    ]
    source = f"{SOURCE}{client.pk}"
    log_events(source=source, events=events, at=at, pickup_seconds=pickup_seconds_on)
    heard(source, client.name, at)
    return JsonResponse({}, status=200)
