"""A source of messages, and the sweeps that read and register (`python -m bench.inside.webhooks begin|work BEGIN`)."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from channels_app.actions.read_events import read_events
from channels_app.models import MessageSource
from channels_app.sources import sealed
from contacts.actions.register_messages import register_messages
from contacts.models import Contact, Question
from organisation.clock import now

SECRET = "secret-of-the-bench"


def begin() -> dict[str, Any]:
    source, _new = MessageSource.objects.get_or_create(
        kind="whatsapp", name="Bench", defaults={"secrets_encrypted": sealed({"app_secret": SECRET})}
    )
    return {"path": f"/berichten/in/{source.key}/", "secret": SECRET}


def work(begin: str) -> dict[str, Any]:
    begun, cpu = time.monotonic(), time.process_time()
    while read_events(at=now()) + register_messages(at=now()):
        pass
    seconds = time.monotonic() - begun
    made = Contact.objects.filter(inbound__external_key__startswith=begin)
    questions = Question.objects.filter(contacts__in=made).distinct()
    return {
        "seconds": round(seconds, 2),
        "cpu": round(time.process_time() - cpu, 2),
        "contacts": made.count(),
        "questions": questions.count(),
    }


if __name__ == "__main__":
    json.dump(begin() if sys.argv[1] == "begin" else work(sys.argv[2]), sys.stdout)
