"""Desks with a phone, and what became of the events (`python -m bench.inside.phone desks N|check BEGIN`)."""

from __future__ import annotations

import json
import sys
from collections import Counter
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db.models import Count

from channels_app.models import Call, LiveCall, PhoneEvent
from contacts.models import ApiClient
from organisation.clock import now
from organisation.models import User


def desks(count: int) -> dict[str, Any]:
    """So many people at a phone, each signed in, and a client that may tell of calls."""
    client = ApiClient.objects.filter(name="Bench").latest("pk")
    client.scopes = sorted({*client.scopes, "calls.write"})
    client.save()
    store = import_module(settings.SESSION_ENGINE).SessionStore
    like = User.objects.get(username="fatima")
    found = {}
    for number in range(count):
        extension = f"7{number:04d}"
        user, _new = User.objects.get_or_create(
            username=f"desk{number}", defaults={"name": f"Desk {number}", "extension": extension}
        )
        if _new:
            for membership in like.memberships.all():
                membership.pk, membership.user = None, user
                membership.save()
        session = store()
        session.update({SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[-1]})
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session["begun"] = session["seen"] = int(now().timestamp())
        session.save()
        found[extension] = session.session_key
    return {"desks": found, "cookie": settings.SESSION_COOKIE_NAME}


def check(begin: str) -> dict[str, Any]:
    """What the database holds of the calls whose id begins so."""
    calls = Call.objects.filter(external_key__startswith=begin)
    return {
        "events": PhoneEvent.objects.filter(call_key__startswith=begin, event_key__startswith=begin).count(),
        "live": LiveCall.objects.filter(external_key__startswith=begin).count(),
        "not_ended": LiveCall.objects.filter(external_key__startswith=begin).exclude(state="ended").count(),
        "outcomes": dict(Counter(dict(calls.values_list("outcome").annotate(n=Count("pk"))))),
        "without_end": calls.filter(ended_at=None).count(),
    }


if __name__ == "__main__":
    done = desks(int(sys.argv[2])) if sys.argv[1] == "desks" else check(sys.argv[2])
    json.dump(done, sys.stdout)
