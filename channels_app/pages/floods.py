"""The alarms for too much at once: what was stopped, since when, and what waits for it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from channels_app.floods import floods
from channels_app.models import OutboundMessage
from organisation import wording

MOST: Final = 100
WORDS: Final = {
    "form": (
        lazy("Very many forms come from one network."),
        lazy("The form says there: try again later. Everybody else can go on."),
    ),
    "chat": (
        lazy("More people want to chat than there is room for."),
        lazy("Who cannot begin is shown the form. One network takes at most a part of the room."),
    ),
    "mail": (
        lazy("Automatic e-mail waits: there is too much of it."),
        lazy("It leaves by itself when there is room. Answers to e-mail keep at least half of the hour."),
    ),
}


def flood_alarms(at: datetime) -> list[tuple[str, str]]:
    """Of the last hour, each with its words; one query, and one more when mail waits."""
    found = []
    for one in floods(at):
        if one.kind not in WORDS:
            continue
        text, detail = WORDS[one.kind]
        when = _("Since %(since)s, last at %(last)s.") % {
            "since": wording.moment(one.since),
            "last": wording.moment(one.last),
        }
        more = [_("Waiting now: %(count)s.") % {"count": _waiting(at)}] if one.kind == "mail" else []
        found.append((str(text), " ".join([when, *more, str(detail)])))
    return found


def _waiting(at: datetime) -> str:
    rows = OutboundMessage.objects.filter(state="queued", is_automatic=True, tries=0, next_try_at__gt=at)
    count = len(rows.exclude(error="").values_list("pk", flat=True)[:MOST])
    return "99+" if count >= MOST else str(count)
